package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * transmission-daemon with its default encryption; driven by transmission-remote on its host's loopback. Without uTP: version 3.00 breaks
 * off its own fall-back to TCP and then waits a quarter of an hour, with every peer that has no uTP (aria2 and rtorrent, too).
 */
final class Transmission implements RealClient {

    private static final String SETTINGS = """
            {"dht-enabled": false, "lpd-enabled": %b, "utp-enabled": false, "port-forwarding-enabled": false, "peer-port": %d,
             "rpc-bind-address": "127.0.0.1", "rpc-whitelist-enabled": false, "start-added-torrents": true, "encryption": %d,
             "speed-limit-up": 1, "speed-limit-up-enabled": %b}
            """;
    private static final int PLAIN_IF_POSSIBLE = 0;
    private static final int PREFERRED = 1;
    private static final int REQUIRED = 2;

    private final Scene scene;
    private final Host host;
    private Obfuscation obfuscation = Obfuscation.USUAL;
    private boolean sparing;
    private boolean local;
    private boolean inClear;

    Transmission(Scene scene, Host host) {
        this.scene = scene;
        this.host = host;
    }

    @Override
    public RealClient obfuscating(Obfuscation only) {
        if (only == Obfuscation.HANDSHAKE_ONLY) {
            throw new IllegalArgumentException("Transmission cannot insist on that");
        }
        obfuscation = only;
        return this;
    }

    /** It gives next to nothing: 1 KB/s. */
    Transmission sparing() {
        sparing = true;
        return this;
    }

    /** It speaks in its own network (BEP 14). */
    Transmission local() {
        local = true;
        return this;
    }

    /** As far as the other side agrees, for a capture. */
    Transmission inClear() {
        inClear = true;
        return this;
    }

    private int encryption() {
        return inClear ? PLAIN_IF_POSSIBLE : obfuscation == Obfuscation.USUAL ? PREFERRED : REQUIRED;
    }

    @Override
    public void seed(Path torrent, Path folder) {
        // it checks the data by itself before it seeds
        download(torrent, folder);
    }

    @Override
    public void download(Path torrent, Path folder) {
        add(torrent.toString(), folder);
    }

    private void add(String torrent, Path folder) {
        Path home = scene.folder("transmission-home");
        try {
            Files.writeString(home.resolve("settings.json"), SETTINGS.formatted(local, PORT, encryption(), sparing));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program daemon = scene.start(host, "transmission", List.of("transmission-daemon", "-f", "-g", home.toString()));
        Waiting.until("transmission answers", Duration.ofSeconds(30), () -> {
            if (!daemon.isRunning()) {
                throw new AssertionError(daemon.tail());
            }
            return remote("-si").exitCode(Duration.ofSeconds(10)) == 0;
        });
        Program add = remote("-w", folder.toString(), "-a", torrent);
        if (add.exitCode(Duration.ofSeconds(20)) != 0) {
            throw new AssertionError(add.tail());
        }
    }

    @Override
    public void fetch(String magnet, Path folder) {
        add(magnet, folder);
    }

    @Override
    public boolean isComplete() {
        Program info = remote("-t", "all", "-i");
        return info.exitCode(Duration.ofSeconds(20)) == 0 && info.lines().stream().anyMatch(line -> line.strip().equals("Percent Done: 100%"));
    }

    private Program remote(String... arguments) {
        List<String> command = new ArrayList<>(List.of("transmission-remote", "127.0.0.1:9091"));
        command.addAll(List.of(arguments));
        return host.start("transmission-remote", scene.folder("logs"), command);
    }
}
