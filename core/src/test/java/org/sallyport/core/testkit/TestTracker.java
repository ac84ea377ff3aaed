package org.sallyport.core.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/**
 * A real HTTP tracker on loopback: announce (compact, peers6, dictionaries), scrape, and hostile answers on demand. Raw
 * sockets, because a decent HTTP server would not let us misbehave. Thread-safe; close it.
 */
public final class TestTracker implements AutoCloseable {
    private final ServerSocket server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestSwarms swarms = new TestSwarms();
    private final List<TrackerRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> fixed = new ConcurrentHashMap<>();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private volatile boolean deaf;

    private TestTracker(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        threads.execute(this::accept);
    }

    /** A tracker on 127.0.0.1 and a free port. */
    public static TestTracker start() {
        return start(InetAddress.getLoopbackAddress());
    }

    public static TestTracker start(InetAddress address) {
        try {
            return new TestTracker(new ServerSocket(0, 50, address), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same over TLS with the certificate of {@code tls}. */
    public static TestTracker startTls(SSLContext tls) {
        try {
            return new TestTracker(tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:PORT/announce}. */
    public String announceUrl() {
        return url("/announce");
    }

    /** A URL that answers every announce and scrape with {@code mischief}. */
    public String hostileUrl(Mischief mischief) {
        return url("/" + mischief.name().toLowerCase(Locale.ROOT) + "/announce");
    }

    /** A URL that redirects to {@code location}. */
    public String redirectUrl(String location) {
        return url("/to/" + Base64.getUrlEncoder().withoutPadding().encodeToString(location.getBytes(StandardCharsets.UTF_8)) + "/announce");
    }

    /** A URL that redirects {@code times} times and then is the tracker. */
    public String redirectUrl(int times) {
        String location = announceUrl();
        for (int i = 0; i < times; i++) {
            location = redirectUrl(location);
        }
        return location;
    }

    /** A URL that answers with status 200 and exactly this body. */
    public String answeringUrl(byte[] body) {
        return answeringUrl(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n"), body);
    }

    /** A URL that answers with exactly these bytes. */
    public String answeringUrl(String head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        String name = "/fixed-" + fixed.size();
        fixed.put(name, all.toByteArray());
        return url(name + "/announce");
    }

    private String url(String path) {
        String host = server.getInetAddress().getHostAddress();
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + path;
    }

    /** Who is in which swarm, and what this tracker says besides. */
    public TestSwarms swarms() {
        return swarms;
    }

    /** Puts a peer into a swarm as if it had announced itself. */
    public void addPeer(InfoHash hash, PeerAddress peer) {
        swarms.add(hash, peer, false);
    }

    /** From now on connections are closed without an answer, as by a dead tracker; or no more so. */
    public void deaf(boolean value) {
        deaf = value;
    }

    /** Everything asked so far, oldest first. */
    public List<TrackerRequest> requests() {
        return List.copyOf(requests);
    }

    /** Requests for announce, without scrapes and redirects. */
    public List<TrackerRequest> announces() {
        return requests.stream().filter(r -> r.path().equals("/announce")).toList();
    }

    /** The events of all announces, in order; empty text for a regular one. */
    public List<String> events() {
        return announces().stream().map(r -> r.text("event")).toList();
    }

    /** Body and header bytes written so far. */
    public long bytesSent() {
        return bytesSent.get();
    }

    public long connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (deaf) {
                return;
            }
            TrackerRequest request = TrackerRequest.read(socket);
            requests.add(request);
            answer(request, counted(socket.getOutputStream()));
        } catch (IOException e) {
            // the client hung up, which is what the hostile modes are for
        }
    }

    private void answer(TrackerRequest request, OutputStream out) throws IOException {
        String path = request.path();
        String folder = path.substring(0, path.lastIndexOf('/'));
        if (path.equals("/announce")) {
            ok(out, swarms.announce(request));
        } else if (path.equals("/scrape")) {
            ok(out, swarms.scrape(request));
        } else if (fixed.containsKey(folder)) {
            out.write(fixed.get(folder));
        } else if (folder.startsWith("/to/")) {
            String location = new String(Base64.getUrlDecoder().decode(folder.substring(4)), StandardCharsets.UTF_8);
            String query = location.contains("/announce") && !location.contains("?") ? "?" + request.query() : "";
            write(out, "HTTP/1.1 302 Found\r\nLocation: " + location + query + "\r\nContent-Length: 0\r\n\r\n");
        } else {
            mischief(folder).commit(out, url(path));
        }
    }

    private static Mischief mischief(String folder) throws IOException {
        try {
            return Mischief.valueOf(folder.substring(1).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new IOException("nothing at " + folder, e);
        }
    }

    private static void ok(OutputStream out, byte[] body) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length + "\r\n\r\n");
        out.write(body);
        out.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private OutputStream counted(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
                bytesSent.incrementAndGet();
            }

            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                out.write(b, off, len);
                bytesSent.addAndGet(len);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
