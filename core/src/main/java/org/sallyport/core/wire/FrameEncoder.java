package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;

/** Writes messages (BEP 3, 6, 10) at the end of a buffer. Pure; checks nothing a caller of ours could get wrong twice. */
public final class FrameEncoder {
    /** Length of {@link #pieceHead}. */
    public static final int PIECE_HEAD = 13;

    /** Length prefix, id, piece and begin of a block message. */
    public static final int PIECE_HEAD_LENGTH = 13;

    private FrameEncoder() { }

    public static void keepAlive(ByteBuf out) {
        out.writeInt(0);
    }

    public static void choke(ByteBuf out) {
        plain(out, MessageId.CHOKE);
    }

    public static void unchoke(ByteBuf out) {
        plain(out, MessageId.UNCHOKE);
    }

    public static void interested(ByteBuf out) {
        plain(out, MessageId.INTERESTED);
    }

    public static void notInterested(ByteBuf out) {
        plain(out, MessageId.NOT_INTERESTED);
    }

    public static void haveAll(ByteBuf out) {
        plain(out, MessageId.HAVE_ALL);
    }

    public static void haveNone(ByteBuf out) {
        plain(out, MessageId.HAVE_NONE);
    }

    public static void have(ByteBuf out, int piece) {
        out.writeInt(5).writeByte(MessageId.HAVE).writeInt(piece);
    }

    public static void bitfield(ByteBuf out, byte[] bits) {
        out.writeInt(1 + bits.length).writeByte(MessageId.BITFIELD).writeBytes(bits);
    }

    public static void request(ByteBuf out, int piece, int begin, int length) {
        block(out, MessageId.REQUEST, piece, begin, length);
    }

    public static void cancel(ByteBuf out, int piece, int begin, int length) {
        block(out, MessageId.CANCEL, piece, begin, length);
    }

    public static void reject(ByteBuf out, int piece, int begin, int length) {
        block(out, MessageId.REJECT, piece, begin, length);
    }

    public static void allowedFast(ByteBuf out, int piece) {
        out.writeInt(5).writeByte(MessageId.ALLOWED_FAST).writeInt(piece);
    }

    /** All of a block message but its {@code length} payload bytes. */
    public static void pieceHead(ByteBuf out, int piece, int begin, int length) {
        out.writeInt(9 + length).writeByte(MessageId.PIECE).writeInt(piece).writeInt(begin);
    }

    /** BEP 5. */
    public static void dhtPort(ByteBuf out, int port) {
        out.writeInt(3).writeByte(MessageId.PORT).writeShort(port);
    }

    public static void extended(ByteBuf out, int id, byte[] payload) {
        out.writeInt(2 + payload.length).writeByte(MessageId.EXTENDED).writeByte(id).writeBytes(payload);
    }

    private static void plain(ByteBuf out, int id) {
        out.writeInt(1).writeByte(id);
    }

    private static void block(ByteBuf out, int id, int piece, int begin, int length) {
        out.writeInt(13).writeByte(id).writeInt(piece).writeInt(begin).writeInt(length);
    }
}
