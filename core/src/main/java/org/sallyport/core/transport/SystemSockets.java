package org.sallyport.core.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
 * The sockets of this process from the kernel's own tables (proc(5)), not from what we believe to have opened: descriptors of
 * {@code /proc/self/fd} matched by inode with {@code /proc/self/net}.
 */
public final class SystemSockets {
    private static final List<String> INET_TABLES = List.of("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6");
    private static final String SOCKET = "socket:[";
    private static final int INET_INODE = 9;
    private static final int UNIX_INODE = 6;
    private static final int PACKET_INODE = 8;

    private final Path proc;

    SystemSockets(Path proc) {
        this.proc = proc;
    }

    public static SystemSockets ofThisProcess() {
        return new SystemSockets(Path.of("/proc/self"));
    }

    /** False where the system has no such tables. */
    public boolean isAvailable() {
        return Files.isDirectory(proc.resolve("fd")) && Files.exists(proc.resolve("net/tcp"));
    }

    /** Every socket, each once. Blocks for a few milliseconds. */
    public List<SystemSocket> read() throws IOException {
        Set<String> left = ownInodes();
        List<SystemSocket> found = new ArrayList<>();
        for (String protocol : INET_TABLES) {
            for (String line : table(protocol)) {
                inet(protocol, line, left).ifPresent(found::add);
            }
        }
        table("unix").forEach(line -> local("unix", line, UNIX_INODE, left).ifPresent(found::add));
        table("packet").forEach(line -> local("packet", line, PACKET_INODE, left).ifPresent(found::add));
        left.forEach(inode -> found.add(new SystemSocket("other", "", 0, "", inode)));
        return found;
    }

    private List<String> table(String protocol) throws IOException {
        Path table = proc.resolve("net").resolve(protocol);
        // the path of a Unix socket is any bytes: Latin-1 takes them all
        return Files.exists(table) ? Files.readAllLines(table, StandardCharsets.ISO_8859_1) : List.of();
    }

    private Set<String> ownInodes() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("fd"))) {
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
    private static Optional<SystemSocket> inet(String protocol, String line, Set<String> left) throws IOException {
        String[] fields = line.strip().split("\\s+");
        if (fields.length <= INET_INODE || !left.remove(fields[INET_INODE])) {
            return Optional.empty();
        }
        int colon = fields[1].indexOf(':');
        return Optional.of(new SystemSocket(protocol, address(fields[1].substring(0, colon)),
                Integer.parseInt(fields[1].substring(colon + 1), 16), fields[3], fields[INET_INODE]));
    }

    private static Optional<SystemSocket> local(String protocol, String line, int column, Set<String> left) {
        String[] fields = line.strip().split("\\s+", column + 2);
        if (fields.length <= column || !left.remove(fields[column])) {
            return Optional.empty();
        }
        String rest = fields.length > column + 1 ? fields[column + 1] : "";
        return Optional.of(new SystemSocket(protocol, rest, 0, "", fields[column]));
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
