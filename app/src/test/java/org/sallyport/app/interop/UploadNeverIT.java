package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.app.interop.Capture.Seen;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;

/** A torrent that is never to be uploaded takes from a swarm and gives it nothing, counted on the cable. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER, LIBTORRENT})
@Timeout(240)
class UploadNeverIT {

    private static final long SLOW = 4_000_000;

    @Test
    void aLeecherGetsNoByteOfTheFiles(Scene scene) throws Exception {
        Content content = scene.small();
        OpenTracker tracker = scene.tracker(content.torrent());
        Host leecher = scene.host(7);
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        Library.add(sallyport.data(), AddRequest.download(content.torrent().path(), scene.folder("download"))
                .withSharing(Sharing.DOWNLOAD.withUpload(UploadPolicy.NEVER)));
        Capture capture = Capture.start(scene, sallyport.host(), "capture", Map.of("marker", Capture.ascii(Content.MARKER)));

        // the seed is so slow that the leecher wants what we have
        new LibtorrentPeer(scene, scene.host(4), "seed").uploadLimit(SLOW).seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        sallyport.ask("start", content.torrent().infoHash());
        Waiting.until("we have some", Duration.ofSeconds(60), () -> doneBytes(sallyport) > 10_000_000);
        new LibtorrentPeer(scene, leecher, "leech").download(content.torrent().path(), scene.folder("leech"));
        Waiting.until("the leecher is here and wants something", Duration.ofSeconds(60),
                () -> sallyport.ask("peers", content.torrent().infoHash()).stream().anyMatch(peer ->
                        peer.get("address").asText().startsWith(leecher.address()) && peer.get("flags").asText().contains("u")));
        long before = doneBytes(sallyport);
        Waiting.until("time goes by", Duration.ofSeconds(120), () -> doneBytes(sallyport) > before + 30_000_000);

        assertThat(sallyport.ask("list").get(0).get("uploadedBytes").asLong()).isZero();
        Seen seen = capture.end();
        assertThat(seen.streams()).filteredOn(stream -> stream.to().equals(leecher.address())).isNotEmpty()
                .allSatisfy(stream -> assertThat(stream.bytes()).as("messages without payload").isLessThan(400_000));
    }

    private static long doneBytes(Sallyport sallyport) {
        return sallyport.ask("list").get(0).get("doneBytes").asLong();
    }
}
