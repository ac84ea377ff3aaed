package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code get} fetches no program and no disguise unless somebody said so. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, LIBTORRENT})
@Timeout(240)
class RiskyNamesIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PIECE = 16_384;
    private static final String NAME = "Night";
    /** How a Matroska file begins (EBML). */
    private static final byte[] FILM = "\u001a\u0045\u00df\u00a3\u00a3\u0042\u0086\u0081\u0001\u0042\u0082\u0088matroska"
            .getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void riskyNamesAreRefusedSkippedOrLeftOutByIntent(Scene scene) throws IOException {
        Path parent = scene.folder("seed");
        Path root = Files.createDirectories(parent.resolve(NAME));
        List<Path> files = new ArrayList<>();
        files.add(Files.write(root.resolve("film.mkv"), FILM));
        files.add(Files.writeString(root.resolve("film.mkv.lnk"), "no film"));
        files.add(Files.writeString(root.resolve("booklet.pdf"), "%PDF-1.4\n"));
        files.add(Files.writeString(root.resolve("setup.exe"), "MZ"));
        TorrentFile torrent = TorrentFile.write(scene.folder("torrents").resolve("night.torrent"), OpenTracker.ANNOUNCE, NAME, files, root, PIECE);
        new LibtorrentPeer(scene, scene.host(4), "seed").seed(torrent.path(), parent);
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");

        SallyportRun refused = get(scene, sallyport, torrent, "refused");
        SallyportRun skipping = get(scene, sallyport, torrent, "skipping", "--skip-risky");
        SallyportRun film = get(scene, new Sallyport(scene, scene.host(11), "other"), torrent, "film", "--intent", "video");

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.named("refused").findFirst().orElseThrow().get("rule").asText()).isEqualTo("names.blocked");
        assertThat(visible(scene.folder("refused"))).isEmpty();
        assertThat(skipping.exit()).isZero();
        assertThat(visible(scene.folder("skipping"))).containsExactlyInAnyOrder("film.mkv", "booklet.pdf");
        assertThat(film.exit()).isZero();
        assertThat(film.named("leftOut").mapToInt(event -> event.get("files").asInt()).sum()).isEqualTo(3);
        assertThat(visible(scene.folder("film"))).containsExactly("film.mkv");
        assertThat(film.named("verdict").toList()).singleElement()
                .satisfies(event -> assertThat(event.get("verdict").asText()).as("nobody scans here").isEqualTo("notScanned"));
    }

    /** A link says nothing of its files; what arrives passes the gate that a file passes. */
    @Test
    void aDisguiseBehindAMagnetLinkIsToldRefusedAndLeftOut(Scene scene) throws IOException {
        Path parent = scene.folder("seed");
        Path root = Files.createDirectories(parent.resolve(NAME));
        List<Path> files = List.of(Files.write(root.resolve("film.mkv"), FILM), Files.writeString(root.resolve("film.mkv.lnk"), "no film"),
                Files.writeString(root.resolve("invoice.pdf.exe"), "MZ"));
        TorrentFile torrent = TorrentFile.write(scene.folder("torrents").resolve("night.torrent"), OpenTracker.ANNOUNCE, NAME, files, root, PIECE);
        new LibtorrentPeer(scene, scene.host(4), "seed").seed(torrent.withoutTrackers(scene.folder("torrents")), parent);
        String link = torrent.magnet(false);
        String peer = scene.host(4).address() + ":" + RealClient.PORT;
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport").settings("{\"screening\": {\"scanner\": \"none\"}}");

        JsonNode seen = sallyport.run(LIMIT, "inspect", link, "--peer", peer).events().get(0);
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        Instance instance = new Instance(sallyport);
        instance.ask("add", link, "--to", scene.folder("link"), "--peer", peer, "--accept-risky");
        Waiting.until("it is refused", LIMIT, () -> instance.ask("why", torrent.infoHash()).get(0).get("code").asText().equals("names-blocked"));

        assertThat(seen.get("files")).hasSize(3).filteredOn(file -> file.get("risk").asText().equals("block")).hasSize(2);
        assertThat(visible(scene.folder("link"))).isEmpty();
        instance.ask("start", torrent.infoHash(), "--skip-risky");
        Waiting.until("the film is there", LIMIT, () -> visible(scene.folder("link")).equals(List.of("film.mkv")));
        assertThat(instance.ask("list").get(0).get("wantedBytes").asLong()).isEqualTo(FILM.length);
    }

    @Test
    void inspectEndsWithTheReasonWhenATorrentWouldBeRefused(Scene scene) throws IOException {
        Path broken = Files.writeString(scene.folder("torrents").resolve("broken.torrent"),
                "d4:infod6:lengthi-1e4:name1:a12:piece lengthi16384e6:pieces0:ee");

        SallyportRun inspect = new Sallyport(scene, scene.host(10), "sallyport").run(LIMIT, "inspect", broken);

        assertThat(inspect.exit()).isEqualTo(3);
        JsonNode refusal = inspect.named("refused").findFirst().orElseThrow();
        assertThat(refusal.get("rule").asText()).startsWith("metainfo.");
        assertThat(refusal.get("reason").asText()).endsWith(".");
    }

    private static SallyportRun get(Scene scene, Sallyport sallyport, TorrentFile torrent, String folder, Object... more) {
        Stream<Object> usual = Stream.of("get", torrent.path(), "--to", scene.folder(folder), "--no-listen", "--peer",
                scene.host(4).address() + ":" + RealClient.PORT);
        return sallyport.settings("{\"screening\": {\"scanner\": \"none\"}}").run(LIMIT, Stream.concat(usual, Stream.of(more)).toArray());
    }

    /** The names of all files below a folder that are not in the quarantine. */
    static List<String> visible(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).map(folder::relativize).filter(path -> !path.toString().startsWith("."))
                    .map(path -> path.getFileName().toString()).toList();
        }
    }
}
