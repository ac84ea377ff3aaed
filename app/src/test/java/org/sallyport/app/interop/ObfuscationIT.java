package org.sallyport.app.interop;

import static org.sallyport.app.interop.RealClient.Obfuscation.HANDSHAKE_ONLY;
import static org.sallyport.app.interop.RealClient.Obfuscation.RC4;
import static org.sallyport.app.interop.Tool.ARIA2;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.QBITTORRENT;
import static org.sallyport.app.interop.Tool.RTORRENT;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.app.interop.RealClient.Obfuscation;

/** Clients that take obfuscated connections (MSE) and no others: what arrives has come through one. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER})
@Timeout(180)
class ObfuscationIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    @Needs(TRANSMISSION)
    void callsTransmission(Scene scene) {
        calls(scene, TRANSMISSION, RC4);
    }

    @Test
    @Needs(TRANSMISSION)
    void isCalledByTransmission(Scene scene) {
        isCalled(scene, TRANSMISSION, RC4);
    }

    @Test
    @Needs(ARIA2)
    void callsAria2(Scene scene) {
        calls(scene, ARIA2, RC4);
    }

    @Test
    @Needs(ARIA2)
    void isCalledByAria2(Scene scene) {
        isCalled(scene, ARIA2, RC4);
    }

    @Test
    @Needs(LIBTORRENT)
    void callsLibtorrent(Scene scene) {
        calls(scene, LIBTORRENT, RC4);
    }

    @Test
    @Needs(LIBTORRENT)
    void isCalledByLibtorrent(Scene scene) {
        isCalled(scene, LIBTORRENT, RC4);
    }

    @Test
    @Needs(LIBTORRENT)
    void callsLibtorrentWithTheHandshakeOnly(Scene scene) {
        calls(scene, LIBTORRENT, HANDSHAKE_ONLY);
    }

    @Test
    @Needs(LIBTORRENT)
    void isCalledByLibtorrentWithTheHandshakeOnly(Scene scene) {
        isCalled(scene, LIBTORRENT, HANDSHAKE_ONLY);
    }

    @Test
    @Needs(RTORRENT)
    void callsRtorrent(Scene scene) {
        calls(scene, RTORRENT, RC4);
    }

    @Test
    @Needs(RTORRENT)
    void isCalledByRtorrent(Scene scene) {
        isCalled(scene, RTORRENT, RC4);
    }

    @Test
    @Needs(RTORRENT)
    void callsRtorrentWithTheHandshakeOnly(Scene scene) {
        calls(scene, RTORRENT, HANDSHAKE_ONLY);
    }

    @Test
    @Needs(RTORRENT)
    void isCalledByRtorrentWithTheHandshakeOnly(Scene scene) {
        isCalled(scene, RTORRENT, HANDSHAKE_ONLY);
    }

    @Test
    @Needs(QBITTORRENT)
    void callsQBittorrent(Scene scene) {
        calls(scene, QBITTORRENT, RC4);
    }

    @Test
    @Needs(QBITTORRENT)
    void isCalledByQBittorrent(Scene scene) {
        isCalled(scene, QBITTORRENT, RC4);
    }

    /** It shares; we have no port, so the call is ours. */
    private static void calls(Scene scene, Tool tool, Obfuscation obfuscation) {
        Content content = scene.small();
        OpenTracker tracker = scene.tracker(content.torrent());
        RealClient.of(scene, tool).obfuscating(obfuscation).seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
        Path folder = scene.folder("download");

        new Sallyport(scene, scene.host(10), "sallyport").start("get", content.torrent().path(), "--to", folder, "--no-listen").awaitDone(LIMIT);

        content.awaitCopy(folder);
    }

    /** We share; it comes later and is told of us, so the call is its own. */
    private static void isCalled(Scene scene, Tool tool, Obfuscation obfuscation) {
        Content content = scene.small();
        OpenTracker tracker = scene.tracker(content.torrent());
        new Sallyport(scene, scene.host(10), "sallyport").seed(content.torrent().path(), content.parent()).awaitReady();
        tracker.awaitSeeds(content.torrent(), 1);
        RealClient client = RealClient.of(scene, tool).obfuscating(obfuscation);
        Path folder = scene.folder("download");

        client.download(content.torrent().path(), folder);

        Waiting.until(tool + " is complete", LIMIT, client::isComplete);
        content.awaitCopy(folder);
    }
}
