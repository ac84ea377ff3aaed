package org.sallyport.app.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A socket of this process that strangers can send to: listening TCP, and any UDP that is not connected. From the kernel's own
 * tables (proc(5), {@code /proc/net/tcp}), not from what we believe to have opened.
 *
 * @param protocol {@code tcp}, {@code tcp6}, {@code udp}, {@code udp6}
 */
record ListeningSocket(String protocol, String address, int port) {
    private static final Path PROC = Path.of("/proc/self");
    private static final String TCP_LISTEN = "0A";
    private static final String UDP_UNCONNECTED = "07";
    private static final String SOCKET = "socket:[";

    /** @return empty where there is no {@code /proc} */
    static List<ListeningSocket> ofThisProcess() throws IOException {
        List<ListeningSocket> found = new ArrayList<>();
        if (!Files.isDirectory(PROC.resolve("fd"))) {
            return found;
        }
        Set<String> ours = ownInodes();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path table = PROC.resolve("net").resolve(protocol);
            if (Files.exists(table)) {
                for (String line : Files.readAllLines(table)) {
                    parse(protocol, line, ours).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static Set<String> ownInodes() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith(SOCKET)) {
                    inodes.add(target.substring(SOCKET.length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            // closed while we looked
            return "";
        }
    }

    /** One row: {@code sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode …}; heading and foreign rows give empty. */
    static Optional<ListeningSocket> parse(String protocol, String line, Set<String> inodes) throws IOException {
        String[] fields = line.strip().split("\\s+");
        if (fields.length < 10 || !inodes.contains(fields[9])) {
            return Optional.empty();
        }
        if (!fields[3].equals(protocol.startsWith("tcp") ? TCP_LISTEN : UDP_UNCONNECTED)) {
            return Optional.empty();
        }
        int colon = fields[1].indexOf(':');
        return Optional.of(new ListeningSocket(protocol, address(fields[1].substring(0, colon)), Integer.parseInt(fields[1].substring(colon + 1), 16)));
    }

    /** The kernel prints each 32-bit word of the address in the machine's byte order. */
    private static String address(String hex) throws IOException {
        byte[] raw = HexFormat.of().parseHex(hex);
        ByteBuffer words = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
        ByteBuffer address = ByteBuffer.allocate(raw.length);
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        InetAddress parsed = InetAddress.getByAddress(address.array());
        return parsed.isAnyLocalAddress() && raw.length > 4 ? "::" : parsed.getHostAddress();
    }
}
