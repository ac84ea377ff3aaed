package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.PeerPriority;

/** Who calls a torrent whose places are all taken (BEP 40). */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.0/8 is not this computer as a whole")
class FullSwarmTest {
    private static final byte[] YOU_ARE_HOME = RawPeer.frame(20, "\0d6:yourip4:\u007f\0\0\u0001e".getBytes(StandardCharsets.ISO_8859_1));
    private static final byte[] INTERESTED = RawPeer.frame(2);

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;
    private Engine engine;
    private final List<RawPeer> peers = new ArrayList<>();
    /** The least comes first. */
    private List<InetAddress> ranked;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", 16 << 10, 100_000);
        engine = engines.seeding("seeder", torrent);
        Settings.Limits now = engine.settings().limits();
        done(engine.changeSettings(engine.settings().withLimits(new Settings.Limits(now.connections(), 2, now.uploadSlots(), now.activeDownloads(),
                now.activeSeeds(), now.pieceMemoryBytes()))));
        InetAddress home = InetAddress.getByName("127.0.0.1");
        ranked = IntStream.rangeClosed(1, 4).mapToObj(i -> address("127." + i + ".0.1"))
                .sorted(Comparator.comparingLong(address -> PeerPriority.of(home, address))).toList();
    }

    @AfterEach
    void close() throws IOException {
        for (RawPeer peer : peers) {
            peer.close();
        }
        engines.close();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private RawPeer call(InetAddress from) throws IOException {
        RawPeer peer = RawPeer.connect(from, socketOf(engine));
        peers.add(peer);
        peer.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("peer" + peers.size())));
        return peer;
    }

    private RawPeer settle(InetAddress from) throws IOException {
        RawPeer peer = call(from);
        peer.readHandshake();
        peer.send(YOU_ARE_HOME, INTERESTED);
        await().atMost(SOON).until(() -> engine.details(torrent.hash()).join().orElseThrow().peers().stream()
                .anyMatch(row -> row.address().startsWith(from.getHostAddress() + ":") && row.flags().toLowerCase().contains("u")));
        return peer;
    }

    @Test
    void theLeastGivesUpItsPlaceForOneThatComesBeforeIt() throws Exception {
        RawPeer least = settle(ranked.get(0));
        RawPeer other = settle(ranked.get(2));

        RawPeer newcomer = call(ranked.get(1));

        assertThat(newcomer.readHandshake()).hasSize(RawPeer.HANDSHAKE_LENGTH);
        least.drainToEnd();
        other.send(RawPeer.frame(6, 0, 0, 16));
        assertThat(other.readFrame(7).number(0)).as("is served still").isZero();
    }

    @Test
    void whoComesAfterAllOfThemIsNotLetIn() throws Exception {
        RawPeer one = settle(ranked.get(1));
        settle(ranked.get(2));

        RawPeer newcomer = call(ranked.get(0));

        assertThatThrownBy(newcomer::readHandshake).isInstanceOf(IOException.class);
        one.send(RawPeer.frame(6, 0, 0, 16));
        assertThat(one.readFrame(7).number(0)).isZero();
    }
}
