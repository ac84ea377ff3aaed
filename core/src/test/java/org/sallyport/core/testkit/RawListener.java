package org.sallyport.core.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Waits for peers on a free port of one address, and takes them one by one. */
public final class RawListener implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ServerSocket socket;

    RawListener(InetAddress host) throws IOException {
        socket = new ServerSocket(0, BACKLOG, host);
        socket.setSoTimeout(RawPeer.READ_MILLIS);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    /** @throws java.net.SocketTimeoutException if nobody dials within {@link RawPeer#READ_MILLIS} */
    public RawPeer accept() throws IOException {
        return new RawPeer(socket.accept());
    }

    /** Whether anybody has dialled that was not taken yet; does not wait. */
    public boolean hasCaller() throws IOException {
        socket.setSoTimeout(1);
        try (Socket caller = socket.accept()) {
            return true;
        } catch (SocketTimeoutException nobody) {
            return false;
        } finally {
            socket.setSoTimeout(RawPeer.READ_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
