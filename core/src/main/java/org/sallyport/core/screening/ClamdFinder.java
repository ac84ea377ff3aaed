package org.sallyport.core.screening;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where clamd's configuration and socket are on the systems people have. Reads the disk; any thread. */
final class ClamdFinder {
    private static final long LARGEST_CONFIGURATION = 1 << 20;
    /** Debian and Ubuntu, Fedora and RHEL, Arch and Alpine, FreeBSD, Homebrew on Apple and on Intel, MacPorts. */
    private static final List<String> CONFIGURATIONS = List.of("etc/clamav/clamd.conf", "etc/clamd.d/scan.conf", "etc/clamd.conf",
            "usr/local/etc/clamd.conf", "opt/homebrew/etc/clamav/clamd.conf", "usr/local/etc/clamav/clamd.conf", "opt/local/etc/clamd.conf");
    /** In folders that only an administrator can write to: nothing under /tmp is believed unless it is configured. */
    private static final List<String> SOCKETS = List.of("run/clamav/clamd.ctl", "run/clamd.scan/clamd.sock", "run/clamav/clamd.sock",
            "var/run/clamav/clamd.ctl", "var/run/clamd.scan/clamd.sock", "var/run/clamav/clamd.sock",
            "opt/homebrew/var/run/clamav/clamd.sock", "usr/local/var/run/clamav/clamd.sock", "opt/local/var/run/clamav/clamd.socket");

    private final Path root;

    /** @param root of the file system */
    ClamdFinder(Path root) {
        this.root = root;
    }

    /** The socket that a configuration names or that is at a usual place, whether or not anybody listens; empty if ClamAV is not here. */
    Optional<ClamdAddress> find() {
        Stream<Path> named = CONFIGURATIONS.stream().map(root::resolve).flatMap(file -> socketIn(file).stream()).filter(path -> !isForAll(path));
        List<Path> candidates = Stream.concat(named, SOCKETS.stream().map(root::resolve)).toList();
        Optional<Path> there = candidates.stream().filter(Files::exists).findFirst();
        return there.or(() -> candidates.stream().filter(path -> CONFIGURATIONS.stream().map(root::resolve).anyMatch(file -> names(file, path)))
                .findFirst()).map(ClamdAddress::of);
    }

    /** The configuration that names this socket: at a usual place, or beside the socket; empty if none can be read. */
    Optional<List<String>> configuration(ClamdAddress address) {
        Optional<Path> socket = address.socket();
        Stream<Path> beside = socket.map(Path::getParent).map(folder -> folder.resolve("clamd.conf")).stream();
        return Stream.concat(beside, CONFIGURATIONS.stream().map(root::resolve))
                .filter(file -> socket.map(path -> names(file, path)).orElseGet(() -> namesTcp(file, address)))
                .flatMap(file -> read(file).stream()).findFirst();
    }

    private boolean names(Path configuration, Path socket) {
        return socketIn(configuration).filter(named -> isSame(named, socket)).isPresent();
    }

    private static boolean namesTcp(Path configuration, ClamdAddress address) {
        return read(configuration).map(ClamdLimits::options)
                .map(options -> address.text().endsWith(":" + options.getOrDefault("tcpsocket", "none"))).orElse(false);
    }

    private Optional<Path> socketIn(Path configuration) {
        Map<String, String> options = read(configuration).map(ClamdLimits::options).orElse(Map.of());
        try {
            return Optional.ofNullable(options.get("localsocket")).map(Path::of).filter(Path::isAbsolute).map(this::inRoot);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Path inRoot(Path absolute) {
        return absolute.startsWith(root) ? absolute : root.resolve(absolute.getRoot().relativize(absolute));
    }

    private boolean isForAll(Path socket) {
        return socket.startsWith(root.resolve("tmp")) || socket.startsWith(root.resolve("var/tmp"));
    }

    /** /var/run is a link to /run nearly everywhere. */
    private static boolean isSame(Path a, Path b) {
        try {
            return a.equals(b) || Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<List<String>> read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_CONFIGURATION
                    ? Optional.of(Files.readAllLines(file, StandardCharsets.ISO_8859_1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not ours to read: the conservative limits hold
        }
    }
}
