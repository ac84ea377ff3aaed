package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

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
