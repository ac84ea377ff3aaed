package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import java.util.function.Supplier;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/** The side that dialled. */
public final class MseInitiator extends MseHandshake {
    private final InfoHash hash;
    private final Set<MseMethod> offered;
    private final Bytes initial;
    private final MseKeys keys;
    private MseStream stream;

    /**
     * @param offered at least one @param initial the first bytes of our stream, which go along; at most {@link MseReceiver#MAX_INITIAL}
     * @param padding {@link #padding}
     */
    public MseInitiator(InfoHash hash, Set<MseMethod> offered, Bytes initial, MseKeys keys, Supplier<byte[]> padding) {
        super(padding);
        this.hash = hash;
        this.offered = Set.copyOf(offered);
        this.initial = initial;
        this.keys = keys;
    }

    /** The first thing to send. */
    public void begin(ByteBuf out) {
        out.writeBytes(keys.publicKey().toArray()).writeBytes(padding.get());
    }

    /** Goes on with what was agreed. */
    public void agreed(Bytes secret, ByteBuf out) {
        MseSecrets secrets = new MseSecrets(secret);
        out.writeBytes(secrets.beginning()).writeBytes(secrets.mask(MseSecrets.nameOf(hash)));
        Rc4 outgoing = secrets.fromCaller(hash);
        outgoing.copy(request(padding.get().length), out);
        Rc4 incoming = secrets.fromCalled(hash);
        ByteBuf mark = Unpooled.wrappedBuffer(new byte[VERIFICATION]);
        incoming.apply(mark);
        lookFor(mark.array(), (whole, sent) -> expect(Integer.BYTES + Short.BYTES, (head, none) -> takeAnswer(head, incoming, outgoing)));
    }

    private ByteBuf request(int padC) {
        ByteBuf request = Unpooled.buffer();
        request.writeZero(VERIFICATION);
        MseMethod.write(offered, request);
        request.writeShort(padC).writeZero(padC);
        request.writeShort(initial.length()).writeBytes(initial.toArray());
        return request;
    }

    private void takeAnswer(ByteBuf head, Rc4 incoming, Rc4 outgoing) throws WireViolation {
        incoming.apply(head);
        int selected = head.readInt();
        int padD = paddingLength(head.readUnsignedShort());
        MseMethod method = offered.stream().filter(each -> each.isOnly(selected)).findFirst()
                .orElseThrow(() -> new WireViolation("mse.method", "chose a way of obfuscation that it was not offered"));
        expect(padD, (pad, none) -> {
            incoming.apply(pad);
            stream = new MseStream(hash, method, incoming, outgoing, Bytes.EMPTY);
            done();
        });
    }

    @Override
    public MseStream stream() {
        return stream;
    }
}
