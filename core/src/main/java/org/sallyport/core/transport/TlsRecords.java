package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;

/**
 * The records of one TLS connection whose handshake {@link TlsHandler} has made: all that came in one read are opened into one buffer, and all of
 * one flush are sealed into one. Netty's handler takes a buffer, a promise and a write for each record, which holds a block at most. Sealed
 * bytes are kept in arrays, where the JDK's ciphers work in place; from memory outside the heap they copy piece by piece. Network thread only.
 */
final class TlsRecords extends ChannelDuplexHandler {
    /** Keys are changed after many gigabytes; each change is answered, also to who does not read. */
    static final int MOST_ANSWERS = 1000;
    /** RFC 8446, 5.1 and 5.2: type, version and length; the longest record. */
    private static final int HEAD = 5;
    private static final int LONGEST = HEAD + (1 << 14) + 256;
    /** Opened at once: some records, and no more than a core's own cache holds with what is made of them. */
    private static final int SOME = 64 << 10;
    /** Sealed at once; a run of blocks is as long. */
    private static final int RUN = 256 << 10;
    private static final int MOST_BUFFERS = 64;
    /** More than a record adds to what it carries. */
    private static final int ADDED = 64;

    private final SSLEngine engine;
    private final ArrayDeque<Unsent> unsent = new ArrayDeque<>();
    private ByteBuf partial = Unpooled.EMPTY_BUFFER;
    private int answers;
    private boolean ended;

    private record Unsent(ByteBuf bytes, ChannelPromise promise) { }

    TlsRecords(SSLEngine engine) {
        this.engine = engine;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf came = (ByteBuf) message;
        try {
            while (came.isReadable() && !ended) {
                open(context, gather(context, came));
            }
        } catch (SSLException e) {
            fail(context, e);
        } finally {
            came.release();
        }
    }

    /** The beginning of a record that was there, and some of what came, in an array. */
    private ByteBuf gather(ChannelHandlerContext context, ByteBuf came) {
        int some = Math.min(came.readableBytes(), SOME - partial.readableBytes());
        ByteBuf sealed = context.alloc().heapBuffer(partial.readableBytes() + some).writeBytes(partial).writeBytes(came, some);
        partial.release();
        partial = Unpooled.EMPTY_BUFFER;
        return sealed;
    }

    private void open(ChannelHandlerContext context, ByteBuf sealed) throws SSLException {
        ByteBuf plain = context.alloc().heapBuffer(sealed.readableBytes());
        boolean more = true;
        try {
            ByteBuffer from = sealed.nioBuffer();
            ByteBuffer to = plain.nioBuffer(0, plain.capacity());
            while (more && !ended && hasRecord(from)) {
                SSLEngineResult result = engine.unwrap(from, to);
                plain.writerIndex(to.position());
                more = goesOn(result.getStatus());
                if (more) {
                    answer(context, result.getHandshakeStatus());
                }
            }
            if (more && !ended && from.hasRemaining()) {
                partial = context.alloc().heapBuffer(from.remaining()).writeBytes(from);
            }
        } finally {
            sealed.release();
            hand(context, plain);
        }
        if (!more) { // no more will come, and there is nothing that we would go on telling
            context.channel().close();
        }
    }

    private static boolean goesOn(Status status) throws SSLException {
        if (status == Status.BUFFER_UNDERFLOW || status == Status.BUFFER_OVERFLOW) {
            throw new SSLProtocolException("a record is longer than TLS allows");
        }
        return status == Status.OK;
    }

    /** Also one that is too long, which is refused. */
    private static boolean hasRecord(ByteBuffer bytes) {
        if (bytes.remaining() < HEAD) {
            return false;
        }
        int length = HEAD + (bytes.getShort(bytes.position() + HEAD - Short.BYTES) & 0xffff);
        return length > LONGEST || bytes.remaining() >= length;
    }

    private void hand(ChannelHandlerContext context, ByteBuf plain) {
        if (plain.isReadable() && !ended) {
            context.fireChannelRead(plain);
        } else {
            plain.release();
        }
    }

