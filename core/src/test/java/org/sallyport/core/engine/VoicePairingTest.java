package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.Couple.awaitPaired;
import static org.sallyport.core.engine.Couple.devices;
import static org.sallyport.core.engine.Couple.pairing;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.core.model.PairingState;

/** Two people read their devices' ids to each other. */
class VoicePairingTest {
    @TempDir
    Path temp;

    private static String id(Engine engine) {
        return done(engine.devices().identify());
    }

    private static void add(Engine here, Engine there, boolean withAddress) {
        done(here.devices().add(id(there).toLowerCase(Locale.ROOT), "The other", withAddress ? List.of(addressOf(there)) : List.of()));
    }

    @Test
    void bothAddEachOtherAndArePairedWithoutWords() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            add(couple.shower, couple.reader, false);
            assertThat(devices(couple.shower).get(0).standing()).isEqualTo(Standing.AWAITED);
            assertThat(devices(couple.shower).get(0).trouble()).isNotEmpty();

            add(couple.reader, couple.shower, true);
            awaitPaired(couple.shower);
            awaitPaired(couple.reader);

            assertThat(devices(couple.shower)).hasSize(1);
            assertThat(devices(couple.shower).get(0).name()).isEqualTo("The other");
            assertThat(devices(couple.shower).get(0).addresses()).containsExactly(addressOf(couple.reader));
            assertThat(pairing(couple.shower)).isEqualTo(PairingState.NONE);
            await().atMost(SOON).until(() -> events(couple.shower, "device.paired").size() == 1
                    && events(couple.reader, "device.paired").size() == 1);
        }
    }

    @RepeatedTest(5)
    void bothMayCallAtOnceAndKeepTheSameKey() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            String shower = id(couple.shower);
            String reader = id(couple.reader);
            var there = couple.shower.devices().add(reader, "Reader", List.of(addressOf(couple.reader)));
            var here = couple.reader.devices().add(shower, "Shower", List.of(addressOf(couple.shower)));
            done(there);
            done(here);
            awaitPaired(couple.shower);
            awaitPaired(couple.reader);
            couple.close();

            assertThat(Circle.of(couple.options("shower")).keyOf(reader)).isEqualTo(Circle.of(couple.options("reader")).keyOf(shower));
        }
    }

    @Test
    void callsAgainWhenAnAddressIsGivenLater() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            add(couple.shower, couple.reader, false);
            add(couple.reader, couple.shower, false);
            assertThat(devices(couple.shower).get(0).standing()).isEqualTo(Standing.AWAITED);

            done(couple.reader.devices().readdress(id(couple.shower), List.of(addressOf(couple.shower))));
            awaitPaired(couple.shower);
            awaitPaired(couple.reader);
        }
    }

    @Test
    void whoLostTheLastWordMayFinish() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            add(couple.shower, couple.reader, false);
            add(couple.reader, couple.shower, true);
            awaitPaired(couple.shower);
            awaitPaired(couple.reader);
            done(couple.reader.devices().remove(id(couple.shower)));

            add(couple.reader, couple.shower, true);
            awaitPaired(couple.reader);
            assertThat(devices(couple.shower)).hasSize(1);
        }
    }

    @Test
    void whoAddsDoesNotTrustOneThatHasNotAddedIt() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            id(couple.shower);
            add(couple.reader, couple.shower, true);

            assertThat(done(couple.reader.devices().remove(id(couple.shower)))).isEqualTo(id(couple.shower));
            assertThat(devices(couple.shower)).isEmpty();
            assertThat(devices(couple.reader)).isEmpty();
        }
    }

    @Test
    void idsWithTypingErrorsAndUnusableNamesAreRefused() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            String id = id(couple.shower);
            Devices devices = couple.reader.devices();
            char wrong = id.charAt(0) == 'A' ? 'B' : 'A';

            assertThat(refused(devices.add(wrong + id.substring(1), "Other", List.of())).rule()).isEqualTo("device-id.check");
            assertThat(refused(devices.add(id.substring(1), "Other", List.of())).rule()).isEqualTo("device-id.length");
            assertThat(refused(devices.add(id, " ", List.of())).rule()).isEqualTo("device-name.empty");
            assertThat(refused(devices.add(id(couple.reader), "Me", List.of())).rule()).isEqualTo("trust.own-device");
            done(devices.add(id, "Other", List.of()));
            assertThat(refused(devices.add(id, "Again", List.of())).rule()).isEqualTo("trust.device-known");
            await().atMost(SOON).until(() -> events(couple.reader, "command.refused").size() == 5);
        }
    }
}
