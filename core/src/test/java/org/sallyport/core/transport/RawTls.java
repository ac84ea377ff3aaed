package org.sallyport.core.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.sallyport.core.testkit.RawPeer;

/** TLS made record by record over a {@link RawPeer}, so that a test decides what travels when. Blocking, for one thread. */
final class RawTls {
    private static final int RECORD_HEAD = 5;

    private final RawPeer peer;
    private final SSLEngine engine;
    private final ByteBuffer plain = ByteBuffer.allocate(1 << 20).flip();

    RawTls(RawPeer peer, SSLEngine engine) {
        this.peer = peer;
        this.engine = engine;
    }

    /** The first bytes of a connection with this engine. */
    static byte[] hello(SSLEngine engine) throws SSLException {
        engine.beginHandshake();
        return wrap(engine, new byte[0]);
    }

    /** @throws IOException also when the other side refuses */
    RawTls handshake() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
            engine.beginHandshake();
        }
        return goOn();
    }

    /** The rest of a handshake whose first bytes were sent already. */
    RawTls goOn() throws IOException {
        for (HandshakeStatus status = engine.getHandshakeStatus(); status != HandshakeStatus.NOT_HANDSHAKING; status = engine.getHandshakeStatus()) {
            switch (status) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> peer.send(wrap(engine, new byte[0]));
                default -> readRecord();
            }
        }
        return this;
    }

    void send(byte[] content) throws IOException {
        peer.send(sealed(content));
    }

    /** The records that carry it, for the test to send. */
    byte[] sealed(byte[] content) throws SSLException {
        return wrap(engine, content);
    }

    /** Changes the key that we send with, and asks the other side to change its own. */
    void updateKey() throws IOException {
        engine.beginHandshake();
        peer.send(wrap(engine, new byte[0]));
    }

    /** Tells the other side that no more will come. */
    void sayEnd() throws IOException {
        engine.closeOutbound();
        peer.send(wrap(engine, new byte[0]));
    }

    byte[] read(int length) throws IOException {
        while (plain.remaining() < length) {
            readRecord();
        }
        byte[] bytes = new byte[length];
        plain.get(bytes);
        return bytes;
    }

    /** Reads records until the other side ends the connection. @throws SSLException if it says so with an alert */
    void readToEnd() throws IOException {
        while (!engine.isInboundDone()) {
            readRecord();
        }
    }

    private void readRecord() throws IOException {
        byte[] head = peer.read(RECORD_HEAD);
        int length = ByteBuffer.wrap(head).getShort(3) & 0xffff;
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEAD + length).put(head).put(peer.read(length)).flip();
        plain.compact();
        engine.unwrap(record, plain);
        plain.flip();
    }

    private static byte[] wrap(SSLEngine engine, byte[] content) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(content.length + (64 << 10));
        ByteBuffer in = ByteBuffer.wrap(content);
        do {
            engine.wrap(in, out);
        } while (in.hasRemaining());
        byte[] records = new byte[out.flip().remaining()];
        out.get(records);
        return records;
    }
}
