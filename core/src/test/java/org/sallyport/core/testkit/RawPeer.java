package org.sallyport.core.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/**
 * A peer made of bytes: sends whatever a test wants on a real socket, right or wrong, and reads what comes back. Blocking, for
 * one thread; each read ends with {@link java.net.SocketTimeoutException} after {@link #READ_MILLIS}.
 */
public final class RawPeer implements AutoCloseable {
    public static final int HANDSHAKE_LENGTH = 68;
    /** Each read ends after so long without a byte. */
    public static final int READ_MILLIS = 10_000;
    /** BEP 10 in byte 5, BEP 6 in byte 7. */
    public static final long RESERVED = 0x10_0004L;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int NARROW_BYTES = 64 << 10;
    private static final int MAX_FRAME = 1 << 20;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** The same connection under a cover. */
    RawPeer(RawPeer under, InputStream in, OutputStream out) {
        this.socket = under.socket;
        this.in = new DataInputStream(in);
        this.out = out;
    }

    InputStream rawInput() {
        return in;
    }

    OutputStream rawOutput() {
        return out;
    }

    /** Reads end no more by themselves. */
    void waitForever() throws IOException {
        socket.setSoTimeout(0);
    }

    /** Connects and says nothing yet. */
    public static RawPeer connect(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.connect(to, CONNECT_MILLIS);
        return new RawPeer(socket);
    }

    /** The same with little room for what was not read yet. */
    public static RawPeer connectNarrow(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(NARROW_BYTES);
        socket.connect(to, CONNECT_MILLIS);
        return new RawPeer(socket);
    }

    /** The same from one of this machine's own addresses; on Linux all of 127.0.0.0/8 are. */
    public static RawPeer connect(InetAddress from, InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(to, CONNECT_MILLIS);
        return new RawPeer(socket);
    }

    /** Connects to a port of this machine and says nothing yet. */
    public static RawPeer connect(int port) throws IOException {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Connects and sends its handshake; the answer is there for {@link #readHandshake()}. */
    public static RawPeer dial(InetSocketAddress to, InfoHash hash, Bytes peerId) throws IOException {
        RawPeer peer = connect(to);
        peer.send(handshake(hash, peerId));
        return peer;
    }

    /** Waits for peers on a free port of the loopback address. */
    public static RawListener listen() throws IOException {
        return listen(InetAddress.getLoopbackAddress());
    }

    /** The same on another address of this machine. */
    public static RawListener listen(InetAddress host) throws IOException {
        return new RawListener(host);
    }

    /** Twenty bytes in the form that real clients use. */
    public static Bytes peerId(String twelve) {
        return Bytes.copyOf(("-RP0100-" + (twelve + "____________").substring(0, 12)).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The 68 bytes of BEP 3, with extensions and fast messages announced. */
    public static byte[] handshake(InfoHash hash, Bytes peerId) {
        return handshake(RESERVED, hash, peerId);
    }

    public static byte[] handshake(long reserved, InfoHash hash, Bytes peerId) {
        return ByteBuffer.allocate(HANDSHAKE_LENGTH).put((byte) 19).put("BitTorrent protocol".getBytes(StandardCharsets.ISO_8859_1))
                .putLong(reserved).put(hash.bytes()).put(peerId.toArray()).array();
    }

    /** Whether these bytes begin like a handshake of the plain protocol. */
    public static boolean isPlain(byte[] bytes) {
        return Arrays.mismatch(bytes, handshake(new InfoHash("0".repeat(40)), peerId(""))) >= 20;
    }

    /** A message as it travels: length, id, payload. */
    public static byte[] frame(int id, byte... payload) {
        return ByteBuffer.allocate(5 + payload.length).putInt(1 + payload.length).put((byte) id).put(payload).array();
    }

    /** A message whose payload is numbers, such as a request (6) or a have (4). */
    public static byte[] frame(int id, int first, int... more) {
        ByteBuffer payload = ByteBuffer.allocate(4 + 4 * more.length).putInt(first);
        for (int number : more) {
            payload.putInt(number);
        }
        return frame(id, payload.array());
    }

    /** Message 7. */
    public static byte[] block(int piece, int begin, byte[] data) {
        return frame(7, ByteBuffer.allocate(8 + data.length).putInt(piece).putInt(begin).put(data).array());
    }

    /** Sends the parts in one write. */
    public void send(byte[]... parts) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        out.write(whole.toByteArray());
        out.flush();
    }

    /** The same, for what ends the connection: that may happen before all of it is sent. */
    public void offend(byte[]... parts) {
        try {
            send(parts);
        } catch (IOException cutOff) {
            // expected; whoever reads on learns that it is closed
        }
    }

    /** Sends each byte in a packet of its own, as far as the network keeps them apart. */
    public void drip(byte[] bytes) throws IOException {
        for (byte b : bytes) {
            out.write(b);
            out.flush();
        }
    }

    /** @throws EOFException if the other side closed first */
    public byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** The 68 bytes the other side greets with. */
    public byte[] readHandshake() throws IOException {
        return read(HANDSHAKE_LENGTH);
    }

    /** The next message; keep-alives are passed over. */
    public Frame readFrame() throws IOException {
        int length = 0;
        while (length == 0) {
            length = in.readInt();
        }
        if (length < 0 || length > MAX_FRAME) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] bytes = read(length);
        return new Frame(bytes[0] & 0xff, Bytes.copyOf(Arrays.copyOfRange(bytes, 1, length)));
    }

    /** The next message with this id; others, keep-alives included, are passed over. */
    public Frame readFrame(int id) throws IOException {
        Frame frame = readFrame();
        while (frame.id() != id) {
            frame = readFrame();
        }
        return frame;
    }

    /** Reads until the other side closes, in order or by a reset. @return how many bytes came before */
    public long drainToEnd() throws IOException {
        long count = 0;
        byte[] buffer = new byte[64 << 10];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count += n;
            }
        } catch (SocketException reset) {
            // bytes of ours that the other side never read make the kernel answer with a reset
            return count;
        }
        return count;
    }

    /** Sends no more; still reads. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Makes {@link #close()} a reset, as from a process that was killed with data unread. */
    public void resetOnClose() throws IOException {
        socket.setSoLinger(true, 0);
    }

    /** Where this end is. */
    public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** @param id 0..255 @param payload without length and id */
    public record Frame(int id, Bytes payload) {
        /** The number at {@code 4 * index} of the payload. */
        public int number(int index) {
            return ByteBuffer.wrap(payload.toArray()).getInt(4 * index);
        }
    }
}
