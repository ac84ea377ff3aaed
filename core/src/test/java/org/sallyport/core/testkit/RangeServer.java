package org.sallyport.core.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on loopback that has one endless file, every byte of it {@code x}, and counts its connections. Close it. */
public final class RangeServer implements AutoCloseable {
    private final ServerSocket listener;
    private final int answersPerConnection;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    private RangeServer(ServerSocket listener, int answersPerConnection) {
        this.listener = listener;
        this.answersPerConnection = answersPerConnection;
    }

    /** @param answersPerConnection after so many it hangs up, and does not say so before */
    public static RangeServer start(int answersPerConnection) throws IOException {
        RangeServer server = new RangeServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answersPerConnection);
        server.threads.execute(server::accept);
        return server;
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/file";
    }

    /** Connections since its start. */
    public int accepted() {
        return accepted.get();
    }

    /** Connections that are open now. */
    public int open() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            for (int answer = 0; answer < answersPerConnection; answer++) {
                String range = "";
                String line = in.readLine();
                for (; line != null && !line.isEmpty(); line = in.readLine()) {
                    range = line.toLowerCase().startsWith("range: bytes=") ? line.substring("range: bytes=".length()) : range;
                }
                if (line == null) {
                    return;
                }
                String[] ends = range.split("-");
                int length = Integer.parseInt(ends[1]) + 1 - Integer.parseInt(ends[0]);
                out.write(("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + range + "/1000000\r\nContent-Length: " + length
                        + "\r\n\r\n" + "x".repeat(length)).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException gone) {
            // the client hung up
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
