package org.sallyport.app.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP tracker (BEP 3, compact answers of BEP 23) on the loopback address, for the sample's own process. It serves whatever
 * info-hash asks, remembers at most 50 peers, and forgets them with the process.
 */
final class EmbeddedTracker implements AutoCloseable {
    private static final int MAX_PEERS = 50;
    private static final int MAX_QUERY = 2048;
    private static final int COMPACT_BYTES = 6;
    private static final int INTERVAL_SECONDS = 60;

    private final HttpServer server;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    /** By info-hash as sent and port; on the worker thread only. The value tells whether the peer has everything. */
    private final Map<Peer, Boolean> peers = new LinkedHashMap<>();

    private record Peer(String infoHash, int port) { }

    private EmbeddedTracker(HttpServer server) {
        this.server = server;
    }

    static EmbeddedTracker start() throws IOException {
        EmbeddedTracker tracker = new EmbeddedTracker(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        tracker.server.createContext("/announce", tracker::answer);
        tracker.server.setExecutor(tracker.worker);
        tracker.server.start();
        return tracker;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/announce";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = announce(exchange.getRequestURI().getRawQuery());
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            // one question per connection, as trackers do; it also spares the delayed acknowledgement of a kept one
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] announce(String query) {
        if (query == null || query.length() > MAX_QUERY) {
            return failure("the query is missing or too long");
        }
        Map<String, String> fields = fields(query);
        int port = port(fields.getOrDefault("port", ""));
        String infoHash = fields.getOrDefault("info_hash", "");
        if (port == 0 || infoHash.isEmpty()) {
            return failure("info_hash or port is missing");
        }
        Peer caller = new Peer(infoHash, port);
        if (fields.getOrDefault("event", "").equals("stopped")) {
            peers.remove(caller);
        } else if (peers.containsKey(caller) || peers.size() < MAX_PEERS) {
            peers.put(caller, fields.getOrDefault("left", "").equals("0"));
        }
        return peerList(caller);
    }

    /** Values stay percent-encoded: an info-hash is only compared, and one client always writes it the same way. */
    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return fields;
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port <= 65535 ? port : 0;
    }

    private byte[] peerList(Peer caller) {
        ByteArrayOutputStream compact = new ByteArrayOutputStream();
        int complete = 0;
        int incomplete = 0;
        for (Map.Entry<Peer, Boolean> peer : peers.entrySet()) {
            if (!peer.getKey().infoHash().equals(caller.infoHash())) {
                continue;
            }
            if (peer.getValue()) {
                complete++;
            } else {
                incomplete++;
            }
            if (!peer.getKey().equals(caller)) {
                compact.writeBytes(ByteBuffer.allocate(COMPACT_BYTES).put(new byte[] {127, 0, 0, 1}).putShort((short) peer.getKey().port()).array());
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(ascii("d8:completei" + complete + "e10:incompletei" + incomplete + "e8:intervali" + INTERVAL_SECONDS + "e5:peers"
                + compact.size() + ":"));
        body.writeBytes(compact.toByteArray());
        body.writeBytes(ascii("e"));
        return body.toByteArray();
    }

    private static byte[] failure(String reason) {
        return ascii("d14:failure reason" + reason.length() + ":" + reason + "e");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        server.stop(0);
        worker.shutdownNow();
    }
}
