package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fast extension (BEP 6) and partial seeds (BEP 21) as other clients see them, by their own log or by what passes. */
@Needs({SALLYPORT, NAMESPACES, PYTHON})
@Timeout(240)
class FastExtensionIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long SLOW = 8_000_000;
    private static final Map<String, byte[]> FIRST_WORDS = Map.of("have-all", new byte[] {0, 0, 0, 1, 14}, "have-none", new byte[] {0, 0, 0, 1, 15});

    /** One place for two who want something: they take turns, and who loses it is refused by name what it waits for. */
    @Test
    @Needs(LIBTORRENT)
    void libtorrentHearsThatWeHaveAllWhatItMayHaveInSpiteOfAChokeAndWhatItIsRefused(Scene scene) throws IOException {
        Content content = scene.half();
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        Files.createDirectories(sallyport.data());
        Files.writeString(sallyport.data().resolve("settings.json"), "{\"limits\": {\"uploadSlots\": 1}}");
        sallyport.start("seed", content.torrent().path(), "--from", content.parent(), "--port", RealClient.PORT, "--up", "2M").awaitReady();
        List<LibtorrentPeer> leeches = List.of(new LibtorrentPeer(scene, scene.host(4), "leech"), new LibtorrentPeer(scene, scene.host(7), "other"));
        leeches.forEach(leech -> leech.telling().calling(sallyport.host()).download(content.torrent().path(), scene.folder(leech.address())));

        Waiting.until("one is refused what it waits for", LIMIT, () -> leeches.stream().anyMatch(leech -> leech.saw("<==", "REJECT_PIECE")));

        assertThat(leeches).allMatch(leech -> leech.saw("<==", "HAVE_ALL")).allMatch(leech -> leech.saw("<==", "ALLOWED_FAST"));
        sallyport.ask("limits", "--up", "0");
        Waiting.until("both go on to the end", LIMIT, () -> leeches.stream().allMatch(LibtorrentPeer::isComplete));
        leeches.forEach(leech -> content.awaitCopy(scene.folder(leech.address())));
    }

    @Test
    @Needs(LIBTORRENT)
    void libtorrentHearsThatWeHaveNothingAndItsRefusalsAreBorne(Scene scene) {
        Content content = scene.half();
        LibtorrentPeer seed = new LibtorrentPeer(scene, scene.host(4), "seed").telling().uploadLimit(SLOW);
        seed.seed(content.torrent().path(), content.parent());
        Sallyport sallyport = daemon(scene);
        Path folder = scene.folder("download");
        sallyport.ask("add", content.torrent().path(), "--to", folder, "--peer", seed.address() + ":" + RealClient.PORT);
        Waiting.until("something comes", LIMIT, () -> sallyport.ask("list").get(0).get("doneBytes").asLong() > 2_000_000);

        seed.slots(0);
        Waiting.until("it refuses what it was asked for", LIMIT, () -> seed.saw("==>", "REJECT_PIECE"));
        seed.slots(8);

        awaitSeeding(sallyport);
        content.awaitCopy(folder);
        assertThat(seed.saw("<==", "HAVE_NONE")).isTrue();
        assertThat(seed.saw("==>", "HAVE_ALL")).isTrue();
        assertThat(sallyport.ask("events")).noneMatch(event -> event.get("id").asText().equals("peer.banned"));
    }

    @Test
    @Needs(TRANSMISSION)
    void haveAllAndHaveNonePassBetweenTransmissionAndUs(Scene scene) {
        Content content = scene.half();
        Sallyport sallyport = daemon(scene);
        Capture capture = Capture.start(scene, sallyport.host(), "capture", FIRST_WORDS);
        Host other = scene.host(2);
        new Transmission(scene, other).inClear().seed(content.torrent().path(), content.parent());
        Probe.awaitSeed(scene, other.address(), RealClient.PORT, content.torrent());

        sallyport.ask("add", content.torrent().path(), "--to", scene.folder("download"), "--peer", other.address() + ":" + RealClient.PORT);
        awaitSeeding(sallyport);

        Capture.Seen seen = capture.end();
        assertThat(said(seen, sallyport.host().address())).containsExactly("have-none");
        assertThat(said(seen, other.address())).containsExactly("have-all");
    }

    /** It has all that it wants, and not all there is: we, who want nothing either, do not stay connected. */
    @Test
    @Needs(LIBTORRENT)
    void aPartialSeedOfLibtorrentIsTakenForOne(Scene scene) {
        Content content = scene.half();
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        sallyport.seed(content.torrent().path(), content.parent()).awaitReady();
        LibtorrentPeer partial = new LibtorrentPeer(scene, scene.host(4), "partial").telling().skipping(1).calling(sallyport.host());

        partial.download(content.torrent().path(), scene.folder("partial"));

        Waiting.until("it has what it wants", LIMIT, partial::isComplete);
        Waiting.until("it is left alone", LIMIT, () -> peers(sallyport).isEmpty());
        assertThat(sallyport.ask("list").get(0).get("uploadedBytes").asLong()).isLessThan(content.sizeBytes());
    }

    /** The other way round: we skip a file, and say so when we have the rest; and we are a source of that for others. */
    @Test
    @Needs(LIBTORRENT)
    void libtorrentHearsThatWeArePartialSeedAndDownloadsFromUs(Scene scene) {
        Content content = scene.half();
        LibtorrentPeer seed = new LibtorrentPeer(scene, scene.host(4), "seed").telling();
        seed.seed(content.torrent().path(), content.parent());
        Sallyport sallyport = daemon(scene);
        sallyport.ask("add", content.torrent().path(), "--to", scene.folder("download"), "--paused",
                "--peer", seed.address() + ":" + RealClient.PORT);
        sallyport.ask("set", content.torrent().infoHash(), "priority=second.bin:skip");

        sallyport.ask("start", content.torrent().infoHash());

        awaitSeeding(sallyport);
        Waiting.until("it was told", LIMIT, () -> seed.saw("<==", "EXTENDED_HANDSHAKE", "'upload_only': 1"));
        LibtorrentPeer leech = new LibtorrentPeer(scene, scene.host(7), "leech").telling().skipping(1).calling(sallyport.host());
        leech.download(content.torrent().path(), scene.folder("leech"));
        Waiting.until("another one has what we have", LIMIT, leech::isComplete);
        assertThat(leech.saw("<==", "EXTENDED_HANDSHAKE", "'upload_only': 1")).isTrue();
    }

    private static List<String> said(Capture.Seen seen, String by) {
        return seen.streams().stream().filter(stream -> stream.from().equals(by)).flatMap(stream -> stream.holds().stream()).distinct().toList();
    }

    private static List<JsonNode> peers(Sallyport sallyport) {
        return sallyport.ask("peers", sallyport.ask("list").get(0).get("hash").asText());
    }

    private static void awaitSeeding(Sallyport sallyport) {
        Waiting.until("it is complete", LIMIT, () -> sallyport.ask("list").get(0).get("state").asText().equals("seeding"));
    }

    private static Sallyport daemon(Scene scene) {
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        return sallyport;
    }
}
