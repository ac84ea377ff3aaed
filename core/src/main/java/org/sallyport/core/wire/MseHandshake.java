package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import java.util.function.Supplier;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/**
 * The handshake of "Message Stream Encryption", the obfuscation that BitTorrent clients agreed on, as pure code: bytes in, bytes out, however
 * they are split. It takes no byte that follows the handshake. The two slow steps are the caller's, where it wants them.
 */
public abstract class MseHandshake {
    /** PadA to PadD, each. */
    static final int MAX_PADDING = 512;
    static final int VERIFICATION = 8;

    /** What must happen next: more bytes, {@link MseKeys#agree} with {@link #theirKey}, or nothing. */
    public enum Need { BYTES, SECRET, NOTHING }

    /** Takes the bytes that were expected. */
    interface Step {
        void take(ByteBuf whole, ByteBuf out) throws WireViolation;
    }

    final Supplier<byte[]> padding;
    // not of the pool: when the loop ends, connections go without handlerRemoved, and nothing may be missing from it then
    private final ByteBuf seen = Unpooled.buffer(MseKeys.LENGTH);
    private Need need = Need.BYTES;
    private int wanted;
    private byte[] searched = new byte[0];
    private Step step;
    private Bytes theirKey = Bytes.EMPTY;

    /** @param padding makes 0..512 bytes each time */
    MseHandshake(Supplier<byte[]> padding) {
        this.padding = padding;
        this.wanted = MseKeys.LENGTH;
        this.step = this::takeKey;
    }

    /** Padding of any allowed length. */
    public static Supplier<byte[]> padding(Random random) {
        return () -> {
            byte[] pad = new byte[random.nextInt(MAX_PADDING + 1)];
            random.nextBytes(pad);
            return pad;
        };
    }

    /** What a torrent is called by those who want to be let in to it: it tells nothing to whoever does not know the info-hash. */
    public static Bytes nameOf(InfoHash torrent) {
        return Bytes.copyOf(MseSecrets.nameOf(torrent));
    }

    public final Need need() {
        return need;
    }

    /** The other side's public key; there when a secret is needed. */
    public final Bytes theirKey() {
        return theirKey;
    }

    /**
     * Takes bytes of the other side, as far as they belong to the handshake.
     *
     * @param out gets what is to be sent
     * @throws WireViolation {@code mse.*}; the handshake is not used any more
     */
    public final Need feed(ByteBuf in, ByteBuf out) throws WireViolation {
        while (need == Need.BYTES && (searched.length > 0 ? search(in) : collect(in))) {
            step.take(seen, out);
        }
        if (need == Need.SECRET) {
            seen.writeBytes(in, Math.min(in.readableBytes(), MAX_PADDING - seen.readableBytes()));
            if (in.isReadable()) {
                throw new WireViolation("mse.padding", "sent more than padding before it had our key");
            }
        }
        return need;
    }

    private boolean collect(ByteBuf in) {
        seen.writeBytes(in, Math.min(in.readableBytes(), wanted - seen.readableBytes()));
        return seen.readableBytes() == wanted;
    }

    /** Byte by byte, so that nothing after the mark is taken. */
    private boolean search(ByteBuf in) throws WireViolation {
        while (in.isReadable()) {
            seen.writeByte(in.readByte());
            int start = seen.readableBytes() - searched.length;
            if (start >= 0 && ByteBufUtil.equals(seen, start, Unpooled.wrappedBuffer(searched), 0, searched.length)) {
                return true;
            }
            if (start >= MAX_PADDING) {
                throw new WireViolation("mse.mark", "did not go on with the obfuscated handshake after the longest padding");
            }
        }
        return false;
    }

    private void takeKey(ByteBuf whole, ByteBuf out) throws WireViolation {
        theirKey = Bytes.copyOf(ByteBufUtil.getBytes(whole));
        if (!MseKeys.isPossible(theirKey)) {
            throw new WireViolation("mse.key", "sent a key that cannot be one");
        }
        seen.clear();
        need = Need.SECRET;
    }

    /** From now on so many bytes are the next step. */
    final void expect(int bytes, Step next) {
        searched = new byte[0];
        wanted = bytes;
        step = next;
        seen.clear();
    }

    /** From now on the bytes up to this mark are the next step, after padding that may have begun to come. */
    final void lookFor(byte[] mark, Step next) {
        searched = mark;
        step = next;
        need = Need.BYTES;
    }

    final void done() {
        seen.clear();
        need = Need.NOTHING;
    }

    static int paddingLength(int length) throws WireViolation {
        if (length > MAX_PADDING) {
            throw new WireViolation("mse.padding", "announced padding of " + length + " bytes where " + MAX_PADDING + " are allowed");
        }
        return length;
    }

    /** What it came to; when nothing is needed any more. */
    public abstract MseStream stream();
}
