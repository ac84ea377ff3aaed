package org.sallyport.ui.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.sallyport.core.model.PeerAddress;

/** An HTTP tracker (BEP 3, compact answers of BEP 23) that knows one seed, whatever it is asked for. */
public final class LoopbackTracker implements AutoCloseable {
    private final HttpServer server;

    public LoopbackTracker(PeerAddress seed) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes("d8:completei3e10:incompletei2e8:intervali1800e5:peers6:".getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(ByteBuffer.allocate(6).put(seed.host().getAddress()).putShort((short) seed.port()).array());
        answer.write('e');
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/announce", exchange -> {
            exchange.sendResponseHeaders(200, answer.size());
            exchange.getResponseBody().write(answer.toByteArray());
            exchange.close();
        });
        server.start();
    }

    public String announceUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/announce";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
