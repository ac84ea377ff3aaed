package org.sallyport.core.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** Where a peer of a test is called: a port of its own, and a thread for each connection. */
final class PeerServer {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param host one of 127.0.0.0/8, so that bans can tell peers apart */
    PeerServer(String host) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName(host));
    }

    /** @param serve called with each connection on a thread for it */
    void accept(Consumer<Socket> serve) {
        run(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    run(() -> serve.accept(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    void run(Runnable talk) {
        threads.execute(talk);
    }

    InetAddress host() {
        return server.getInetAddress();
    }

    PeerAddress address() {
        return PeerAddress.of((InetSocketAddress) server.getLocalSocketAddress());
    }

    /** An id that no other peer of the test has. @param client its first eight characters (BEP 20) */
    Bytes peerId(String client) {
        return Bytes.copyOf(String.format("%s%12d", client, server.getLocalPort()).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param talks to be ended, too */
    void close(Collection<RawPeer> talks) throws IOException {
        server.close();
        for (RawPeer talk : talks) {
            talk.close();
        }
        threads.shutdownNow();
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
