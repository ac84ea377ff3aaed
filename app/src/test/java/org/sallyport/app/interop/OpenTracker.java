package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The tracker of a scene. */
final class OpenTracker {

    static final String ANNOUNCE = "http://10.99.0.1:6969/announce";
    /** The same tracker by UDP (BEP 15). */
    static final String UDP_ANNOUNCE = "udp://10.99.0.1:6969/announce";
    private static final int HOST = 1;
    private static final int LIMIT_SECONDS = 60;

    private final Scene scene;

    private OpenTracker(Scene scene) {
        this.scene = scene;
    }

    /** Debian builds it with a whitelist: it tracks nothing else than {@code torrents}. */
    static OpenTracker start(Scene scene, TorrentFile... torrents) {
        Host host = scene.host(HOST);
        Path folder = scene.folder("tracker");
        try {
            Files.write(folder.resolve("whitelist"), Arrays.stream(torrents).map(TorrentFile::infoHash).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // it locks itself into the folder, then turns from root to nobody
        Program program = scene.start(host, "opentracker", List.of("opentracker", "-i", host.address(), "-p", "6969", "-P", "6969",
                "-d", folder.toString(), "-w", "/whitelist"));
        Waiting.until("opentracker listens", Duration.ofSeconds(10), () -> program.listensOn(6969));
        return new OpenTracker(scene);
    }

    /** Waits until the tracker can name that many seeds to a newcomer. */
    void awaitSeeds(TorrentFile torrent, int seeds) {
        Probe.run(scene, "tracker", ANNOUNCE, torrent.infoHash(), seeds, LIMIT_SECONDS);
    }
}
