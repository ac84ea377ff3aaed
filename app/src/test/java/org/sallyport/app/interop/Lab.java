package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The test network, one per JVM: hosts 10.99.0.N joined by a bridge, cut off from everything else. Each client has a host of its own,
 * because Transmission ignores loopback peers and libtorrent keeps one peer per address.
 */
final class Lab implements AutoCloseable {

    private static final int HUB = 254;

    private final Path folder;
    private final Host hub;
    private final Map<Integer, Host> hosts = new HashMap<>();
    private final Map<String, Content> contents = new HashMap<>();

    private Lab(Path folder, Host hub) {
        this.folder = folder;
        this.hub = hub;
    }

    /** Starts below {@code target}, on disk: the contents are too large for a memory file system. */
    static Lab open() {
        Path folder = Path.of("target", "interop-" + System.getProperty("sallyport.fork", "fork-1")).toAbsolutePath();
        delete(folder);
        Host hub = Host.open("hub", address(HUB), folder.resolve("lab"));
        hub.run("ip", "link", "add", "br0", "type", "bridge");
        hub.run("ip", "link", "set", "br0", "up");
        return new Lab(folder, hub);
    }

    /** The host 10.99.0.{@code number}, made when first asked for. */
    Host host(int number) {
        return hosts.computeIfAbsent(number, this::join);
    }

    /** 3 files of 200 MB. */
    Content large() {
        return contents.computeIfAbsent("large", name -> Content.create(folder.resolve(name), 200_000_000, 512 * 1024));
    }

    /** 3 files, 200 MB together. */
    Content small() {
        return contents.computeIfAbsent("small", name -> Content.create(folder.resolve(name), 66_666_667, 256 * 1024));
    }

    /** 3 files, 100 MB together. */
    Content half() {
        return contents.computeIfAbsent("half", name -> Content.create(folder.resolve(name), 33_333_334, 256 * 1024));
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        hosts.values().forEach(Host::close);
        hub.close();
        delete(folder);
    }

    private Host join(int number) {
        Host host = Host.open("host-" + number, address(number), folder.resolve("lab"));
        String port = "port" + number;
        hub.run("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", Long.toString(host.pid()));
        hub.run("ip", "link", "set", port, "master", "br0", "up");
        host.run("ip", "addr", "add", address(number) + "/24", "dev", "eth0");
        host.run("ip", "link", "set", "eth0", "up");
        return host;
    }

    private static String address(int number) {
        return "10.99.0." + number;
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
