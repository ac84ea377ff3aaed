package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.metainfo.AuthorRequest;
import org.sallyport.core.metainfo.TorrentAuthor;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.TorrentFixture;

/** Engines find each other in the network of the loopback interface, which no word of them leaves. */
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the loopback interface has another name")
class LocalDiscoveryTest {
    private static final int PORT = 6771;
    private static final Settings.Discovery LOCAL_ONLY = new Settings.Discovery(false, List.of(), false, true);

    private static final Settings.Discovery NOTHING = new Settings.Discovery(false, List.of(), false, false);

    @TempDir
    Path temp;
    private TestEngines engines;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Engine start(String name, Settings.Discovery discovery) throws Exception {
        Engine engine = engines.start(name);
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true)).withNetwork(new Settings.Network("lo"))
                .withDiscovery(discovery)));
        return engine;
    }

    private static boolean hasSocket(Engine engine) {
        return done(engine.auditPort()).sockets().stream().filter(socket -> socket.port() == PORT && socket.protocol().startsWith("udp"))
                .peek(socket -> assertThat(socket.expected()).isTrue()).map(SocketSnapshot::owner)
                .anyMatch("finds peers in your own network, as you chose in Settings"::equals);
    }

    @Test
    void aDownloadFindsItsSeedInTheOwnNetworkOnceThatIsSwitchedOn() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "film", 16_384, 300_000);
        assertThat(Settings.DEFAULT.discovery().localNetwork()).isFalse();
        Engine leech = start("leech", NOTHING);
        done(leech.add(engines.download("leech", torrent)));
        assertThat(hasSocket(leech)).as("off by default").isFalse();
        done(leech.changeSettings(leech.settings().withDiscovery(LOCAL_ONLY)));
        await().atMost(SOON).until(() -> hasSocket(leech));

        Engine seed = start("seed", LOCAL_ONLY);
        done(seed.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(leech, torrent.hash(), TorrentState.SEEDING);
        assertThat(torrent.differencesTo(engines.downloads("leech"))).isEmpty();

        done(leech.changeSettings(leech.settings().withDiscovery(NOTHING)));
        seed.close();
        assertThat(hasSocket(leech)).as("switched off again").isFalse();
    }

    @Test
    void neitherPrivateNorTrustedOnlyTorrentsAreSpokenOf() throws Exception {
        TorrentFixture open = TorrentFixture.single(temp.resolve("open"), "open", 16_384, 100_000);
        TorrentFixture trusted = TorrentFixture.single(temp.resolve("trusted"), "trusted", 16_384, 100_000);
        Path closed = Files.write(Files.createDirectories(temp.resolve("closed")).resolve("closed"), new byte[100_000]);
        InfoHash closedHash = TorrentAuthor.write(AuthorRequest.of(closed, temp.resolve("closed.torrent")).withPieceLength(16_384)
                .withPrivateTorrent(true), done -> { }, () -> false).hash();
        NetworkInterface lo = NetworkInterface.getByName("lo");
        try (MulticastSocket neighbour = new MulticastSocket(PORT)) {
            neighbour.joinGroup(new InetSocketAddress("239.192.152.143", PORT), lo);
            neighbour.setSoTimeout((int) SOON.toMillis());
            Engine engine = start("one", LOCAL_ONLY);
            await().atMost(SOON).until(() -> hasSocket(engine));
            done(engine.add(AddRequest.seed(temp.resolve("closed.torrent"), temp.resolve("closed"))));
            done(engine.add(AddRequest.seed(trusted.file(), trusted.home()).withSharing(Sharing.trustedDownload())));
            awaitState(engine, closedHash, TorrentState.SEEDING);
            awaitState(engine, trusted.hash(), TorrentState.SEEDING);

            // the first word is said at once, another only a minute later: one about them would be heard first
            done(engine.add(AddRequest.seed(open.file(), open.home())));
            String heard = hear(neighbour, engine.snapshot().port().port());

            assertThat(heard).contains(open.hash().hex()).doesNotContain(closedHash.hex()).doesNotContain(trusted.hash().hex());
        }
    }

    private static String hear(MulticastSocket neighbour, int port) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        String text = "";
        while (!text.contains("\r\nPort: " + port + "\r\n")) { // another program of this computer may speak
            packet.setLength(2000);
            neighbour.receive(packet);
            text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
        }
        return text;
    }
}
