package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.Couple.awaitDevices;
import static org.sallyport.core.engine.Couple.awaitStage;
import static org.sallyport.core.engine.Couple.devices;
import static org.sallyport.core.engine.Couple.pairing;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.refused;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.persist.SavedDevice;
import org.sallyport.core.testkit.RawPeer;

/** This device and those it trusts: names, addresses, leaving, and lists that somebody else wrote. */
class DevicesTest {
    @TempDir
    Path temp;

    /** @return how many bytes the called engine sends to who knows everything that the reader knew */
    private static long answered(Engine called, Circle caller) throws Exception {
        SSLEngine tls = caller.tls().dial(caller.devices().get(0));
        ByteBuffer hello = ByteBuffer.allocate(tls.getSession().getPacketBufferSize());
        tls.wrap(ByteBuffer.allocate(0), hello);
        try (RawPeer peer = RawPeer.connect(socketOf(called))) {
            peer.send(Arrays.copyOf(hello.array(), hello.position()));
            return peer.drainToEnd();
        }
    }

    @Test
    void removedDeviceIsAStrangerAndLearnsNothing() throws Exception {
        // strangers are closed at the deadline, and the test waits for that
        try (Couple couple = new Couple(new TestEngines(temp).withHandshake(Duration.ofSeconds(3)), true).pair()) {
            String id = couple.reader.snapshot().devices().ownId();
            couple.reader.close();
            Circle reader = Circle.of(couple.options("reader"));
            // or noise, and who is a stranger counts as noise, would be answered with a key of the obfuscation
            done(couple.shower.changeSettings(couple.shower.settings().withEncryption(Encryption.OFF)));
            assertThat(answered(couple.shower, reader)).isPositive();

            assertThat(done(couple.shower.devices().remove(id))).isEqualTo(id);
            assertThat(devices(couple.shower)).isEmpty();
            assertThat(answered(couple.shower, reader)).isZero();
            awaitEvent(couple.shower, "device.removed");
        }
    }

    @Test
    void removingADeviceThatIsNotThereIsRefused() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            String id = done(couple.reader.devices().identify());

            assertThat(refused(couple.shower.devices().remove(id)).rule()).isEqualTo("trust.device-unknown");
            assertThat(refused(couple.shower.devices().rename(id, "x")).rule()).isEqualTo("trust.device-unknown");
            awaitEvent(couple.shower, "command.refused");
        }
    }

    @Test
    void nameAndAddressesAreChangedAndKept() throws Exception {
        PeerAddress other = PeerAddress.parse("192.0.2.7:6000");
        try (Couple couple = Couple.in(temp).pair()) {
            String id = devices(couple.reader).get(0).id();
            done(couple.reader.devices().rename(id.toLowerCase(Locale.ROOT).replace("-", " "), "Attic"));
            done(couple.reader.devices().readdress(id, List.of(other)));
            done(couple.reader.devices().nameOwn("Cellar"));
            couple.restartReader();
            awaitDevices(couple.reader, 1);

            assertThat(devices(couple.reader).get(0).name()).isEqualTo("Attic");
            assertThat(devices(couple.reader).get(0).addresses()).contains(other); // and perhaps where it was met meanwhile
            assertThat(couple.reader.snapshot().devices().ownName()).isEqualTo("Cellar");
            assertThat(refused(couple.reader.devices().readdress(id, List.of(PeerAddress.parse("224.0.0.1:6000")))).rule())
                    .isEqualTo("device-address.kind");
            assertThat(refused(couple.reader.devices().nameOwn("")).rule()).isEqualTo("device-name.empty");
        }
    }

    @Test
    void resetIdentityIsAnotherDeviceThatNobodyTrusts() throws Exception {
        try (Couple couple = Couple.in(temp).pair()) {
            String before = couple.shower.snapshot().devices().ownId();
            String after = done(couple.shower.devices().resetIdentity());

            assertThat(after).isNotEqualTo(before).isEqualTo(couple.shower.snapshot().devices().ownId());
            assertThat(devices(couple.shower)).isEmpty();
            awaitEvent(couple.shower, "identity.reset");
            couple.pair();
            assertThat(devices(couple.reader)).extracting(device -> device.id()).containsExactly(before, after);
        }
    }

    @Test
    void resetEndsAPairingThatIsUnderWay() throws Exception {
        try (Couple couple = Couple.in(temp).compare()) {
            done(couple.shower.devices().resetIdentity());

            assertThat(pairing(couple.shower).stage()).isEqualTo(Stage.ENDED);
            awaitStage(couple.reader, Stage.ENDED);
        }
    }

    @Test
    void listThatSomebodyElseWroteIsTrustedByNobodyUntilItIsStartedOver() throws Exception {
        try (Couple couple = Couple.in(temp).pair()) {
            couple.reader.close();
            Circle.tamper(couple.options("reader"), rows -> List.of(rows.get(0), new SavedDevice(
                    couple.reader.snapshot().devices().ownId(), rows.get(0).publicKey(), rows.get(0).sealedKey(), "Planted", List.of(),
                    rows.get(0).addedAt(), rows.get(0).lastSeen())));
            couple.restartReader();

            awaitEvent(couple.reader, "trust.tampered");
            await().atMost(SOON).until(() -> !couple.reader.snapshot().devices().trouble().isEmpty());
            assertThat(devices(couple.reader)).isEmpty();
            assertThat(refused(couple.reader.devices().offer()).rule()).isEqualTo("trust.tampered");
            assertThat(refused(couple.reader.devices().remove(couple.shower.snapshot().devices().ownId())).rule()).isEqualTo("trust.tampered");

            done(couple.reader.devices().resetIdentity());
            assertThat(couple.reader.snapshot().devices().trouble()).isEmpty();
            couple.pair();
        }
    }

    @Test
    void fullListIsSaidBeforeAnybodyComparesWords() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            couple.reader.close();
            Circle.fill(couple.options("reader"));
            couple.restartReader();
            awaitDevices(couple.reader, 64);

            assertThat(refused(couple.reader.devices().pair(couple.code())).rule()).isEqualTo("trust.device-limit");
            String code = done(couple.reader.devices().offer()).code();
            done(couple.shower.devices().cancelPairing());
            assertThat(refused(couple.shower.devices().pair(code)).rule()).isEqualTo("pairing.lost");
            awaitEvent(couple.reader, "pairing.refused");
            assertThat(pairing(couple.reader).stage()).isEqualTo(Stage.OFFERING);
        }
    }
}
