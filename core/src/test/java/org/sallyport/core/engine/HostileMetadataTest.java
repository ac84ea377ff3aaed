package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.MetadataPeers;
import org.sallyport.core.testkit.MetadataPeers.Script;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.MetadataMessage;

/** Who lies about a list of files, or holds it back, is left or shut out, and another is asked. */
@Tag("hostile")
@Timeout(90)
class HostileMetadataTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> this.engines.all());
    @TempDir
    private Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;
    private byte[] info;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", 16 << 10, 1000 * (16 << 10)); // two pieces of metadata
        info = torrent.metainfo().infoBytes();
    }

    @AfterEach
    void close() {
        engines.close();
    }

    /** One whose rules let strangers name peers on this computer: here all of them are. */
    private Engine leech() throws EngineStartException {
        Engine engine = engines.start("leech");
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        return engine;
    }

    private static void wrong(MetadataPeers.Talk talk, byte[] right, int piece) throws IOException {
        byte[] wrong = right.clone();
        wrong[wrong.length - 3] ^= 1;
        talk.give(wrong, piece);
    }

    private interface Liar {
        void asked(MetadataPeers.Talk talk, byte[] info, int piece) throws IOException;
    }

    private static Arguments lie(String what, String rule, Liar liar) {
        return Arguments.of(what, rule, liar);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("wrong bytes", "metadata.wrong", HostileMetadataTest::wrong),
                lie("another total", "wire.metadata-size", (talk, info, piece) -> talk.say(MetadataMessage.data(piece, 5, new byte[5]).encode())),
                lie("a short piece", "wire.metadata-size", (talk, info, piece) ->
                        talk.say(MetadataMessage.data(piece, info.length, new byte[5]).encode())),
                lie("a negative size", "wire.metadata", (talk, info, piece) -> talk.say(("d8:msg_typei1e5:piecei" + piece + "e10:total_sizei-1eex")
                        .getBytes(StandardCharsets.ISO_8859_1))),
                lie("2 GiB", "wire.metadata", (talk, info, piece) -> talk.say(("d8:msg_typei1e5:piecei" + piece + "e10:total_sizei2147483648eex")
                        .getBytes(StandardCharsets.ISO_8859_1))),
                lie("a deep message", "wire.metadata", (talk, info, piece) -> talk.say("l".repeat(60_000).getBytes(StandardCharsets.ISO_8859_1))),
                lie("pieces nobody asked for", "wire.unasked-metadata", (talk, info, piece) -> {
                    for (int i = 0; i < 20; i++) {
                        talk.say(MetadataMessage.data(500, info.length, new byte[1]).encode());
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void liarIsShutOutAndAnotherIsAsked(String what, String rule, Liar liar) throws Exception {
        Engine engine = leech();
        try (MetadataPeers bad = MetadataPeers.at("127.0.6.1", torrent.hash(), info.length, (talk, piece) -> liar.asked(talk, info, piece))) {
            done(engine.add(AddRequest.download("magnet:?xt=urn:btih:" + torrent.hash() + "&x.pe=" + bad.address(), engines.downloads("leech"))));
            TestEngines.awaitEvent(engine, "peer.banned");

            assertThat(events(engine, "peer.banned")).allSatisfy(event -> {
                assertThat(event.fact("rule")).isEqualTo(rule);
                assertThat(event.fact("address")).isEqualTo("127.0.6.1");
            });
            assertThat(at(engine, torrent.hash()).state()).isEqualTo(TorrentState.METADATA);
            Engine seed = engines.seeding("seed", torrent);
            done(engine.addPeers(torrent.hash(), List.of(TestEngines.addressOf(seed))));
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        }
    }

    @Test
    void whoSaysNothingAndWhoRejectsDoNotHoldUpTheHonest() throws Exception {
        Engine engine = leech();
        Script silent = (talk, piece) -> { };
        Script half = (talk, piece) -> {
            if (piece == 0) {
                talk.give(info, 0);
            }
        };
        Script rejects = (talk, piece) -> {
            for (int i = 0; i < 100; i++) {
                talk.reject(piece);
            }
        };
        try (MetadataPeers a = MetadataPeers.at("127.0.6.2", torrent.hash(), info.length, silent);
                MetadataPeers b = MetadataPeers.at("127.0.6.3", torrent.hash(), info.length, half);
                MetadataPeers c = MetadataPeers.at("127.0.6.4", torrent.hash(), info.length, rejects);
                MetadataPeers huge = MetadataPeers.at("127.0.6.5", torrent.hash(), MetadataMessage.MAX_SIZE + 1, silent);
                MetadataPeers largest = MetadataPeers.at("127.0.6.6", torrent.hash(), MetadataMessage.MAX_SIZE, silent);
                MetadataPeers good = MetadataPeers.at("127.0.6.7", torrent.hash(), info.length, (talk, piece) -> talk.give(info, piece))) {
            String link = "magnet:?xt=urn:btih:" + torrent.hash();
            for (MetadataPeers peer : List.of(largest, huge, a, b, c, good)) {
                link += "&x.pe=" + peer.address();
            }
            done(engine.add(AddRequest.download(link, engines.downloads("leech"))));
            awaitThat(engine, torrent.hash(), there -> there.isKnown());

            assertThat(huge.asked()).isZero();
            assertThat(events(engine, "peer.banned")).isEmpty();
        }
    }

    @Test
    void listOfFilesThatIsRefusedIsTroubleWithItsReason() throws Exception {
        byte[] broken = Bencode.encode(Map.of("name", "x", "piece length", 16_384L, "length", 100_000L, "pieces", new byte[20]));
        InfoHash hash = InfoHash.of(SampleTorrent.sha1(broken));
        Engine engine = leech();
        try (MetadataPeers peer = MetadataPeers.at("127.0.6.8", hash, broken.length, (talk, piece) -> talk.give(broken, piece))) {
            done(engine.add(AddRequest.download("magnet:?xt=urn:btih:" + hash + "&x.pe=" + peer.address(), engines.downloads("leech"))));
            awaitState(engine, hash, TorrentState.TROUBLE);
        }
        assertThat(at(engine, hash).trouble()).isNotBlank().isEqualTo(at(engine, hash).sentence());
        assertThat(events(engine, "magnet.refused")).singleElement().satisfies(event -> assertThat(event.fact("rule")).startsWith("metainfo."));
        done(engine.remove(hash, false));
        assertThat(engine.snapshot().torrents()).isEmpty();
    }
}
