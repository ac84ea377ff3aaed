package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.Friends.awaitDevice;
import static org.sallyport.core.engine.Friends.awaitTogether;
import static org.sallyport.core.engine.Friends.only;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.PeerAddress;

/** Paired devices find each other by themselves, and tell when they move. */
class DevicePresenceTest {
    @TempDir
    Path temp;

    @Test
    void devicesSeeEachOtherAndWhenOneLeaves() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            awaitDevice(anna, device -> !device.connected() && device.trouble().contains("Nobody answers"));
            Instant before = Instant.now();

            Engine bert = friends.start("bert");
            awaitTogether(anna);
            awaitTogether(bert);

            assertThat(only(anna).trouble()).isEmpty();
            awaitDevice(anna, device -> !device.lastSeen().isBefore(before.minusSeconds(1)));
            assertThat(anna.snapshot().connections()).as("two calls that crossed leave one link").isLessThanOrEqualTo(1);

            bert.close();
            awaitDevice(anna, device -> !device.connected());
            assertThat(events(anna, "device.cut-off")).isEmpty();
        }
    }

    @Test
    void deviceThatMovesToAnotherPortIsFoundAgain() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            awaitTogether(bert);

            int old = anna.snapshot().port().port();
            int moved = old == 65_000 ? 64_999 : 65_000;
            done(anna.changeSettings(anna.settings().withPort(moved)));
            PeerAddress there = Friends.local(moved);
            awaitDevice(bert, device -> device.addresses().contains(there));

            anna.close();
            awaitDevice(bert, device -> !device.connected());
            friends.engines.restart("bert");
            Engine again = friends.start("anna");
            awaitTogether(again);
            assertThat(only(again).addresses()).isNotEmpty();
        }
    }

    @Test
    void deviceThatWasAwayIsCalledWhereItIsNow() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine bert = friends.start("bert");
            Engine anna = friends.engines.start(friends.engines.options("anna").withPort(0)); // calls, and listens nowhere
            awaitTogether(bert);

            assertThat(only(bert).addresses()).containsExactly(friends.home("anna"));
            anna.close();
        }
    }

    @Test
    void linkEndsAsSoonAsTheDeviceIsRemoved() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            awaitTogether(bert);

            done(anna.devices().remove(friends.id("bert")));

            await().atMost(Duration.ofSeconds(5)).until(() -> anna.snapshot().connections() == 0);
            awaitDevice(bert, device -> !device.connected());
            assertThat(anna.snapshot().devices().devices()).isEmpty();
            await().atMost(SOON).until(() -> only(bert), device -> !device.trouble().isEmpty());
            assertThat(only(bert)).extracting(DeviceSnapshot::connected).isEqualTo(false);
        }
    }
}
