package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.NGINX;
import static org.sallyport.app.interop.Tool.OPENSSL;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who signed a torrent is told and held to, from one data directory to another and with programs of others. */
@Needs({SALLYPORT, NAMESPACES})
@Timeout(240)
class SigningIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Path DOCUMENT = Path.of("..", "core", "docs", "signing.md");
    private static final String ID = "org.example.press";

    @Test
    void aSignatureIsBelievedByWhoeverAddedThePublisherAndBrokenByAnyChange(Scene scene) throws IOException {
        Sallyport press = press(scene);
        Path torrent = signed(scene, press);
        Path certificate = scene.folder("torrents").resolve("press.cer");
        press.ask("publisher", "export", ID, "-o", certificate);
        Sallyport reader = new Sallyport(scene, scene.host(11), "reader");

        assertThat(author(press, torrent)).isEqualTo("known");
        assertThat(author(reader, torrent)).isEqualTo("new");
        reader.ask("publisher", "add", certificate);
        assertThat(author(reader, torrent)).isEqualTo("known");

        for (Path changed : List.of(changed(torrent, "4:name5:paper", "4:name5:daper"), changed(torrent, "tracker.example", "trucker.example"))) {
            SallyportRun inspect = reader.run(LIMIT, "inspect", changed);
            assertThat(inspect.exit()).isEqualTo(3);
            assertThat(inspect.named("refused").findFirst().orElseThrow().get("rule").asText()).isEqualTo("policy.author-broken");
        }
        SallyportRun get = reader.run(LIMIT, "get", changed(torrent, "tracker.example", "trucker.example"), "--to", scene.folder("download"),
                "--no-listen");
        assertThat(get.exit()).isEqualTo(3);
    }

    @Test
    @Needs({OPENSSL, PYTHON})
    void opensslAgreesByTheCommandsOfTheDocument(Scene scene) throws IOException {
        Path torrent = signed(scene, press(scene));
        Path work = scene.folder("openssl");
        Files.writeString(work.resolve("parts.py"), blocks("python").get(0));
        Files.copy(torrent, work.resolve("signed.torrent"));

        List<List<String>> told = blocks("sh").get(0).lines().map(command -> inFolder(scene, work, command)).toList();

        assertThat(told.get(0)).contains("signed by " + ID);
        assertThat(told.get(1)).anyMatch(line -> line.contains(ID));
        assertThat(told.get(told.size() - 1)).contains("Verified OK");
    }

    @Test
    void somebodyNewIsRememberedWhenATorrentIsAdded(Scene scene) throws IOException {
        Path torrent = signed(scene, press(scene));
        Sallyport reader = new Sallyport(scene, scene.host(11), "reader");
        reader.start("daemon", "--no-listen").awaitReady();
        assertThat(reader.ask("publisher", "list")).isEmpty();

        new Instance(reader).ask("add", torrent, "--to", scene.folder("download"), "--paused", "--remember-publisher");

        List<JsonNode> known = reader.ask("publisher", "list");
        assertThat(known).hasSize(1);
        assertThat(known.get(0).get("id").asText()).isEqualTo(ID);
        assertThat(known.get(0).get("own").asBoolean()).isFalse();
    }

    @Test
    @Needs({NGINX, PYTHON, LIBTORRENT})
    void aTorrentAtAWebAddressIsLookedAtAndFetchedButNotFromThisComputer(Scene scene) throws IOException {
        Path torrent = signed(scene, press(scene));
        new LibtorrentPeer(scene, scene.host(4), "seed").seed(torrent, scene.folder("content"));
        WebServer web = WebServer.nginx(scene, scene.host(13), torrent.getParent());
        Sallyport reader = new Sallyport(scene, scene.host(11), "reader");
        String url = web.url() + torrent.getFileName();
        Path folder = scene.folder("download");

        assertThat(author(reader, url)).isEqualTo("new");
        SallyportRun get = reader.run(LIMIT, "get", url, "--to", folder, "--no-listen", "--peer", scene.host(4).address() + ":" + RealClient.PORT);
        SallyportRun local = reader.run(LIMIT, "inspect", "http://127.0.0.1:8080/signed.torrent");

        assertThat(get.exit()).isZero();
        assertThat(Files.mismatch(scene.folder("content").resolve("paper"), folder.resolve("paper"))).isEqualTo(-1);
        assertThat(mark(folder.resolve("paper"), "user:xdg.origin.url")).startsWith("magnet:?xt=urn:btih:");
        assertThat(mark(folder.resolve("paper"), "user:xdg.referrer.url")).contains(scene.host(13).address()).doesNotContain("signed.torrent");
        assertThat(local.exit()).isEqualTo(3);
    }

    /** It names where from, but not what was asked for there: an address may hold a secret. */
    private static String mark(Path file, String name) throws IOException {
        return new String((byte[]) Files.getAttribute(file, name), StandardCharsets.UTF_8);
    }

    private static Sallyport press(Scene scene) {
        Sallyport press = new Sallyport(scene, scene.host(10), "press");
        SallyportRun made = press.run(LIMIT, "publisher", "create", "Example Press", "--id", ID);
        assertThat(made.exit()).isZero();
        return press;
    }

    private static Path signed(Scene scene, Sallyport press) throws IOException {
        Path content = Files.writeString(scene.folder("content").resolve("paper"), "All the news.\n".repeat(20_000));
        Path torrent = scene.folder("torrents").resolve("signed.torrent");
        assertThat(press.run(LIMIT, "create", content, "-o", torrent, "--tracker", "http://tracker.example/announce", "--sign", ID).exit()).isZero();
        return torrent;
    }

    private static String author(Sallyport sallyport, Object torrent) {
        return sallyport.run(LIMIT, "inspect", torrent).events().get(0).get("author").get("kind").asText();
    }

    private static Path changed(Path torrent, String from, String to) throws IOException {
        String text = Files.readString(torrent, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        Path changed = torrent.resolveSibling("changed-" + to.hashCode() + ".torrent");
        return Files.writeString(changed, text.replace(from, to), StandardCharsets.ISO_8859_1);
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT)).results()
                .map((MatchResult block) -> block.group(1)).toList();
    }

    private static List<String> inFolder(Scene scene, Path folder, String command) {
        return scene.host(10).run(Stream.concat(Stream.of("env", "-C", folder.toString()), Stream.of(command.split(" "))).toArray(String[]::new));
    }
}
