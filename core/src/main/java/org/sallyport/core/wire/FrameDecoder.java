package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sallyport.core.metainfo.BencodeLimits;

/**
 * Cuts one peer's byte stream into messages (BEP 3, 6, 10), however it is split. A block's payload goes straight to
 * where the sink wants it: one copy, no gathering. Not thread-safe; one per connection.
 */
public final class FrameDecoder {
    /** Larger blocks are never asked for; 128 KiB is what old clients used at most. */
    public static final int MAX_BLOCK = 128 << 10;
    /** BEP 10 payload: a metadata piece of 16 KiB and its dictionary fit many times. */
    static final int MAX_EXTENDED = 256 << 10;
    /** Unknown messages are passed over up to this length. */
    static final int MAX_UNKNOWN = 128 << 10;
    /** Piece count of a torrent of which only the hash is known: bitfields of any sensible length are passed over. */
    public static final int UNKNOWN_PIECES = -1;
    /** A bit for each hash that fits into a torrent file. */
    private static final int MAX_BITFIELD = BencodeLimits.TORRENT.bytes() / 20 / 8 + 1;
    private static final int PIECE_HEAD = 9;

    private final MessageSink sink;
    private final boolean knowsPieces;
    private final int bitfieldBytes;

    private enum Step { LENGTH, ID, PIECE_HEAD, PIECE_DATA, BODY, SKIP }

    private Step step = Step.LENGTH;
    private final byte[] head = new byte[8];
    private int headFill;
    private int id;
    /** Bytes of this frame not yet consumed, id excluded once it is known. */
    private int left;
    private ByteBuffer target = MessageSink.DISCARD;
    private byte[] body = new byte[0];
    private int bodyFill;

    /** @param pieceCount of the torrent, or {@link #UNKNOWN_PIECES}: bounds the bitfield message */
    public FrameDecoder(MessageSink sink, int pieceCount) {
        this.sink = sink;
        this.knowsPieces = pieceCount != UNKNOWN_PIECES;
        this.bitfieldBytes = knowsPieces ? (pieceCount + 7) / 8 : MAX_BITFIELD;
    }

    /** Consumes all readable bytes of {@code in}. After a violation the stream is dead: do not call again. */
    public void feed(ByteBuf in) throws WireViolation {
        while (in.isReadable()) {
            switch (step) {
                case LENGTH -> readLength(in);
                case ID -> readId(in);
                case PIECE_HEAD -> readPieceHead(in);
                case PIECE_DATA -> readPieceData(in);
                case BODY -> readBody(in);
                case SKIP -> skip(in);
            }
        }
    }

    private boolean fillHead(ByteBuf in, int wanted) {
        int n = Math.min(wanted - headFill, in.readableBytes());
        in.readBytes(head, headFill, n);
        headFill += n;
        if (headFill < wanted) {
            return false;
        }
        headFill = 0;
        return true;
    }

    private void readLength(ByteBuf in) throws WireViolation {
        if (headFill == 0 && in.readableBytes() >= 4) {
            left = in.readInt();
        } else if (fillHead(in, 4)) {
            left = intAt(head, 0);
        } else {
            return;
        }
        if (left == 0) {
            sink.keepAlive();
        } else if (left < 0 || left > 1 + Math.max(MAX_EXTENDED + 1, Math.max(bitfieldBytes, MAX_BLOCK + PIECE_HEAD))) {
            throw new WireViolation("wire.frame-length", "sent a message of " + Integer.toUnsignedString(left) + " bytes");
        } else {
            step = Step.ID;
        }
    }

    private void readId(ByteBuf in) throws WireViolation {
        id = in.readUnsignedByte();
        left--;
        checkLength();
        if (id == MessageId.PIECE) {
            step = Step.PIECE_HEAD;
        } else if (!MessageId.isKnown(id) || id == MessageId.BITFIELD && !knowsPieces) {
            step = left == 0 ? Step.LENGTH : Step.SKIP;
        } else if (left == 0) {
            step = Step.LENGTH;
            deliver(in, 0);
        } else {
            step = Step.BODY;
        }
    }

