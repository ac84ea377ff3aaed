package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/**
 * The first 68 bytes of a plain connection (BEP 3).
 *
 * @param reserved the eight flag bytes as one big-endian number
 * @param hash     version 1
 * @param peerId   20 bytes
 */
public record Handshake(long reserved, InfoHash hash, Bytes peerId) {
    public static final int LENGTH = 68;
    /** Enough to tell a BitTorrent handshake from anything else. */
    public static final int PREFIX_LENGTH = 20;

    private static final byte[] PREFIX = "\u0013BitTorrent protocol".getBytes(StandardCharsets.ISO_8859_1);
    /** BEP 10: byte 5, bit 0x10. */
    private static final long EXTENSION_BIT = 0x10L << 16;
    /** BEP 6: byte 7, bit 0x04. */
    private static final long FAST_BIT = 0x04L;

    /** BEP 5: byte 7, bit 0x01. */
    private static final long DHT_BIT = 0x01L;

    public static Handshake ours(InfoHash hash, Bytes peerId) {
        return new Handshake(EXTENSION_BIT | FAST_BIT, hash, peerId);
    }

    /** The same, from one that has a node of the DHT. */
    public Handshake withDht(boolean has) {
        return has ? new Handshake(reserved | DHT_BIT, hash, peerId) : this;
    }

    public boolean supportsDht() {
        return (reserved & DHT_BIT) != 0;
    }

    public boolean supportsExtensions() {
        return (reserved & EXTENSION_BIT) != 0;
    }

    public boolean supportsFast() {
        return (reserved & FAST_BIT) != 0;
    }

    public void encode(ByteBuf out) {
        out.writeBytes(PREFIX).writeLong(reserved).writeBytes(hash.bytes()).writeBytes(peerId.toArray());
    }

    /** Whether the readable bytes, as far as they go, can still become a handshake. */
    public static boolean mayBegin(ByteBuf in) {
        int known = Math.min(in.readableBytes(), PREFIX_LENGTH);
        for (int i = 0; i < known; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads exactly {@link #LENGTH} bytes; the caller made sure that they are there and {@link #mayBegin} held. */
    public static Handshake decode(ByteBuf in) {
        in.skipBytes(PREFIX_LENGTH);
        long reserved = in.readLong();
        byte[] hash = new byte[20];
        byte[] id = new byte[20];
        in.readBytes(hash).readBytes(id);
        return new Handshake(reserved, InfoHash.of(hash), Bytes.copyOf(id));
    }
}
