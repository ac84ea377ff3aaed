package org.sallyport.core.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.NetworkWay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name servers of this computer that can be asked through one interface. */
final class NameServers {
    private static final Logger LOG = LoggerFactory.getLogger(NameServers.class);
    private static final int MAX_FILE_BYTES = 64 << 10;
    /** As many as the system's resolver takes (resolv.conf(5)). */
    private static final int MAX_SERVERS = 3;
    private static final int PORT = 53;

    private final List<Path> files;

    /** @param files in the form of resolv.conf(5); the first that names a usable server is used */
    NameServers(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** The system's, and those that stand behind systemd-resolved, which is a server on this computer itself. */
    static NameServers ofSystem() {
        return new NameServers(List.of(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf")));
    }

    /**
     * At most three. Never one on this computer itself, unless that is the interface: it would ask on by whatever network it likes.
     */
    List<InetAddress> usable(NetworkWay way) {
        for (Path file : files) {
            List<InetAddress> servers = lines(file).map(NameServers::server).flatMap(Optional::stream)
                    .filter(server -> way.refusal(server).isEmpty() && way.isLoopback() == server.isLoopbackAddress()).limit(MAX_SERVERS).toList();
            if (!servers.isEmpty()) {
                return servers;
            }
        }
        return List.of();
    }

    private static Stream<String> lines(Path file) {
        if (!Files.isReadable(file)) {
            return Stream.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.ISO_8859_1).lines();
        } catch (IOException e) {
            LOG.debug("reading {}", file, e);
            return Stream.empty();
        }
    }

    private static Optional<InetAddress> server(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length < 2 || !words[0].equals("nameserver")) {
            return Optional.empty();
        }
        try {
            // never a look-up: it reads addresses and nothing else
            return Optional.of(PeerAddress.parse((words[1].indexOf(':') < 0 ? words[1] : "[" + words[1] + "]") + ":" + PORT).host());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
