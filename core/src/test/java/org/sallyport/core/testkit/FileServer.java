package org.sallyport.core.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on loopback that gives the files below a folder, well or badly. Close it. */
public final class FileServer implements AutoCloseable {
    private static final int PIECE = 65_536;

    private final HttpServer server;
    private final Path root;
    private final Manner manner;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();

    public enum Manner {
        GOOD,
        /** Pieces of 64 KiB of the one file by their number (BEP 17). */
        PIECES,
        /** Always the whole file. */
        NO_RANGES,
        /** Every byte wrong. */
        WRONG_BYTES,
        /** The part before the one that was asked for. */
        OTHER_PART,
        /** Says the file is long and stops in the middle. */
        CUT_OFF,
        COMPRESSED,
        MISSING,
        /** Busy the first time, for a second. */
        BUSY_FIRST,
        /** Sends on for ever. */
        LOOP,
        /** Sends on to another kind of address. */
        TO_FILE,
        /** Sends on to itself once, under another path. */
        MOVED
    }

    private FileServer(HttpServer server, Path root, Manner manner) {
        this.server = server;
        this.root = root;
        this.manner = manner;
    }

    public static FileServer start(Path root, Manner manner) {
        try {
            FileServer files = new FileServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50), root, manner);
            files.server.createContext("/", files::answer);
            files.server.setExecutor(files.threads);
            files.server.start();
            return files;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** With a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Path and range of each question, in order. */
    public List<String> asked() {
        return asked;
    }

    /** Connections on which something was asked. */
    public int connections() {
        return callers.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(exchange.getRequestURI().getRawPath() + " " + range);
            callers.add(exchange.getRemoteAddress());
            switch (manner) {
                case PIECES -> givePiece(exchange);
                case MISSING -> exchange.sendResponseHeaders(404, -1);
                case LOOP -> sendOn(exchange, exchange.getRequestURI().getRawPath());
                case TO_FILE -> sendOn(exchange, "file:///etc/passwd");
                case BUSY_FIRST -> {
                    if (asked.size() == 1) {
                        exchange.getResponseHeaders().add("Retry-After", "1");
                        exchange.sendResponseHeaders(503, -1);
                    } else {
                        give(exchange, range);
                    }
                }
                case MOVED -> {
                    String path = exchange.getRequestURI().getRawPath();
                    if (path.startsWith("/moved/")) {
                        give(exchange, range);
                    } else {
                        sendOn(exchange, "/moved" + path);
                    }
                }
                default -> give(exchange, range);
            }
        }
    }

    private static void sendOn(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().add("Location", where);
        exchange.sendResponseHeaders(302, -1);
    }

    private void givePiece(HttpExchange exchange) throws IOException {
        byte[] file = Files.readAllBytes(root.resolve(exchange.getRequestURI().getPath().substring(1)));
        int from = Integer.parseInt(exchange.getRequestURI().getRawQuery().replaceFirst(".*&piece=(\\d+).*", "$1")) * PIECE;
        byte[] piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + PIECE));
        exchange.sendResponseHeaders(200, piece.length);
        exchange.getResponseBody().write(piece);
    }

    private void give(HttpExchange exchange, String range) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/moved", "").substring(1);
        byte[] file = Files.readAllBytes(root.resolve(path));
        int from = 0;
        int to = file.length;
        if (range != null && manner != Manner.NO_RANGES) {
            String[] ends = range.substring("bytes=".length()).split("-");
            from = Integer.parseInt(ends[0]);
            to = Integer.parseInt(ends[1]) + 1;
        }
        byte[] part = Arrays.copyOfRange(file, from, to);
        if (manner == Manner.WRONG_BYTES) {
            for (int i = 0; i < part.length; i++) {
                part[i] ^= 1;
            }
        }
        if (manner == Manner.COMPRESSED) {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        }
        if (range != null && manner != Manner.NO_RANGES) {
            int told = manner == Manner.OTHER_PART ? from + 1 : from;
            exchange.getResponseHeaders().add("Content-Range", "bytes " + told + "-" + (to - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(range == null || manner == Manner.NO_RANGES ? 200 : 206, part.length);
        exchange.getResponseBody().write(part, 0, manner == Manner.CUT_OFF ? part.length / 2 : part.length);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
