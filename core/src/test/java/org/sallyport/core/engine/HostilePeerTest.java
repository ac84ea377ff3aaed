package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.AllowedFast;

/** What one connected peer does wrong ends its own connection, is told with its rule, and hurts nobody else (I9, I11). */
@Tag("hostile")
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class HostilePeerTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> this.engines.all());
    private static final int PIECE = 16 << 10;
    private static final int PIECES = 21;
    private static final int EXTENDED = 20;

    private TestEngines engines;
    private TorrentFixture torrent;
    private Engine engine;
    private int hosts;

    @BeforeAll
    void open(@TempDir Path temp) throws Exception {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, PIECES * PIECE - 100);
        engine = engines.seeding("seeder", torrent);
    }

    @AfterAll
    void close() {
        engines.close();
    }

    /** An address nobody used before: bans of one test do not reach the next. */
    private String host() {
        return "127.0.9." + ++hosts;
    }

    private RawPeer dial() throws IOException {
        return dial(host());
    }

    private RawPeer dial(String host) throws IOException {
        RawPeer peer = RawPeer.connect(InetAddress.getByName(host), socketOf(engine));
        peer.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("h" + host.replace(".", ""))));
        peer.readHandshake();
        peer.send(RawPeer.frame(3)); // who says nothing is sent away
        return peer;
    }

    static Stream<Arguments> offences() {
        byte[] spare = {0, 0, 0x04};
        byte[] twice = concat(RawPeer.frame(5, new byte[3]), RawPeer.frame(5, new byte[3]));
        return Stream.of(
                Arguments.of("wire.block-range", RawPeer.frame(6, 0, PIECE - 16, 100)),
                Arguments.of("wire.block-range", RawPeer.frame(6, 0, -1, 100)),
                Arguments.of("wire.block-range", RawPeer.frame(6, 0, 0, 0)),
                Arguments.of("wire.block-range", RawPeer.frame(6, 0, 0, -1)),
                Arguments.of("wire.block-range", RawPeer.frame(6, 0, 0, (128 << 10) + 1)),
                Arguments.of("wire.block-range", RawPeer.frame(6, PIECES - 1, 0, PIECE)),
                Arguments.of("wire.block-range", RawPeer.frame(6, 0, Integer.MAX_VALUE, 16)),
                Arguments.of("wire.piece-index", RawPeer.frame(6, PIECES, 0, 16)),
                Arguments.of("wire.piece-index", RawPeer.frame(4, PIECES)),
                Arguments.of("wire.piece-index", RawPeer.frame(4, -1)),
                Arguments.of("wire.piece-index", RawPeer.frame(17, PIECES)),
                Arguments.of("wire.bitfield-spare", RawPeer.frame(5, spare)),
                Arguments.of("wire.message-length", RawPeer.frame(5, new byte[4])),
                Arguments.of("wire.late-bitfield", twice),
                Arguments.of("wire.late-bitfield", concat(RawPeer.frame(4, 1), RawPeer.frame(15))),
                Arguments.of("wire.extended-handshake", RawPeer.frame(EXTENDED, "\0not bencoding".getBytes(StandardCharsets.ISO_8859_1))),
                Arguments.of("wire.extended-handshake", RawPeer.frame(EXTENDED, ("\0" + "l".repeat(5000)).getBytes(StandardCharsets.ISO_8859_1))),
                Arguments.of("wire.extended-handshake", RawPeer.frame(EXTENDED,
                        ("\0d1:m" + "d1:m".repeat(200) + "e".repeat(201)).getBytes(StandardCharsets.ISO_8859_1))),
                Arguments.of("wire.extended-handshake", RawPeer.frame(EXTENDED,
                        ("\0d1:v60000:" + "x".repeat(60_000) + "1:x60000:" + "x".repeat(60_000) + "e").getBytes(StandardCharsets.ISO_8859_1))),
                Arguments.of("wire.frame-length", RawPeer.frame(EXTENDED, new byte[300 << 10])),
                Arguments.of("wire.message-length", RawPeer.frame(6, 0, 0, 16, 0)),
                Arguments.of("wire.message-length", RawPeer.frame(4)),
                Arguments.of("wire.message-length", RawPeer.frame(7, 0, 0)),
                Arguments.of("wire.message-length", RawPeer.frame(5)),
                Arguments.of("wire.metadata-size", RawPeer.frame(EXTENDED, "\0d13:metadata_sizei-1ee".getBytes(StandardCharsets.ISO_8859_1))),
                Arguments.of("wire.extended-flood", repeat(RawPeer.frame(EXTENDED, "\0de".getBytes(StandardCharsets.ISO_8859_1)), 11)),
                Arguments.of("wire.unasked-blocks", repeat(RawPeer.block(0, 0, new byte[10]), 17)),
                Arguments.of("wire.unasked-rejects", repeat(RawPeer.frame(16, 0, 0, PIECE), 17)),
                Arguments.of("wire.late-bitfield", concat(RawPeer.frame(15), RawPeer.frame(15))),
                Arguments.of("wire.piece-index", RawPeer.frame(13, -1)),
                Arguments.of("wire.dont-have", RawPeer.frame(EXTENDED, new byte[] {1, 0, 0})),
                Arguments.of("wire.dont-have", RawPeer.frame(EXTENDED, new byte[] {1, 0, 0, 0, PIECES})),
                Arguments.of("wire.dont-have", RawPeer.frame(EXTENDED, new byte[] {1, -1, -1, -1, -1})),
                Arguments.of("wire.upload-only", RawPeer.frame(EXTENDED, new byte[] {2})),
                Arguments.of("wire.exchange-broken", RawPeer.frame(EXTENDED, new byte[] {3, 'x'})),
                Arguments.of("wire.exchange-broken", RawPeer.frame(EXTENDED, "\3d5:added5:12345e".getBytes(StandardCharsets.ISO_8859_1))),
                Arguments.of("wire.exchange-flood", RawPeer.frame(EXTENDED,
                        ("\3d5:added60000:" + "\1\2\3\4\5\6".repeat(10_000) + "e").getBytes(StandardCharsets.ISO_8859_1))),
                Arguments.of("wire.exchange-often", repeat(RawPeer.frame(EXTENDED, "\3de".getBytes(StandardCharsets.ISO_8859_1)), 12)),
                Arguments.of("wire.frame-length", new byte[] {-1, -1, -1, -1}),
                Arguments.of("wire.frame-length", new byte[] {0x7f, 0, 0, 0}));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("offences")
    void anOffenceEndsThatConnectionOnlyAndIsToldWithItsRule(String rule, byte[] offence) throws Exception {
        try (RawPeer honest = dial(); RawPeer hostile = dial()) {
            hostile.offend(offence);

            hostile.drainToEnd();
            assertThat(bans(hostile)).singleElement().satisfies(event -> {
                assertThat(event.severity()).isEqualTo(Event.Severity.REFUSED);
                assertThat(event.fact("rule")).isEqualTo(rule);
                assertThat(event.sentence()).contains("the peer ");
            });
            assertServes(honest);
        }
    }

    /** BEP 6: the pieces follow from its address; what it will not get is refused by name. */
    @Test
    void aChokedPeerGetsAFewPiecesAndAnAnswerForTheOthers() throws Exception {
        try (RawPeer peer = dial()) {
            Set<Integer> expected = AllowedFast.of(peer.local().getAddress(), torrent.hash(), PIECES, 10);
            Set<Integer> offered = new LinkedHashSet<>();
            while (offered.size() < expected.size()) {
                offered.add(peer.readFrame(17).number(0));
            }
            assertThat(offered).isEqualTo(expected);
            int allowed = expected.stream().filter(piece -> piece < PIECES - 1).findFirst().orElseThrow();
            int other = IntStream.range(0, PIECES - 1).filter(piece -> !expected.contains(piece)).findFirst().orElseThrow();

            peer.send(RawPeer.frame(6, allowed, 0, PIECE), RawPeer.frame(6, other, 0, PIECE));
            RawPeer.Frame first = peer.readFrame();
            RawPeer.Frame second = peer.readFrame();
            RawPeer.Frame given = first.id() == 7 ? first : second;
            RawPeer.Frame refused = first.id() == 7 ? second : first;
            assertThat(List.of(given.id(), given.number(0))).containsExactly(7, allowed);
            assertThat(List.of(refused.id(), refused.number(0))).containsExactly(16, other);

            for (int piece = 0; piece < 10; piece++) {
                peer.send(RawPeer.frame(4, piece)); // it has something to trade now
            }
            peer.send(RawPeer.frame(6, allowed, 0, PIECE));
            assertThat(peer.readFrame().id()).isEqualTo(16);
        }
    }

    /** aria2 tells of many new pieces at once like this. */
    @Test
    void aLaterBitfieldThatTellsOfMoreIsNoOffence() throws Exception {
        try (RawPeer peer = dial()) {
            peer.send(RawPeer.frame(15), RawPeer.frame(4, 1), RawPeer.frame(5, new byte[] {0x60, 0, 0}), RawPeer.frame(5, new byte[] {0x70, 0, 0}));

            assertServes(peer);
            double progress = engine.details(torrent.hash()).join().orElseThrow().peers().stream()
                    .filter(each -> each.address().startsWith(peer.local().getAddress().getHostAddress() + ":")).findFirst().orElseThrow().progress();
            assertThat(progress).isEqualTo(3.0 / PIECES);
        }
    }

    @Test
    void aBannedAddressIsTurnedAwayAtTheDoor() throws Exception {
        String host = host();
        try (RawPeer hostile = dial(host)) {
            hostile.send(RawPeer.frame(4, PIECES));
            hostile.drainToEnd();
        }

        try (RawPeer again = RawPeer.connect(InetAddress.getByName(host), socketOf(engine));
                RawPeer other = dial()) {
            again.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("again")));

            assertThat(again.drainToEnd()).isZero();
            assertServes(other);
        }
        assertThat(events(engine, "policy.denied")).extracting(event -> event.fact("rule")).contains("policy.peer-banned");
    }

    @Test
    void aFloodOfRequestsIsAnOffence() throws Exception {
        try (RawPeer honest = dial(); RawPeer hostile = dial()) {
            hostile.send(RawPeer.frame(2));
            hostile.readFrame(1);
            // it reads nothing, so answers fill its socket and the rest must wait in our queue
            byte[] many = repeat(RawPeer.frame(6, 0, 0, PIECE), 20_000);
            hostile.offend(many);

            assertThat(bans(hostile)).extracting(event -> event.fact("rule")).containsExactly("wire.request-flood");
            assertServes(honest);
        }
    }

    @Test
    void aReaderThatNeverReadsDoesNotStallAnother() throws Exception {
        try (RawPeer deaf = dial(); RawPeer honest = dial()) {
            deaf.send(RawPeer.frame(2));
            deaf.readFrame(1);
            List<byte[]> requests = new ArrayList<>();
            for (int i = 0; i < 1900; i++) {
                requests.add(RawPeer.frame(6, i % (PIECES - 1), 0, PIECE));
            }
            deaf.send(requests.toArray(byte[][]::new));

            for (int round = 0; round < 5; round++) {
                assertServes(honest);
            }
            assertThat(events(engine, "peer.banned")).noneMatch(event -> event.fact("address").equals(addressOf(deaf)));
        }
    }

    @Test
    void manyHavesCostTheirSenderNothingButTime() throws Exception {
        try (RawPeer talkative = dial(); RawPeer honest = dial()) {
            talkative.send(repeat(RawPeer.frame(4, 7), 50_000));

            assertServes(honest);
            assertServes(talkative);
        }
    }

    /** Each is looked for among all that wait: one after another that would take half a minute. */
    @Test
    @Timeout(20)
    void manyCancelsCostTheirSenderNothingButTime() throws Exception {
        try (RawPeer hostile = dial(); RawPeer honest = dial()) {
            hostile.send(RawPeer.frame(2));
            hostile.readFrame(1);
            for (int i = 0; i < 3900; i++) { // it reads nothing, so they wait
                hostile.send(RawPeer.frame(6, i % (PIECES - 1), i / (PIECES - 1), PIECE - 1000));
            }
            byte[] cancels = repeat(RawPeer.frame(8, 3, 0, 99), 10_000);
            for (int i = 0; i < 200; i++) {
                hostile.send(cancels);
            }

            assertServes(honest);
            hostile.send(RawPeer.frame(6, 3, 0, 100));
            RawPeer.Frame answer = hostile.readFrame(7);
            while (answer.payload().length() != 8 + 100) {
                answer = hostile.readFrame(7);
            }
        }
    }

    @Test
    void aPeerAddsOneAddressHoweverOftenItTellsItsPort() throws Exception {
        int known = engine.snapshot().find(torrent.hash()).orElseThrow().knownPeers();
        try (RawPeer hostile = dial()) {
            for (int port = 2001; port <= 2010; port++) {
                hostile.send(RawPeer.frame(EXTENDED, ("\0d1:pi" + port + "ee").getBytes(StandardCharsets.ISO_8859_1)));
            }
            assertServes(hostile);
            await().atMost(SOON).until(() -> engine.snapshot().find(torrent.hash()).orElseThrow().knownPeers() > known);

            assertThat(engine.snapshot().find(torrent.hash()).orElseThrow().knownPeers()).isEqualTo(known + 1);
        }
    }

    private List<Event> bans(RawPeer peer) {
        return await().atMost(SOON).until(() -> events(engine, "peer.banned").stream()
                .filter(event -> event.fact("address").equals(addressOf(peer))).toList(), bans -> !bans.isEmpty());
    }

    private static String addressOf(RawPeer peer) {
        return peer.local().getAddress().getHostAddress();
    }

    private void assertServes(RawPeer peer) throws IOException {
        peer.send(RawPeer.frame(2), RawPeer.frame(6, 3, 0, PIECE));
        RawPeer.Frame answer = peer.readFrame();
        while (answer.id() != 7) {
            if (answer.id() == 1 || answer.id() == 16) {
                peer.send(RawPeer.frame(6, 3, 0, PIECE));
            }
            answer = peer.readFrame();
        }
        assertThat(answer.number(0)).isEqualTo(3);
        assertThat(engine.snapshot().find(torrent.hash()).orElseThrow().state()).isEqualTo(TorrentState.SEEDING);
    }

    private static byte[] repeat(byte[] frame, int times) {
        return concat(Collections.nCopies(times, frame).toArray(byte[][]::new));
    }

    private static byte[] concat(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }
}
