package org.sallyport.core.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.MetadataMessage;
import org.sallyport.core.wire.WireViolation;

/** A peer that says it has the list of files of a torrent, and lets a script decide what it sends when it is asked. Blocking sockets; close it. */
public final class MetadataPeers implements AutoCloseable {
    private static final int EXTENDED = 20;
    private static final long OUR_ID = 5;

    private final InfoHash hash;
    private final Map<String, Object> introduction;
    private final Script script;
    private final PeerServer server;
    private final List<RawPeer> talks = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    /** Decides what happens when a piece is asked for; on the connection's thread. */
    public interface Script {
        void asked(Talk talk, int piece) throws IOException;
    }

    private MetadataPeers(InfoHash hash, String host, Map<String, Object> introduction, Script script) throws IOException {
        this.hash = hash;
        this.introduction = introduction;
        this.script = script;
        server = new PeerServer(host);
        server.accept(this::serve);
    }

    /** @param host one of 127.0.0.0/8, so that bans can tell peers apart @param size what it says the list has */
    public static MetadataPeers at(String host, InfoHash hash, long size, Script script) throws IOException {
        return new MetadataPeers(hash, host, Map.of("m", Map.of(MetadataMessage.EXTENSION, OUR_ID), "metadata_size", size), script);
    }

    public PeerAddress address() {
        return server.address();
    }

    /** Requests so far. */
    public int asked() {
        return asked.get();
    }

    /** Connections that came as far as a handshake. */
    public int connections() {
        return connections.get();
    }

    private void serve(Socket socket) {
        try (RawPeer peer = new RawPeer(socket)) {
            peer.waitForever();
            if (!RawPeer.isPlain(peer.readHandshake())) {
                return; // it knows the plain protocol only
            }
            talks.add(peer);
            connections.incrementAndGet();
            peer.send(RawPeer.handshake(hash, server.peerId("-XM0100-")), frame(0, Bencode.encode(introduction)));
            Talk talk = new Talk(peer);
            while (true) {
                talk.hear(peer.readFrame());
            }
        } catch (IOException e) {
            // the other side hung up, or the test is over
        }
    }

    private static byte[] frame(int id, byte[] payload) {
        byte[] whole = new byte[1 + payload.length];
        whole[0] = (byte) id;
        System.arraycopy(payload, 0, whole, 1, payload.length);
        return RawPeer.frame(EXTENDED, whole);
    }

    /** One connection. */
    public final class Talk {
        private final RawPeer peer;
        private int theirId;

        private Talk(RawPeer peer) {
            this.peer = peer;
        }

        private void hear(RawPeer.Frame frame) throws IOException {
            byte[] whole = frame.payload().toArray();
            if (frame.id() != EXTENDED) {
                return;
            }
            byte[] payload = Arrays.copyOfRange(whole, 1, whole.length);
            try {
                if (whole[0] == 0) {
                    theirId = ExtendedHandshake.decode(payload).extensions().getOrDefault(MetadataMessage.EXTENSION, 0);
                } else if (whole[0] == OUR_ID) {
                    int piece = MetadataMessage.decode(payload).orElseThrow().piece();
                    asked.incrementAndGet();
                    script.asked(this, piece);
                }
            } catch (WireViolation e) {
                throw new IOException(e);
            }
        }

        /** Sends a piece of these bytes as the list of files. */
        public void give(byte[] info, int piece) throws IOException {
            int from = piece * MetadataMessage.PIECE;
            say(MetadataMessage.data(piece, info.length,
                    Arrays.copyOfRange(info, from, from + MetadataMessage.pieceBytes(info.length, piece))).encode());
        }

        public void reject(int piece) throws IOException {
            say(MetadataMessage.reject(piece).encode());
        }

        /** Sends a message of the extension as it is. */
        public void say(byte[] message) throws IOException {
            peer.send(frame(theirId, message));
        }
    }

    @Override
    public void close() throws IOException {
        server.close(talks);
    }
}