    private void checkLength() throws WireViolation {
        boolean fits = switch (id) {
            case MessageId.CHOKE, MessageId.UNCHOKE, MessageId.INTERESTED, MessageId.NOT_INTERESTED,
                    MessageId.HAVE_ALL, MessageId.HAVE_NONE -> left == 0;
            case MessageId.HAVE, MessageId.ALLOWED_FAST, MessageId.SUGGEST -> left == 4;
            case MessageId.REQUEST, MessageId.CANCEL, MessageId.REJECT -> left == 12;
            case MessageId.BITFIELD -> knowsPieces ? left == bitfieldBytes : left <= bitfieldBytes;
            case MessageId.PORT -> left == 2;
            case MessageId.PIECE -> left > PIECE_HEAD - 1 && left <= MAX_BLOCK + PIECE_HEAD - 1;
            case MessageId.EXTENDED -> left >= 1 && left <= MAX_EXTENDED + 1;
            default -> left <= MAX_UNKNOWN;
        };
        if (!fits) {
            throw new WireViolation("wire.message-length", "sent message " + id + " with " + left + " bytes");
        }
    }

    private void readPieceHead(ByteBuf in) throws WireViolation {
        int piece;
        int begin;
        if (headFill == 0 && in.readableBytes() >= 8) {
            piece = in.readInt();
            begin = in.readInt();
        } else if (fillHead(in, 8)) {
            piece = intAt(head, 0);
            begin = intAt(head, 4);
        } else {
            return;
        }
        left -= 8;
        target = sink.pieceBegins(piece, begin, left);
        step = Step.PIECE_DATA;
    }

    private void readPieceData(ByteBuf in) throws WireViolation {
        int n = Math.min(left, in.readableBytes());
        if (target == MessageSink.DISCARD) {
            in.skipBytes(n);
        } else {
            int end = target.limit();
            target.limit(target.position() + n);
            in.readBytes(target);
            target.limit(end);
        }
        left -= n;
        if (left == 0) {
            boolean kept = target != MessageSink.DISCARD;
            target = MessageSink.DISCARD;
            step = Step.LENGTH;
            if (kept) {
                sink.pieceEnds();
            }
        }
    }

    private void readBody(ByteBuf in) throws WireViolation {
        if (bodyFill == 0 && in.readableBytes() >= left) {
            step = Step.LENGTH;
            deliver(in, left);
            return;
        }
        int n = Math.min(left - bodyFill, in.readableBytes());
        if (body.length < bodyFill + n) {
            // grows with what has arrived, not with what was announced: a dripping peer holds no more than it sent
            body = Arrays.copyOf(body, Math.min(left, Math.max(bodyFill + n, body.length * 2)));
        }
        in.readBytes(body, bodyFill, n);
        bodyFill += n;
        if (bodyFill == left) {
            byte[] whole = body;
            int length = bodyFill;
            body = new byte[0];
            bodyFill = 0;
            step = Step.LENGTH;
            deliver(Unpooled.wrappedBuffer(whole, 0, length), length);
        }
    }

    private void skip(ByteBuf in) {
        int n = Math.min(left, in.readableBytes());
        in.skipBytes(n);
        left -= n;
        if (left == 0) {
            step = Step.LENGTH;
        }
    }

    private void deliver(ByteBuf in, int length) throws WireViolation {
        switch (id) {
            case MessageId.CHOKE -> sink.choke();
            case MessageId.UNCHOKE -> sink.unchoke();
            case MessageId.INTERESTED -> sink.interested();
            case MessageId.NOT_INTERESTED -> sink.notInterested();
            case MessageId.HAVE -> sink.have(in.readInt());
            case MessageId.BITFIELD -> sink.bitfield(take(in, length));
            case MessageId.REQUEST -> sink.request(in.readInt(), in.readInt(), in.readInt());
            case MessageId.CANCEL -> sink.cancel(in.readInt(), in.readInt(), in.readInt());
            case MessageId.PORT -> sink.dhtPort(in.readUnsignedShort());
            case MessageId.SUGGEST -> sink.suggest(in.readInt());
            case MessageId.HAVE_ALL -> sink.haveAll();
            case MessageId.HAVE_NONE -> sink.haveNone();
            case MessageId.REJECT -> sink.reject(in.readInt(), in.readInt(), in.readInt());
            case MessageId.ALLOWED_FAST -> sink.allowedFast(in.readInt());
            case MessageId.EXTENDED -> sink.extended(in.readUnsignedByte(), take(in, length - 1));
            default -> throw new IllegalStateException("message " + id);
        }
    }

    private static byte[] take(ByteBuf in, int length) {
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    private static int intAt(byte[] b, int at) {
        return (b[at] & 0xff) << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | b[at + 3] & 0xff;
    }
}
