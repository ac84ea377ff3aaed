package org.sallyport.app.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** libtorrent (the engine of qBittorrent and Deluge) with an upload limit that can be changed while it runs. */
final class LibtorrentPeer implements RealClient {

    private final Scene scene;
    private final Host host;
    private final String name;
    private long uploadLimit;
    private final List<Object> more = new ArrayList<>();
    private Object obfuscation = Obfuscation.USUAL;
    private Optional<Host> peer = Optional.empty();
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

    /** Speaks in its own network (BEP 14). */
    LibtorrentPeer local() {
        more.add("--local");
        return this;
    }

    /** Does not want this file. */
    LibtorrentPeer skipping(int file) {
        more.addAll(List.of("--skip", file));
        return this;
    }

    /** Tells by {@link #saw} of messages besides those of BEP 3. */
    LibtorrentPeer telling() {
        more.add("--log");
        return this;
    }

    /** Whether a message passed, in its own words. @param way {@code "<=="} for one that came, {@code "==>"} for one that went */
    boolean saw(String way, String message, String... details) {
        return program().lines().stream().anyMatch(line -> line.startsWith("SAW ") && line.contains(way + " " + message)
                && Arrays.stream(details).allMatch(line::contains));
    }

    /** Tells when each block came. */
    LibtorrentPeer tellingBlocks() {
        more.add("--blocks");
        return this;
    }

    /** When the newest block came; from {@link #tellingBlocks} on. */
    Optional<Instant> lastBlock() {
        return program().lines().stream().filter(line -> line.startsWith("BLOCK ")).reduce((first, second) -> second)
                .map(line -> Instant.ofEpochMilli(Long.parseLong(line.substring(6))));
    }

    /** How many peers it sends to; 0 for none. */
    void slots(int count) {
        program().send("slots " + count);
    }

    @Override
    public RealClient obfuscating(Obfuscation only) {
        obfuscation = only;
        return this;
    }

    /** Everything in the clear, for a capture. */
    LibtorrentPeer inClear() {
        obfuscation = "NEVER";
        return this;
    }

    /** Calls the client of this host. */
    LibtorrentPeer calling(Host other) {
        peer = Optional.of(other);
        return this;
    }

    @Override
    public void seed(Path torrent, Path folder) {
        start(torrent, folder, List.of("--seed"));
    }

    @Override
    public void download(Path torrent, Path folder) {
        start(torrent, folder, List.of());
    }

    private void start(Object torrent, Path folder, List<String> options) {
        List<Object> arguments = new ArrayList<>(List.of(torrent, folder, PORT, "--up", uploadLimit, "--obfuscate", obfuscation));
        arguments.addAll(options);
        arguments.addAll(more);
        peer.ifPresent(other -> arguments.addAll(List.of("--peer", other.address())));
        program = scene.script(host, name, "libtorrent_peer.py", arguments.toArray());
    }

    /** Whether it has called the client of this host. */
    boolean hasCalled(Host other) {
        return program().errorLines().stream().anyMatch(line -> line.startsWith("peer_connect_alert") && line.contains(other.address() + ":"));
    }

    @Override
    public void fetch(String magnet, Path folder) {
        start(magnet, folder, List.of());
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

    String address() {
        return host.address();
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
