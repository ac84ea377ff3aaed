package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER, LIBTORRENT})
@Timeout(180)
class StalledSeedIT {

    private static final long FAST = 60_000_000;
    private static final long SLOW = 15_000_000;

    /** Its sockets stay open and say nothing: what it was asked for must be asked of the others. */
    @Test
    void finishesFromTheOthersWhenTheSoleFastSeedIsStopped(Scene scene) {
        Content content = scene.large();
        OpenTracker tracker = scene.tracker(content.torrent());
        LibtorrentPeer fast = start(scene, content, 4, FAST);
        LibtorrentPeer slow = start(scene, content, 7, SLOW);
        LibtorrentPeer slower = start(scene, content, 8, SLOW);
        tracker.awaitSeeds(content.torrent(), 3);
        Path folder = scene.folder("download");
        SallyportRun get = new Sallyport(scene, scene.host(10), "sallyport").get(content.torrent(), folder);

        get.awaitDoneBytes(content.sizeBytes() * 4 / 10, Duration.ofSeconds(60));
        fast.program().signal("STOP");
        assertThat(get.doneBytes()).as("it was stopped in mid-download").isLessThan(content.sizeBytes() * 9 / 10);

        get.awaitDone(Duration.ofSeconds(90));
        content.awaitCopy(folder);
        assertThat(slow.sentBytes()).isPositive();
        assertThat(slower.sentBytes()).isPositive();
    }

    private static LibtorrentPeer start(Scene scene, Content content, int host, long bytesPerSecond) {
        LibtorrentPeer seed = new LibtorrentPeer(scene, scene.host(host), "seed-" + host).uploadLimit(bytesPerSecond);
        seed.seed(content.torrent().path(), content.parent());
        return seed;
    }
}
