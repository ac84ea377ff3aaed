package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/** The side that was called. */
public final class MseReceiver extends MseHandshake {
    /**
     * Bytes of the caller's stream that may come inside the handshake. The format allows 65,535, but it is held until it is whole, for
     * somebody unknown; clients send their BitTorrent handshake (68 bytes) or nothing, and this leaves room for messages after it.
     */
    public static final int MAX_INITIAL = 4096;
    private static final int HASH = 20;

    private final List<MseMethod> accepted;
    private final Function<Bytes, Optional<InfoHash>> torrents;
    private MseStream stream;
    private boolean knowsCaller;

    /**
     * @param accepted what we agree to, the best first @param torrents by {@link #nameOf}; asked once
     * @param padding  {@link #padding}
     */
    public MseReceiver(List<MseMethod> accepted, Function<Bytes, Optional<InfoHash>> torrents, Supplier<byte[]> padding) {
        super(padding);
        this.accepted = List.copyOf(accepted);
        this.torrents = torrents;
    }

    /** Goes on with what was agreed. @param keys ours, made for this connection */
    public void agreed(MseKeys keys, Bytes secret, ByteBuf out) {
        MseSecrets secrets = new MseSecrets(secret);
        out.writeBytes(keys.publicKey().toArray()).writeBytes(padding.get());
        lookFor(secrets.beginning(), (whole, none) -> expect(HASH, (masked, sent) -> takeTorrent(masked, secrets)));
    }

    private void takeTorrent(ByteBuf masked, MseSecrets secrets) throws WireViolation {
        knowsCaller = true;
        Bytes name = Bytes.copyOf(secrets.mask(ByteBufUtil.getBytes(masked)));
        InfoHash hash = torrents.apply(name).orElseThrow(() -> new WireViolation("mse.torrent", "asked for a torrent that is not here"));
        Rc4 incoming = secrets.fromCaller(hash);
        Rc4 outgoing = secrets.fromCalled(hash);
        expect(VERIFICATION + Integer.BYTES + Short.BYTES, (head, out) -> takeRequest(head, hash, incoming, outgoing));
    }

    private void takeRequest(ByteBuf head, InfoHash hash, Rc4 incoming, Rc4 outgoing) throws WireViolation {
        incoming.apply(head);
        if (head.readLong() != 0) {
            throw new WireViolation("mse.verification", "did not know the torrent that it named");
        }
        int provided = head.readInt();
        MseMethod method = accepted.stream().filter(each -> each.isIn(provided)).findFirst()
                .orElseThrow(() -> new WireViolation("mse.method", "offered no way of obfuscation that is accepted here"));
        int padC = paddingLength(head.readUnsignedShort());
        expect(padC + Short.BYTES, (rest, none) -> {
            incoming.apply(rest);
            int length = rest.getUnsignedShort(padC);
            if (length > MAX_INITIAL) {
                throw new WireViolation("mse.initial", "sent " + length + " bytes along with the handshake where " + MAX_INITIAL + " are allowed");
            }
            expect(length, (initial, out) -> {
                incoming.apply(initial);
                stream = new MseStream(hash, method, incoming, outgoing, Bytes.copyOf(ByteBufUtil.getBytes(initial)));
                outgoing.copy(answer(method, padding.get().length), out);
                done();
            });
        });
    }

    private static ByteBuf answer(MseMethod method, int padD) {
        ByteBuf answer = Unpooled.buffer();
        answer.writeZero(VERIFICATION);
        MseMethod.write(Set.of(method), answer);
        return answer.writeShort(padD).writeZero(padD);
    }

    /** Whether this is somebody who speaks MSE and wants a torrent, ours or not, rather than noise. */
    public boolean knowsCaller() {
        return knowsCaller;
    }

    @Override
    public MseStream stream() {
        return stream;
    }
}
