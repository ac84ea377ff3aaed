package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.RawMse;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.MseMethod;

/** Obfuscated connections between whole engines, and who is let in. */
class EncryptionTest {
    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;

    @BeforeEach
    void make() throws Exception {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.folder(temp.resolve("source"), "set", 65_536, 3_000_000, 70_000);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Engine seeding(Encryption encryption) throws Exception {
        Engine seeder = engines.seeding("seeder", torrent);
        done(seeder.changeSettings(seeder.settings().withEncryption(encryption)));
        return seeder;
    }

    @ParameterizedTest
    @CsvSource({"PREFER, PREFER, OBFUSCATED, E", "REQUIRE, REQUIRE, OBFUSCATED, E", "OFF, PREFER, PLAIN, ''", "PREFER, OFF, PLAIN, ''"})
    void aTorrentArrivesAndTheOtherSideIsShownAsItIs(Encryption ours, Encryption theirs, PeerSnapshot.Security security, String flag)
            throws Exception {
        Engine seeder = seeding(theirs);
        Engine leecher = engines.start("leecher");
        // slow, so that there is time to look: two that need nothing of each other part
        Settings.Bandwidth slow = leecher.settings().bandwidth().withLimitLocal(true).withUsual(new Settings.Rates(100_000, 0));
        done(leecher.changeSettings(leecher.settings().withEncryption(ours).withBandwidth(slow)));

        done(leecher.add(engines.download("leecher", torrent, addressOf(seeder)).withWanted(Set.of(0))));

        for (Engine engine : List.of(leecher, seeder)) {
            await().atMost(SOON).until(() -> peers(engine).size() == 1);
            assertThat(peers(engine).get(0).security()).isEqualTo(security);
            assertThat(peers(engine).get(0).flags().replaceAll("[^Ee]", "")).isEqualTo(flag);
        }
        done(leecher.changeSettings(leecher.settings().withBandwidth(Settings.Bandwidth.DEFAULT)));
        awaitState(leecher, torrent.hash(), TorrentState.SEEDING);
        assertThat(engines.downloads("leecher").resolve("set/file0000")).hasSameBinaryContentAs(torrent.data().resolve("file0000"));
    }

    private List<PeerSnapshot> peers(Engine engine) {
        return engine.details(torrent.hash()).join().orElseThrow().peers();
    }

    @Test
    void plainCallersAreRefusedWhereObfuscationIsRequired() throws Exception {
        Engine seeder = seeding(Encryption.REQUIRE);

        try (RawPeer plain = RawPeer.dial(socketOf(seeder), torrent.hash(), RawPeer.peerId("plain"))) {
            assertThat(plain.drainToEnd()).isZero();
        }

        awaitEvent(seeder, "policy.denied");
        assertThat(events(seeder, "policy.denied")).extracting(event -> event.facts().get("rule")).contains("encryption.plain");
    }

    @ParameterizedTest
    @EnumSource(value = Encryption.class, names = {"PREFER", "REQUIRE"})
    void torrentForTrustedDevicesIsNotFoundByObfuscatedCallers(Encryption encryption) throws Exception {
        Engine seeder = engines.start("seeder");
        done(seeder.changeSettings(seeder.settings().withEncryption(encryption)));
        done(seeder.add(AddRequest.seed(torrent.file(), torrent.home()).withSharing(Sharing.trustedDownload())));
        awaitState(seeder, torrent.hash(), TorrentState.SEEDING);

        try (RawPeer stranger = RawPeer.connect(socketOf(seeder))) {
            RawMse caller = new RawMse(stranger);
            assertThatIOException().isThrownBy(() -> caller.call(torrent.hash(), Set.of(MseMethod.RC4), new byte[0]));
        }
    }

    @Test
    void torrentThatWasRemovedIsNotFoundAnyMore() throws Exception {
        Engine seeder = seeding(Encryption.PREFER);
        byte[] hello = RawPeer.handshake(torrent.hash(), RawPeer.peerId("masked"));
        try (RawPeer peer = RawPeer.connect(socketOf(seeder))) {
            assertThat(new RawMse(peer).call(torrent.hash(), Set.of(MseMethod.RC4), hello).read(68)).hasSize(68);
        }

        done(seeder.remove(torrent.hash(), false));

        try (RawPeer peer = RawPeer.connect(socketOf(seeder))) {
            assertThatIOException().isThrownBy(() -> new RawMse(peer).call(torrent.hash(), Set.of(MseMethod.RC4), hello));
        }
    }
}