    private void answer(ChannelHandlerContext context, HandshakeStatus wanted) throws SSLException {
        if (wanted == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        if (wanted == HandshakeStatus.NEED_WRAP) {
            if (++answers > MOST_ANSWERS) {
                throw new SSLProtocolException("the keys are changed too often");
            }
            say(context);
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** What the engine itself has to say: new keys, an alert, the end. */
    private void say(ChannelHandlerContext context) throws SSLException {
        ByteBuf out = context.alloc().heapBuffer(engine.getSession().getPacketBufferSize());
        ByteBuffer to = out.nioBuffer(0, out.capacity());
        try {
            engine.wrap(ByteBuffer.allocate(0), to);
        } finally {
            context.writeAndFlush(out.writerIndex(to.position()), context.voidPromise());
        }
    }

    private void fail(ChannelHandlerContext context, SSLException cause) {
        ended = true;
        try {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                say(context);
            }
        } catch (SSLException e) {
            cause.addSuppressed(e);
        }
        context.fireExceptionCaught(cause);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (ended) {
            drop(new Unsent((ByteBuf) message, promise));
        } else {
            unsent.add(new Unsent((ByteBuf) message, promise));
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        try {
            while (!unsent.isEmpty()) {
                seal(context);
            }
        } catch (SSLException e) {
            fail(context, e);
        }
        context.flush();
    }

    /** One write for as many whole buffers as make a run. */
    private void seal(ChannelHandlerContext context) throws SSLException {
        List<Unsent> run = new ArrayList<>();
        int bytes = 0;
        while (!unsent.isEmpty() && bytes < RUN && run.size() < MOST_BUFFERS) {
            bytes += unsent.peek().bytes().readableBytes();
            run.add(unsent.poll());
        }
        int packet = engine.getSession().getPacketBufferSize(); // the engine wants so much room for each record
        ByteBuf out = context.alloc().heapBuffer(bytes + (bytes / (LONGEST - HEAD - 256) + 1) * ADDED + packet);
        try {
            wrap(run.stream().map(each -> each.bytes().nioBuffer()).toArray(ByteBuffer[]::new), out);
        } catch (SSLException e) {
            out.release();
            run.forEach(this::drop);
            throw e;
        }
        run.forEach(each -> each.bytes().release());
        context.write(out, promise(context, run));
    }

    private void wrap(ByteBuffer[] from, ByteBuf out) throws SSLException {
        ByteBuffer to = out.nioBuffer(0, out.capacity());
        int first = 0;
        while (first < from.length) {
            if (!from[first].hasRemaining()) {
                first++;
                continue;
            }
            SSLEngineResult result = engine.wrap(from, first, from.length - first, to);
            if (result.getStatus() != Status.OK) {
                throw new SSLException("a record was not sealed: " + result.getStatus());
            }
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                runTasks();
            }
        }
        out.writerIndex(to.position());
    }

    private static ChannelPromise promise(ChannelHandlerContext context, List<Unsent> run) {
        List<ChannelPromise> waiting = run.stream().map(Unsent::promise).filter(each -> !each.isVoid()).toList();
        if (waiting.isEmpty()) {
            return context.voidPromise();
        }
        return context.newPromise().addListener(written -> {
            for (ChannelPromise each : waiting) {
                if (written.isSuccess()) {
                    each.trySuccess();
                } else {
                    each.tryFailure(written.cause());
                }
            }
        });
    }

    /** Says close_notify if there is room for it, and does not wait until it was taken. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!ended) {
            ended = true;
            engine.closeOutbound();
            try {
                say(context);
            } catch (SSLException e) {
                context.fireExceptionCaught(e);
            }
        }
        context.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end();
    }

    private void end() {
        ended = true;
        while (!unsent.isEmpty()) {
            drop(unsent.poll());
        }
        partial.release();
        partial = Unpooled.EMPTY_BUFFER;
    }

    private void drop(Unsent each) {
        each.bytes().release();
        if (!each.promise().isVoid()) {
            each.promise().tryFailure(new ClosedChannelException());
        }
    }
}
