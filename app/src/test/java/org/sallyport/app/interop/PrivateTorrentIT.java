package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing of a private torrent (BEP 27) goes to the DHT, to the own network or to peers by exchange, although all three are switched on and others
 * speak them: proved by every packet that leaves the computer. What the kernel says of itself (membership of a group, neighbours) is no datagram of
 * ours.
 */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER, LIBTORRENT})
@Timeout(400)
class PrivateTorrentIT {
    private static final int PORT = RealClient.PORT;
    private static final long SLOW = 5_000_000;
    private static final Duration LIMIT = Duration.ofSeconds(150);

    @Test
    void noWordOfItGoesElsewhereThanToItsTrackerAndItsPeers(Scene scene) throws IOException {
        Content content = scene.half();
        Host router = scene.host(7);
        Sallyport sallyport = withEverythingOn(scene, router);
        Path file = scene.folder("torrents").resolve("private.torrent");
        String hash = sallyport.ask("create", content.root(), "-o", file, "--tracker", OpenTracker.ANNOUNCE, "--private").get(0).get("hash").asText();
        String open = content.torrent().infoHash();
        Map<String, byte[]> words = Map.of("private", bytes(hash), "privateInHex", Capture.ascii(hash), "open", bytes(open),
                "openInHex", Capture.ascii(open), "exchange", Capture.ascii("ut_pex"));
        Path trackerless = content.torrent().withoutTrackers(scene.folder("torrents"));
        new LibtorrentPeer(scene, router, "router").dht().inClear().seed(trackerless, content.parent());
        OpenTracker tracker = scene.tracker(new TorrentFile(file, hash, 0));
        new LibtorrentPeer(scene, scene.host(4), "seed").dht(router).local().inClear().uploadLimit(SLOW).seed(file, content.parent());
        tracker.awaitSeeds(new TorrentFile(file, hash, 0), 1);
        Program teller = scene.script(scene.host(9), "teller", "teller.py", hash, PORT, scene.host(12).address());
        Waiting.until("the teller listens", Duration.ofSeconds(20), () -> teller.lines().contains("READY"));

        Capture alone = Capture.start(scene, sallyport.host(), "alone", words);
        sallyport.start("daemon", "--port", PORT).awaitReady();
        sallyport.ask("add", file, "--to", scene.folder("private"), "--peer", scene.host(9).address() + ":" + PORT);
        awaitSeeding(sallyport, hash);
        Capture.Seen first = alone.end();

        assertThat(first.datagrams()).as("UDP, which neither its tracker nor its peers need").isEmpty();
        assertThat(sent(first, sallyport)).as("in handshakes").contains("private").doesNotContain("privateInHex", "exchange");
        assertThat(first.remotes()).doesNotContain(scene.host(12).address(), router.address());
        List<JsonNode> heard = SallyportRun.parse(teller.lines().subList(1, teller.lines().size()));
        assertThat(heard).anySatisfy(line ->
                assertThat(line.path("offers").asText()).contains("lt_donthave").doesNotContain("ut_pex", "ut_metadata"));
        assertThat(heard).noneMatch(line -> line.has("extended"));
        assertThat(heard).as("where our DHT node is").noneMatch(line -> line.path("message").asInt() == 9);

        Capture both = Capture.start(scene, sallyport.host(), "both", words);
        sallyport.ask("add", trackerless, "--to", scene.folder("open"));
        awaitSeeding(sallyport, open);
        Capture.Seen second = both.end();

        assertThat(second.inDatagrams()).as("of the other torrent, in the DHT and the own network").containsExactly("open", "openInHex");
        assertThat(sent(second, sallyport)).contains("exchange");
        assertThat(second.datagrams()).contains(PORT + " to " + router.address() + ":" + PORT, "6771 to 239.192.152.143:6771");
    }

    /** In TCP. */
    private static List<String> sent(Capture.Seen seen, Sallyport by) {
        return seen.streams().stream().filter(stream -> stream.from().equals(by.host().address()))
                .flatMap(stream -> stream.holds().stream()).distinct().toList();
    }

    private static void awaitSeeding(Sallyport sallyport, String hash) {
        Waiting.until("it is complete", LIMIT, () -> sallyport.ask("list").stream()
                .anyMatch(torrent -> torrent.get("hash").asText().equals(hash) && torrent.get("state").asText().equals("seeding")));
    }

    private static Sallyport withEverythingOn(Scene scene, Host router) throws IOException {
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        Files.createDirectories(sallyport.data());
        Files.writeString(sallyport.data().resolve("settings.json"), "{\"discovery\": {\"dht\": true, \"exchange\": true, \"localNetwork\": true, "
                + "\"bootstrap\": [\"" + router.address() + ":" + PORT + "\"]}}");
        return sallyport;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
