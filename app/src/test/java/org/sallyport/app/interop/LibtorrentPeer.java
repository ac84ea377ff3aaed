package org.sallyport.app.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** libtorrent (the engine of qBittorrent and Deluge) with an upload limit that can be changed while it runs. */
final class LibtorrentPeer implements RealClient {

    private final Scene scene;
    private final Host host;
    private final String name;
    private long uploadLimit;
    private Obfuscation obfuscation = Obfuscation.USUAL;
    private final List<Object> more = new ArrayList<>();
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

    /** Takes part in the DHT, beginning with these hosts, each on {@link #PORT}. */
    LibtorrentPeer dht(Host... nodes) {
        more.add("--dht");
        for (Host node : nodes) {
            more.addAll(List.of("--node", node.address() + ":" + PORT));
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
        program = scene.script(host, name, "libtorrent_peer.py", arguments(torrent, folder, "--seed"));
    }

    @Override
    public void download(Path torrent, Path folder) {
        program = scene.script(host, name, "libtorrent_peer.py", arguments(torrent, folder));
    }

    private Object[] arguments(Object torrent, Path folder, Object... first) {
        List<Object> all = new ArrayList<>(List.of(torrent, folder, PORT, "--up", uploadLimit, "--obfuscate", obfuscation));
        all.addAll(List.of(first));
        all.addAll(more);
        return all.toArray();
    }

    @Override
    public void fetch(String magnet, Path folder) {
        program = scene.script(host, name, "libtorrent_peer.py", arguments(magnet, folder));
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
