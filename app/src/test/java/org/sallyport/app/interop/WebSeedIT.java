package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.LIGHTTPD;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.NGINX;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Downloads from web servers that people run (BEP 19, BEP 17). A rate is held to from above only: machines may be slow. */
@Needs({SALLYPORT, NAMESPACES})
@Timeout(240)
class WebSeedIT {
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final long RATE = 8L << 20;
    private static final double TOLERANCE = 1.15;
    private static final int SHORT = 3_000_001;
    /** As the script has it. */
    private static final int PIECE = 262_144;

    @Test
    @Needs(NGINX)
    void aFolderComesFromNginxAloneOnFewConnectionsAndNoFasterThanAllowed(Scene scene) {
        Content content = scene.half();
        WebServer web = WebServer.nginx(scene, scene.host(13), content.parent());
        TorrentFile torrent = content.torrent().onTheWeb(scene.folder("torrents"), "url-list", web.url());
        Path folder = scene.folder("download");

        SallyportRun get = get(scene, torrent, folder, "--down", "8M");
        long began = System.nanoTime();
        get.await("verified", LIMIT);
        double seconds = (System.nanoTime() - began) / 1e9;

        get.awaitDone(LIMIT);
        content.awaitCopy(folder);
        assertThat(content.sizeBytes() / seconds).as("bytes per second").isLessThan(RATE * TOLERANCE);
        List<String> asked = web.asked();
        assertThat(asked).hasSizeGreaterThan(10).allMatch(line -> line.contains(" 206 \"/Interop%20content/"));
        assertThat(asked.stream().map(line -> line.split(" ")[0]).distinct()).as("connections").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    @Needs(LIGHTTPD)
    void aSingleFileComesFromLighttpd(Scene scene) throws IOException {
        Content content = scene.half();
        WebServer web = WebServer.lighttpd(scene, scene.host(13), content.root());
        Path torrents = scene.folder("torrents");
        Path folder = scene.folder("download");

        TorrentFile torrent = content.firstFile(torrents.resolve("first.torrent")).onTheWeb(torrents, "url-list", web.url() + "first.bin");
        get(scene, torrent, folder).awaitDone(LIMIT);

        assertThat(Files.mismatch(content.root().resolve("first.bin"), folder.resolve("first.bin"))).isEqualTo(-1);
    }

    /** BEP 17: a script gives the pieces. */
    @Test
    @Needs({LIGHTTPD, PYTHON})
    void piecesComeByNumberFromAScriptOfLighttpd(Scene scene) throws IOException {
        Path root = scene.folder("web");
        Path file = root.resolve("first.bin");
        try (InputStream in = Files.newInputStream(scene.half().root().resolve("first.bin"))) {
            Files.write(file, in.readNBytes(SHORT)); // each piece starts a program there
        }
        WebServer.addScript(root, "seed.py");
        WebServer web = WebServer.lighttpd(scene, scene.host(13), root);
        Path torrents = scene.folder("torrents");
        Path folder = scene.folder("download");

        get(scene, TorrentFile.single(torrents.resolve("first.torrent"), file, PIECE).onTheWeb(torrents, "httpseeds", web.url() + "seed.py"), folder)
                .awaitDone(LIMIT);

        assertThat(Files.mismatch(file, folder.resolve("first.bin"))).isEqualTo(-1);
    }

    /** One file on the server is another one of the same length. */
    @Test
    @Needs({NGINX, PYTHON, LIBTORRENT})
    void aServerWithAWrongFileIsLeftAndAPeerGivesTheRest(Scene scene) throws IOException {
        Content content = scene.half();
        Path root = scene.folder("web");
        copy(content.root(), root.resolve("Interop content"));
        try (RandomAccessFile wrong = new RandomAccessFile(root.resolve("Interop content/inner folder/second.bin").toFile(), "rw")) {
            byte[] zeros = new byte[1 << 20];
            for (long at = 0; at < wrong.length(); at += zeros.length) {
                wrong.seek(at);
                wrong.write(zeros, 0, (int) Math.min(zeros.length, wrong.length() - at));
            }
        }
        WebServer web = WebServer.nginx(scene, scene.host(13), root);
        TorrentFile torrent = content.torrent().onTheWeb(scene.folder("torrents"), "url-list", web.url());
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        Path folder = scene.folder("download");
        sallyport.ask("add", torrent.path(), "--to", folder);
        Waiting.until("the server is blamed", LIMIT, () -> events(sallyport).contains("web-seed.bad-piece"));

        LibtorrentPeer seed = new LibtorrentPeer(scene, scene.host(4), "seed").calling(scene.host(10));
        seed.seed(content.torrent().path(), content.parent());

        Waiting.until("it is complete", LIMIT, () -> sallyport.ask("list").get(0).get("state").asText().equals("seeding"));
        content.awaitCopy(folder);
        assertThat(events(sallyport)).doesNotContain("peer.banned");
        assertThat(events(sallyport).stream().filter("web-seed.bad-piece"::equals)).as("told once").hasSize(1);
    }

    private static List<String> events(Sallyport sallyport) {
        return sallyport.ask("events").stream().map(event -> event.get("id").asText()).toList();
    }

    private static SallyportRun get(Scene scene, TorrentFile torrent, Path folder, Object... more) {
        Object[] arguments = Stream.concat(Stream.of("get", torrent.path(), "--to", folder, "--no-listen"), Stream.of(more)).toArray();
        return new Sallyport(scene, scene.host(10), "sallyport").start(arguments).awaitReady();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
