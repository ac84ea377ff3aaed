package org.sallyport.core.wire;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;

/**
 * A message of {@code ut_metadata} (BEP 9): the info dictionary of a torrent in pieces.
 *
 * @param piece     0-based, below {@link #MAX_PIECES}
 * @param totalSize of the dictionary as the sender of data tells it, 1..{@link #MAX_SIZE}; 0 when not told and in other messages
 * @param data      1..{@link #PIECE} bytes in a message of data, none in others
 */
public record MetadataMessage(Kind kind, int piece, int totalSize, Bytes data) {
    /** Name in the extended handshake (BEP 10). */
    public static final String EXTENSION = "ut_metadata";
    public static final int PIECE = 16 << 10;
    /** More is never fetched: 400,000 pieces fit, and 100,000 files. */
    public static final int MAX_SIZE = 8 << 20;
    static final int MAX_PIECES = BencodeLimits.TORRENT.bytes() / PIECE;
    /** The dictionary before the data is small; other keys than the three of BEP 9 are passed over. */
    private static final BencodeLimits LIMITS = new BencodeLimits(PIECE + 1024, 4, 64, 512, 32);

    /** As numbered on the wire. */
    public enum Kind { REQUEST, DATA, REJECT }

    public MetadataMessage {
        if (piece < 0 || piece >= MAX_PIECES || totalSize < 0 || totalSize > BencodeLimits.TORRENT.bytes() || data.length() > PIECE
                || kind == Kind.DATA != data.length() > 0) {
            throw new IllegalArgumentException(kind + " of piece " + piece + ", " + totalSize + " bytes in all, " + data);
        }
    }

    public static MetadataMessage request(int piece) {
        return new MetadataMessage(Kind.REQUEST, piece, 0, Bytes.EMPTY);
    }

    public static MetadataMessage reject(int piece) {
        return new MetadataMessage(Kind.REJECT, piece, 0, Bytes.EMPTY);
    }

    public static MetadataMessage data(int piece, int totalSize, byte[] data) {
        return new MetadataMessage(Kind.DATA, piece, totalSize, Bytes.copyOf(data));
    }

    /** How many pieces so many bytes have. */
    public static int pieces(int size) {
        return (size + PIECE - 1) / PIECE;
    }

    /** How many bytes a piece of so many has. */
    public static int pieceBytes(int size, int piece) {
        return Math.min(PIECE, size - piece * PIECE);
    }

    /**
     * Reads what follows the message id.
     *
     * @return empty for a kind that BEP 9 does not know, which is to be passed over
     * @throws WireViolation {@code wire.metadata} if it is malformed or a number makes no sense
     */
    public static Optional<MetadataMessage> decode(byte[] payload) throws WireViolation {
        BencodeDict dict;
        try {
            dict = Bencode.decodeDictPrefix(payload, 0, payload.length, LIMITS);
        } catch (RefusedException e) {
            throw new WireViolation("wire.metadata", "sent a broken metadata message (" + e.refusal().rule() + ")");
        }
        long kind = dict.integer("msg_type").orElse(-1);
        long piece = dict.integer("piece").orElse(-1);
        long total = dict.has("total_size") ? dict.integer("total_size").orElse(-1) : 0;
        if (kind < 0) {
            throw new WireViolation("wire.metadata", "sent a metadata message of no kind");
        }
        if (kind >= Kind.values().length) {
            return Optional.empty();
        }
        if (piece < 0 || piece >= MAX_PIECES) {
            throw new WireViolation("wire.metadata", "named metadata piece " + piece);
        }
        if (kind != Kind.DATA.ordinal()) {
            return Optional.of(new MetadataMessage(Kind.values()[(int) kind], (int) piece, 0, Bytes.EMPTY));
        }
        int length = payload.length - dict.end();
        if (total < 0 || total > MAX_SIZE || length == 0 || length > PIECE) {
            throw new WireViolation("wire.metadata", "sent " + length + " bytes of metadata that has " + total);
        }
        return Optional.of(data((int) piece, (int) total, Arrays.copyOfRange(payload, dict.end(), payload.length)));
    }

    public byte[] encode() {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("msg_type", (long) kind.ordinal());
        dict.put("piece", (long) piece);
        if (kind == Kind.DATA) {
            dict.put("total_size", (long) totalSize);
        }
        byte[] head = Bencode.encode(dict);
        byte[] whole = Arrays.copyOf(head, head.length + data.length());
        System.arraycopy(data.toArray(), 0, whole, head.length, data.length());
        return whole;
    }
}
