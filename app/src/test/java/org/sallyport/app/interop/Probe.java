package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Asks the network whether somebody serves, from a host of its own: each client reports it differently, or not at all. */
final class Probe {

    private static final int HOST = 200;
    private static final int LIMIT_SECONDS = 60;

    private Probe() {
    }

    /** Waits until the peer shakes hands for the torrent and has every piece. */
    static void awaitSeed(Scene scene, String address, int port, TorrentFile torrent) {
        run(scene, "seed", address, port, torrent.infoHash(), torrent.pieceCount(), LIMIT_SECONDS);
    }

    static void run(Scene scene, Object... arguments) {
        Program probe = scene.script(scene.host(HOST), "probe-" + arguments[0], "probe.py", arguments);
        assertThat(probe.exitCode(Duration.ofSeconds(LIMIT_SECONDS + 10))).as(() -> probe.tail()).isZero();
    }
}
