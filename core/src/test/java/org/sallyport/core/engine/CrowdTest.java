package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;

/** Hundreds of strangers from many networks who hold connections and give nothing: others get in all the same, and they are all sent away (I11). */
@Tag("hostile")
@Timeout(120)
@EnabledOnOs(OS.LINUX) // all of 127/8 is this computer there
class CrowdTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> this.engines.all());
    private static final int CROWD = 500;
    private static final int NETWORKS = 125;

    private TestEngines engines;
    private TorrentFixture torrent;
    private Engine engine;
    private final List<RawPeer> crowd = new ArrayList<>();

    @TempDir
    Path temp;

    private void open(Duration handshake) throws EngineStartException {
        engines = new TestEngines(temp).withHandshake(handshake);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", 16 << 10, 100_000);
        engine = engines.seeding("seeder", torrent);
    }

    @AfterEach
    void close() throws IOException {
        for (RawPeer peer : crowd) {
            peer.close();
        }
        engines.close();
    }

    private enum Kind { SILENT, PART_OF_A_HANDSHAKE, NOISE, BEGUN_TLS, HALF_A_LENGTH, MUTE }

    private void say(Kind kind, RawPeer peer) throws IOException {
        byte[] noise = new byte[200];
        new Random(crowd.size()).nextBytes(noise);
        noise[0] = 77;
        byte[] handshake = RawPeer.handshake(torrent.hash(), RawPeer.peerId("crowd" + crowd.size()));
        switch (kind) {
            case SILENT -> { }
            case PART_OF_A_HANDSHAKE -> peer.send(Arrays.copyOf(handshake, 30));
            case NOISE -> peer.send(noise);
            case BEGUN_TLS -> peer.send(new byte[] {0x16, 3, 1, 2, 0, 1});
            case MUTE -> peer.send(handshake);
            case HALF_A_LENGTH -> peer.send("\u0013Bit".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void gather() throws IOException {
        for (int i = 0; i < CROWD; i++) {
            InetAddress from = InetAddress.getByName("127.0." + (100 + i % NETWORKS) + "." + (1 + i / NETWORKS));
            RawPeer peer = RawPeer.connect(from, socketOf(engine));
            crowd.add(peer);
            try {
                say(Kind.values()[i % Kind.values().length], peer);
            } catch (IOException turnedAway) {
                assertThat(turnedAway).isNotNull(); // the door may have shut before a word was said
            }
        }
    }

    private boolean isServed(String address) {
        try (RawPeer honest = RawPeer.connect(InetAddress.getByName(address), socketOf(engine))) {
            honest.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("honest")));
            return honest.readHandshake().length == RawPeer.HANDSHAKE_LENGTH;
        } catch (IOException turnedAway) {
            return false;
        }
    }

    @Test
    void honestPeersGetInWhileACrowdHoldsTheDoor() throws Exception {
        open(Duration.ofMinutes(5)); // by itself nobody goes in time
        gather();

        await().atMost(SOON).until(() -> isServed("127.0.9.1"));
        assertThat(engine.snapshot().connections()).isPositive();
    }

    @Test
    void allOfTheCrowdAreSentAway() throws Exception {
        open(Surroundings.ofUser().handshake());
        gather();

        for (RawPeer peer : crowd) {
            try {
                peer.drainToEnd();
            } catch (IOException reset) {
                assertThat(reset).isNotNull(); // an end as well
            }
        }
        await().atMost(SOON).until(() -> engine.snapshot().connections() == 0);
        assertThat(isServed("127.0.9.2")).isTrue();
    }
}
