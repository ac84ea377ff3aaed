package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER, LIBTORRENT})
@Timeout(180)
class PoisonIT {

    private static final long RATE = 8_000_000;

    @Test
    void finishesAndBansOnlyTheSeedThatSendsCorruptBlocks(Scene scene) {
        Content content = scene.small();
        OpenTracker tracker = scene.tracker(content.torrent());
        honest(scene, content, 4);
        honest(scene, content, 7);
        Host liar = scene.host(9);
        Program poisoner = scene.script(liar, "poisoner", "poisoner.py", content.torrent().path(), content.parent(), RealClient.PORT, RATE);
        tracker.awaitSeeds(content.torrent(), 3);
        Path folder = scene.folder("download");
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");

        SallyportRun get = sallyport.get(content.torrent(), folder);
        get.awaitDone(Duration.ofSeconds(90));

        content.awaitCopy(folder);
        assertThat(poisoner.lines()).as("it was asked, and lied").anyMatch(line -> line.startsWith("BAD"));
        List<JsonNode> bans = bans(sallyport);
        assertThat(bans).extracting(ban -> ban.get("facts").get("address").asText()).containsOnly(liar.address());
        assertThat(bans).as("told once").hasSize(1);
    }

    /** From the event log of the library, opened again: bans are kept. */
    private static List<JsonNode> bans(Sallyport sallyport) {
        sallyport.start("daemon", "--no-listen").awaitReady();
        return sallyport.ask("events").stream().filter(event -> event.get("id").asText().equals("peer.banned")).toList();
    }

    private static void honest(Scene scene, Content content, int host) {
        new LibtorrentPeer(scene, scene.host(host), "seed-" + host).uploadLimit(RATE).seed(content.torrent().path(), content.parent());
    }
}
