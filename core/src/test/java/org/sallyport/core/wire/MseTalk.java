package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.wire.MseHandshake.Need;

/** Both sides of one MSE handshake, talking to each other in pieces of a size that a test chooses. */
final class MseTalk {
    static final InfoHash HASH = new InfoHash("000102030405060708090a0b0c0d0e0f10111213");
    static final Bytes HELLO = Bytes.copyOf("the first bytes of a stream".getBytes(StandardCharsets.US_ASCII));
    static final List<MseMethod> BOTH = List.of(MseMethod.RC4, MseMethod.PLAINTEXT);

    private final Random random = new Random(7);
    private final MseKeys callerKeys = MseKeys.make(random);
    private final MseInitiator caller;
    private final MseReceiver called;
    private final ByteBuf toCalled = Unpooled.buffer();
    private final ByteBuf toCaller = Unpooled.buffer();

    MseTalk(Set<MseMethod> offered, List<MseMethod> accepted, Bytes initial, int... paddings) {
        caller = new MseInitiator(HASH, offered, initial, callerKeys, pads(paddings));
        called = new MseReceiver(accepted, MseTalk::find, pads(paddings));
    }

    static Optional<InfoHash> find(Bytes name) {
        return Optional.of(HASH).filter(hash -> MseHandshake.nameOf(hash).equals(name));
    }

    /** Pads of these lengths, over and over. */
    static Supplier<byte[]> pads(int... lengths) {
        PrimitiveIterator.OfInt endless = IntStream.generate(new AtomicInteger()::getAndIncrement).map(at -> lengths[at % lengths.length]).iterator();
        return () -> {
            byte[] pad = new byte[endless.next()];
            Arrays.fill(pad, (byte) 0x55);
            return pad;
        };
    }

    /** Lets them talk until both are done, in pieces of these sizes, over and over. */
    MseTalk run(int... sizes) throws WireViolation {
        caller.begin(toCalled);
        int turn = 0;
        while (caller.need() != Need.NOTHING || called.need() != Need.NOTHING) {
            int step = sizes[turn++ % sizes.length];
            int before = toCalled.readableBytes() + toCaller.readableBytes();
            if (called.need() != Need.NOTHING) {
                deliver(toCalled, step, piece -> {
                    if (called.feed(piece, toCaller) == Need.SECRET) {
                        MseKeys keys = MseKeys.make(random);
                        called.agreed(keys, keys.agree(called.theirKey()), toCaller);
                        called.feed(piece, toCaller);
                    }
                });
            }
            if (caller.need() != Need.NOTHING) {
                deliver(toCaller, step, piece -> {
                    if (caller.feed(piece, toCalled) == Need.SECRET) {
                        caller.agreed(callerKeys.agree(caller.theirKey()), toCalled);
                        caller.feed(piece, toCalled);
                    }
                });
            }
            if (before == 0) {
                throw new AssertionError("both wait");
            }
        }
        return this;
    }

    private interface Feeding {
        void feed(ByteBuf piece) throws WireViolation;
    }

    private static void deliver(ByteBuf from, int step, Feeding to) throws WireViolation {
        ByteBuf piece = from.readSlice(Math.min(step, from.readableBytes()));
        to.feed(piece);
        from.readerIndex(from.readerIndex() - piece.readableBytes()); // what follows the handshake is not the handshake's
    }

    MseStream ofCaller() {
        return caller.stream();
    }

    MseStream ofCalled() {
        return called.stream();
    }

    /** Bytes that neither took. */
    int left() {
        return toCalled.readableBytes() + toCaller.readableBytes();
    }

    /** What the other side hears when one side says something after the handshake. */
    static List<String> conversation(MseTalk talk) {
        List<String> heard = new ArrayList<>();
        heard.add(hear("caller", talk.ofCaller().outgoing(), talk.ofCalled().incoming()));
        heard.add(hear("called", talk.ofCalled().outgoing(), talk.ofCaller().incoming()));
        return heard;
    }

    private static String hear(String words, Rc4 mouth, Rc4 ear) {
        ByteBuf bytes = Unpooled.copiedBuffer(words, StandardCharsets.US_ASCII);
        mouth.apply(bytes);
        String onTheWire = ByteBufUtil.hexDump(bytes);
        ear.apply(bytes);
        return bytes.toString(StandardCharsets.US_ASCII) + (onTheWire.equals(ByteBufUtil.hexDump(bytes)) ? " in clear" : "");
    }
}
