package org.sallyport.core.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.wire.MseHandshake;
import org.sallyport.core.wire.MseHandshake.Need;
import org.sallyport.core.wire.MseInitiator;
import org.sallyport.core.wire.MseKeys;
import org.sallyport.core.wire.MseMethod;
import org.sallyport.core.wire.MseReceiver;
import org.sallyport.core.wire.MseStream;
import org.sallyport.core.wire.WireViolation;

/** MSE made byte by byte over a {@link RawPeer}. Blocking, for one thread. */
public final class RawMse {
    private final RawPeer peer;
    private final Random random = new Random();
    private boolean dripping;
    private MseStream stream;

    public RawMse(RawPeer peer) {
        this.peer = peer;
    }

    /** Sends each byte by itself from now on. */
    public RawMse drip() {
        dripping = true;
        return this;
    }

    /** As the side that calls. @throws IOException if the other side does not go on */
    public RawMse call(InfoHash hash, Set<MseMethod> offered, byte[] initial) throws IOException {
        MseKeys keys = MseKeys.make(random);
        MseInitiator handshake = new MseInitiator(hash, offered, Bytes.copyOf(initial), keys, MseHandshake.padding(random));
        sendWritten(handshake::begin);
        run(handshake, out -> handshake.agreed(keys.agree(handshake.theirKey()), out));
        stream = handshake.stream();
        return this;
    }

    /** As the side that was called. */
    public RawMse answer(InfoHash hash, MseMethod... accepted) throws IOException {
        MseReceiver handshake = new MseReceiver(List.of(accepted), name -> Optional.of(hash), MseHandshake.padding(random));
        run(handshake, out -> {
            MseKeys keys = MseKeys.make(random);
            handshake.agreed(keys, keys.agree(handshake.theirKey()), out);
        });
        stream = handshake.stream();
        return this;
    }

    private void run(MseHandshake handshake, Consumer<ByteBuf> agree) throws IOException {
        while (handshake.need() != Need.NOTHING) {
            ByteBuf out = Unpooled.buffer();
            try {
                if (handshake.feed(Unpooled.wrappedBuffer(peer.read(1)), out) == Need.SECRET) {
                    agree.accept(out);
                }
            } catch (WireViolation e) {
                throw new IOException(e.rule(), e);
            }
            sendRaw(ByteBufUtil.getBytes(out));
        }
    }

    /** What the handshake came to. */
    public MseStream stream() {
        return stream;
    }

    /** After the handshake. */
    public void send(byte[]... parts) throws IOException {
        ByteBuf bytes = Unpooled.copiedBuffer(parts);
        if (stream.method() == MseMethod.RC4) {
            stream.outgoing().apply(bytes);
        }
        sendRaw(ByteBufUtil.getBytes(bytes));
    }

    /** After the handshake. */
    public byte[] read(int length) throws IOException {
        ByteBuf bytes = Unpooled.wrappedBuffer(peer.read(length));
        if (stream.method() == MseMethod.RC4) {
            stream.incoming().apply(bytes);
        }
        return bytes.array();
    }

    /** The connection as it is under the cover, from after the handshake on; what the caller sent along comes first. */
    public RawPeer asPeer() {
        InputStream in = new FilterInputStream(peer.rawInput()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int count = super.read(into, from, length);
                if (count > 0 && stream.method() == MseMethod.RC4) {
                    stream.incoming().apply(Unpooled.wrappedBuffer(into, from, count));
                }
                return count;
            }
        };
        OutputStream out = new FilterOutputStream(peer.rawOutput()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
                if (stream.method() == MseMethod.RC4) {
                    stream.outgoing().apply(Unpooled.wrappedBuffer(copy));
                }
                out.write(copy);
            }
        };
        return new RawPeer(peer, new SequenceInputStream(new ByteArrayInputStream(stream.initial().toArray()), in), out);
    }

    private void sendWritten(Consumer<ByteBuf> writer) throws IOException {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        sendRaw(ByteBufUtil.getBytes(out));
    }

    private void sendRaw(byte[] bytes) throws IOException {
        if (dripping) {
            peer.drip(bytes);
        } else {
            peer.send(bytes);
        }
    }
}
