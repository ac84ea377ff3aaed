package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.MetadataMessage;
import org.sallyport.core.wire.MetadataMessage.Kind;
import org.sallyport.core.wire.WireViolation;

/** Who asks for the list of files of a running torrent gets it, in bounds. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class MetadataServingTest {
    private static final int EXTENDED = 20;
    private static final int ASKERS_ID = 9;

    private TestEngines engines;
    private TorrentFixture torrent;
    private Engine engine;

    @BeforeAll
    void open(@TempDir Path temp) throws Exception {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", 16 << 10, 1000 * (16 << 10)); // 20,000 bytes of hashes: two pieces
        engine = engines.seeding("seeder", torrent);
    }

    @AfterAll
    void close() {
        engines.close();
    }

    @Test
    void listOfFilesIsGivenTwiceAndNotAgain() throws Exception {
        try (RawPeer peer = dial("127.0.8.1")) {
            ExtendedHandshake theirs = introduce(peer);
            int pieces = MetadataMessage.pieces(theirs.metadataSize());
            List<MetadataMessage> answers = new ArrayList<>();
            for (int time = 0; time < 3; time++) {
                for (int piece = 0; piece < pieces; piece++) {
                    answers.add(ask(peer, theirs, piece));
                }
            }

            assertThat(pieces).isEqualTo(2);
            assertThat(answers).extracting(MetadataMessage::kind)
                    .containsExactly(Kind.DATA, Kind.DATA, Kind.DATA, Kind.DATA, Kind.REJECT, Kind.REJECT);
            assertThat(answers.get(0).totalSize()).isEqualTo(theirs.metadataSize());
            ByteArrayOutputStream info = new ByteArrayOutputStream();
            answers.subList(0, 2).forEach(answer -> info.writeBytes(answer.data().toArray()));
            assertThat(info.toByteArray()).isEqualTo(torrent.metainfo().infoBytes());
        }
    }

    @Test
    void pieceThatIsNotThereIsRejected() throws Exception {
        try (RawPeer peer = dial("127.0.8.2")) {
            assertThat(ask(peer, introduce(peer), 2)).isEqualTo(MetadataMessage.reject(2));
        }
    }

    @Test
    void askingWithoutEndEndsTheConnection() throws Exception {
        try (RawPeer peer = dial("127.0.8.3")) {
            ExtendedHandshake theirs = introduce(peer);
            byte[] request = request(theirs, 600);
            byte[][] flood = new byte[1100][];
            Arrays.fill(flood, request);
            peer.send(flood);

            peer.drainToEnd();
        }
        TestEngines.awaitEvent(engine, "peer.banned");
        assertThat(TestEngines.events(engine, "peer.banned")).anySatisfy(event -> {
            assertThat(event.fact("rule")).isEqualTo("wire.metadata-flood");
            assertThat(event.fact("address")).isEqualTo("127.0.8.3");
        });
    }

    private RawPeer dial(String host) throws IOException {
        RawPeer peer = RawPeer.connect(InetAddress.getByName(host), socketOf(engine));
        peer.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("m" + host.replace(".", ""))));
        peer.readHandshake();
        return peer;
    }

    private static ExtendedHandshake introduce(RawPeer peer) throws IOException, WireViolation {
        peer.send(extended(0, new ExtendedHandshake("asker", 100, 0, 0, Map.of(MetadataMessage.EXTENSION, ASKERS_ID)).encode()));
        return ExtendedHandshake.decode(payload(peer, 0));
    }

    private static MetadataMessage ask(RawPeer peer, ExtendedHandshake theirs, int piece) throws IOException, WireViolation {
        peer.send(request(theirs, piece));
        return MetadataMessage.decode(payload(peer, ASKERS_ID)).orElseThrow();
    }

    private static byte[] request(ExtendedHandshake theirs, int piece) {
        return extended(theirs.extensions().get(MetadataMessage.EXTENSION), MetadataMessage.request(piece).encode());
    }

    private static byte[] extended(int id, byte[] payload) {
        byte[] whole = new byte[1 + payload.length];
        whole[0] = (byte) id;
        System.arraycopy(payload, 0, whole, 1, payload.length);
        return RawPeer.frame(EXTENDED, whole);
    }

    private static byte[] payload(RawPeer peer, int id) throws IOException {
        while (true) {
            byte[] whole = peer.readFrame(EXTENDED).payload().toArray();
            if (whole[0] == id) {
                return Arrays.copyOfRange(whole, 1, whole.length);
            }
        }
    }
}
