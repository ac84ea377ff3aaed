package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.Friends.awaitOffer;
import static org.sallyport.core.engine.Friends.awaitTogether;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.failed;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;

/** Sending a file to a device: offered, answered, delivered. */
class SendTest {
    @TempDir
    Path temp;

    @Test
    void whatIsAcceptedArrivesAndTheSenderHearsIt() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            awaitTogether(anna);
            Path file = friends.file("holiday.bin", 500_000);

            InfoHash hash = done(anna.devices().send(friends.id("bert"), file, "for you"));
            DeviceOffer offer = awaitOffer(bert);
            assertThat(offer).extracting(DeviceOffer::hash, DeviceOffer::deviceId, DeviceOffer::name, DeviceOffer::bytes,
                    DeviceOffer::files, DeviceOffer::note)
                    .containsExactly(hash, friends.id("anna"), "holiday.bin", 500_000L, 1, "for you");
            awaitEvent(bert, "device.offer");

            done(bert.devices().accept(hash, temp.resolve("inbox")));
            awaitState(bert, hash, TorrentState.SEEDING);

            assertThat(temp.resolve("inbox/holiday.bin")).hasSameBinaryContentAs(file);
            awaitEvent(anna, "device.offer-accepted");
            awaitEvent(anna, "device.offer-arrived");
            assertThat(bert.snapshot().devices().offers()).isEmpty();
            assertThat(at(bert, hash).sharing().trustedOnly()).isTrue();
            assertThat(at(bert, hash).sharing().devices()).containsExactly(friends.id("anna"));
        }
    }

    @Test
    void whatIsDeclinedIsNotAskedAgain() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            awaitTogether(anna);

            InfoHash hash = done(anna.devices().send(friends.id("bert"), friends.file("a.bin", 1000), ""));
            awaitOffer(bert);
            done(bert.devices().decline(hash));
            awaitEvent(anna, "device.offer-declined");

            assertThat(refused(bert.devices().accept(hash, temp.resolve("inbox"))).rule()).isEqualTo("device.no-offer");
            Engine again = friends.engines.restart("anna");
            awaitTogether(again);
            awaitTogether(bert);
            assertThat(bert.snapshot().devices().offers()).isEmpty();
        }
    }

    @Test
    void offerWaitsForADeviceThatIsAwayAlsoAcrossARestart() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Friends.awaitDevice(anna, device -> !device.connected());
            InfoHash hash = done(anna.devices().send(friends.id("bert"), friends.file("later.bin", 70_000), ""));
            Engine again = friends.engines.restart("anna");

            Engine bert = friends.start("bert");
            awaitTogether(bert);
            assertThat(awaitOffer(bert).hash()).isEqualTo(hash);

            again.close();
            Friends.awaitDevice(bert, device -> !device.connected());
            assertThat(failed(bert.devices().accept(hash, temp.resolve("inbox")))).contains("cannot be reached");
            done(bert.devices().decline(hash));
            Engine third = friends.start("anna");
            awaitEvent(third, "device.offer-declined");
        }
    }

    @Test
    void noThirdDeviceGetsWhatIsForOne() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert", "carl")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            Engine carl = friends.start("carl");
            awaitTogether(anna);
            awaitTogether(carl);

            InfoHash hash = done(anna.devices().send(friends.id("bert"), friends.file("private.bin", 100_000), ""));
            awaitOffer(bert);
            done(bert.devices().accept(hash, temp.resolve("inbox")));
            awaitState(bert, hash, TorrentState.SEEDING);

            assertThat(done(carl.devices().catalogue("", ""))).isEmpty();
            assertThat(carl.snapshot().devices().offers()).isEmpty();
            assertThat(done(bert.devices().catalogue("", ""))).extracting(item -> item.hash()).containsExactly(hash);
            assertThat(events(anna, "device.cut-off")).isEmpty();
        }
    }

    /** To send just this was the permission, and it ends with it. */
    @Test
    void whatWasSentAndStoppedMayNotBeSharedAnew() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Friends.awaitDevice(anna, device -> !device.connected());
            Path file = friends.file("once.bin", 1000);
            InfoHash hash = done(anna.devices().send(friends.id("bert"), file, ""));

            done(anna.shares().stop(hash));

            assertThat(refused(anna.shares().add(ShareRequest.withDevices(file, Set.of(), "", Instant.MAX), progress -> { })).rule())
                    .isEqualTo("share.not-allowed");
            done(anna.devices().send(friends.id("bert"), file, ""));
        }
    }

    @Test
    void whatWasSentToOneDeviceCanBeSentToAnotherBesides() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert", "carl")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            Engine carl = friends.start("carl");
            awaitTogether(bert);
            awaitTogether(carl);
            Path file = friends.file("both.bin", 100_000);

            InfoHash hash = done(anna.devices().send(friends.id("bert"), file, ""));
            awaitOffer(bert);
            assertThat(done(anna.devices().send(friends.id("carl"), file, ""))).isEqualTo(hash);
            awaitOffer(carl);

            done(bert.devices().accept(hash, temp.resolve("bert's")));
            awaitState(bert, hash, TorrentState.SEEDING);
            done(carl.devices().accept(hash, temp.resolve("carl's")));
            awaitState(carl, hash, TorrentState.SEEDING);
        }
    }

    @Test
    void nothingIsSentToADeviceThatIsNotInTheList() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            String bert = friends.id("bert");
            await().atMost(SOON).until(() -> anna.snapshot().devices().devices(), all -> all.size() == 1);
            done(anna.devices().remove(bert));

            assertThat(refused(anna.devices().send(bert, friends.file("x.bin", 10), "")).rule()).isEqualTo("trust.device-unknown");
            assertThat(anna.snapshot().torrents()).isEqualTo(List.of());
        }
    }
}
