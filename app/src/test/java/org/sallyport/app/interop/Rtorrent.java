package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** rtorrent without its terminal; an event handler leaves a file when the download is complete. */
final class Rtorrent implements RealClient {

    private final Scene scene;
    private final Host host;
    private final Path home;
    private Obfuscation obfuscation = Obfuscation.USUAL;

    Rtorrent(Scene scene, Host host) {
        this.scene = scene;
        this.host = host;
        this.home = scene.folder("rtorrent-home");
    }

    @Override
    public RealClient obfuscating(Obfuscation only) {
        obfuscation = only;
        return this;
    }

    @Override
    public void seed(Path torrent, Path folder) {
        // it checks the data by itself before it seeds
        download(torrent, folder);
    }

    @Override
    public void download(Path torrent, Path folder) {
        Path config = home.resolve("rtorrent.rc");
        String text = """
                system.daemon.set = true
                network.port_range.set = %d-%d
                network.port_random.set = no
                directory.default.set = "%s"
                session.path.set = "%s"
                dht.mode.set = disable
                trackers.use_udp.set = no
                protocol.encryption.set = %s
                throttle.max_uploads.set = 50
                log.open_file = "log", "%s"
                log.add_output = "info", "log"
                log.add_output = "tracker_info", "log"
                method.set_key = event.download.finished, leave_mark, "execute.nothrow=touch,%s"
                load.start = "%s"
                """.formatted(PORT, PORT, folder, home, encryption(), scene.folder("logs").resolve("rtorrent.log"), mark(), torrent);
        try {
            Files.writeString(config, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scene.start(host, "rtorrent", List.of("rtorrent", "-n", "-o", "import=" + config));
    }

    private String encryption() {
        switch (obfuscation) {
            case RC4: return "allow_incoming,try_outgoing,require,require_RC4";
            case HANDSHAKE_ONLY: return "allow_incoming,try_outgoing,require,prefer_plaintext";
            default: return "allow_incoming,try_outgoing,enable_retry";
        }
    }

    @Override
    public void fetch(String magnet, Path folder) {
        throw new IllegalArgumentException("not asked for yet");
    }

    @Override
    public boolean isComplete() {
        return Files.exists(mark());
    }

    private Path mark() {
        return home.resolve("complete");
    }
}
