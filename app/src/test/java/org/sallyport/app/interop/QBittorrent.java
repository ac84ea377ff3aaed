package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** qbittorrent-nox; its "run on completion" leaves a file when the download is complete. */
final class QBittorrent implements RealClient {

    private final Scene scene;
    private final Host host;
    private final Path home;
    private Obfuscation obfuscation = Obfuscation.USUAL;

    QBittorrent(Scene scene, Host host) {
        this.scene = scene;
        this.host = host;
        this.home = scene.folder("qbittorrent-home");
    }

    @Override
    public RealClient obfuscating(Obfuscation only) {
        if (only == Obfuscation.HANDSHAKE_ONLY) {
            throw new IllegalArgumentException("qBittorrent cannot insist on that");
        }
        obfuscation = only;
        return this;
    }

    @Override
    public void seed(Path torrent, Path folder) {
        start(torrent, folder, List.of("--skip-hash-check"));
    }

    @Override
    public void download(Path torrent, Path folder) {
        start(torrent, folder, List.of());
    }

    @Override
    public void fetch(String magnet, Path folder) {
        throw new IllegalArgumentException("not asked for yet");
    }

    @Override
    public boolean isComplete() {
        return Files.exists(mark());
    }

    private void start(Path torrent, Path folder, List<String> options) {
        String text = """
                [LegalNotice]
                Accepted=true
                [AutoRun]
                enabled=true
                program=touch "%s"
                [BitTorrent]
                Session\\DHTEnabled=false
                Session\\LSDEnabled=false
                Session\\PeXEnabled=false
                Session\\Port=%d
                Session\\Encryption=%d
                [Preferences]
                WebUI\\Address=127.0.0.1
                WebUI\\LocalHostAuth=false
                WebUI\\UPnP=false
                [Network]
                PortForwardingEnabled=false
                """.formatted(mark(), PORT, obfuscation == Obfuscation.USUAL ? 0 : 1);
        try {
            Path config = Files.createDirectories(home.resolve("qBittorrent/config"));
            Files.writeString(config.resolve("qBittorrent.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of("qbittorrent-nox", "--profile=" + home, "--webui-port=8080", "--save-path=" + folder,
                "--skip-dialog=true"));
        command.addAll(options);
        command.add(torrent.toString());
        scene.start(host, "qbittorrent", command);
    }

    private Path mark() {
        return home.resolve("complete");
    }
}
