package org.sallyport.core.wire;

import java.nio.ByteBuffer;

/**
 * Gets the messages of one peer, in order, from a {@link FrameDecoder}. Lengths and shapes are checked; indexes and
 * meaning are not: the sink throws when a message makes no sense for its torrent.
 */
public interface MessageSink {
    /** Returned by {@link #pieceBegins} to let the block pass unread. */
    ByteBuffer DISCARD = ByteBuffer.allocate(0);

    void keepAlive();

    void choke() throws WireViolation;

    void unchoke() throws WireViolation;

    void interested() throws WireViolation;

    void notInterested() throws WireViolation;

    void have(int piece) throws WireViolation;

    /** @param bits as sent, spare bits unchecked; the sink may keep it */
    void bitfield(byte[] bits) throws WireViolation;

    void request(int piece, int begin, int length) throws WireViolation;

    void cancel(int piece, int begin, int length) throws WireViolation;

    /** BEP 6. */
    void haveAll() throws WireViolation;

    /** BEP 6. */
    void haveNone() throws WireViolation;

    /** BEP 6. */
    void reject(int piece, int begin, int length) throws WireViolation;

    /** BEP 6; advice only. */
    void allowedFast(int piece) throws WireViolation;

    /** BEP 6; advice only. */
    void suggest(int piece) throws WireViolation;

    /** BEP 5. @param port 0..65535, as sent */
    void dhtPort(int port) throws WireViolation;

    /** BEP 10. @param id 0 is the handshake @param payload the sink may keep it */
    void extended(int id, byte[] payload) throws WireViolation;

    /**
     * A block starts to arrive.
     * @param length 1..131072
     * @return where to put it, with exactly {@code length} remaining, or {@link #DISCARD}
     */
    ByteBuffer pieceBegins(int piece, int begin, int length) throws WireViolation;

    /** The block announced last has arrived whole. */
    void pieceEnds() throws WireViolation;
}
