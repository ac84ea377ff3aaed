package org.sallyport.app.interop;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** libtorrent (the engine of qBittorrent and Deluge) with an upload limit that can be changed while it runs. */
final class LibtorrentPeer implements RealClient {

    private final Scene scene;
    private final Host host;
    private final String name;
    private long uploadLimit;
    private Obfuscation obfuscation = Obfuscation.USUAL;
    private @Nullable Program program;

    LibtorrentPeer(Scene scene, Host host, String name) {
        this.scene = scene;
        this.host = host;
        this.name = name;
    }

    /** Bytes per second, 0 for none; before or after the start. */
    LibtorrentPeer uploadLimit(long bytesPerSecond) {
        uploadLimit = bytesPerSecond;
        if (program != null) {
            program.send("up " + bytesPerSecond);
        }
        return this;
    }

    @Override
    public RealClient obfuscating(Obfuscation only) {
        obfuscation = only;
        return this;
    }

    @Override
    public void seed(Path torrent, Path folder) {
        program = scene.script(host, name, "libtorrent_peer.py", torrent, folder, PORT, "--seed", "--up", uploadLimit, "--obfuscate", obfuscation);
    }

    @Override
    public void download(Path torrent, Path folder) {
        program = scene.script(host, name, "libtorrent_peer.py", torrent, folder, PORT, "--up", uploadLimit, "--obfuscate", obfuscation);
    }

    @Override
    public void fetch(String magnet, Path folder) {
        program = scene.script(host, name, "libtorrent_peer.py", magnet, folder, PORT, "--up", uploadLimit, "--obfuscate", obfuscation);
    }

    @Override
    public boolean isComplete() {
        return program().lines().contains("DONE");
    }

    /** Payload bytes it has sent to everybody so far. */
    long sentBytes() {
        long before = answers();
        program().send("sent");
        Waiting.until(name + " counts", Duration.ofSeconds(10), () -> answers() > before);
        return program().lines().stream().filter(line -> line.startsWith("SENT ")).reduce((first, second) -> second)
                .map(line -> Long.parseLong(line.substring(5))).orElseThrow();
    }

    Program program() {
        if (program == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return program;
    }

    private long answers() {
        return program().lines().stream().filter(line -> line.startsWith("SENT ")).count();
    }
}
