package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/**
 * Blocks of one connection on their way out. Without a limit they go at once; with one they wait here for their turn, whole, so that small
 * messages pass them, and no more of them go than the system takes: who does not read uses up nobody's limit. Network thread only.
 */
final class BlockQueue implements WaitingLine.Waiter {

    /**
     * One, or several at once.
     * @param framed  as it goes on the wire; owned by this
     * @param bytes   of it that are payload
     * @param sending hears that length when it goes
     * @param done    runs once, when it was sent or never will be
     */
    record Block(ByteBuf framed, int bytes, IntConsumer sending, Runnable done) { }

    /** Where they go. */
    interface Outlet {
        /** @param last what to run when it was sent or never will be; nothing for a block after which another follows in any case */
        void send(Block block, ChannelFutureListener last);

        void flush();
    }

    private static final ChannelFutureListener UNHEARD = done -> { };

    private final WireGauge gauge;
    private final Outlet outlet;
    private final ArrayDeque<Block> waiting = new ArrayDeque<>();
    private int underway;
    private boolean inLine;
    private boolean going;
    private boolean ended;

    BlockQueue(WireGauge gauge, Outlet outlet) {
        this.gauge = gauge;
        this.outlet = outlet;
    }

    static ChannelFutureListener unheard() {
        return UNHEARD;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether what is added now goes at once: then it need not come in single blocks. */
    boolean goesFreely() {
        return waiting.isEmpty() && !gauge.limitsSending();
    }

    void add(Block block) {
        if (ended) {
            drop(block);
        } else if (goesFreely()) {
            sendFreely(block);
        } else {
            waiting.add(block);
        }
    }

    /** All of one turn were added. */
    void push() {
        if (waiting.isEmpty() || inLine || underway > 0) {
            return;
        }
        long bytes = gauge.limiter().up().atOnce(this);
        if (bytes > 0) {
            go(bytes);
        } else {
            inLine = true;
            gauge.limiter().up().join(this);
        }
    }

    @Override
    public Budget own() {
        return gauge.ownUp();
    }

    @Override
    public boolean limited() {
        return gauge.limitsSending();
    }

    @Override
    public long go(long bytes) {
        inLine = false;
        long sent = 0;
        boolean free = !gauge.limitsSending();
        while (!waiting.isEmpty() && sent < bytes) {
            Block block = waiting.poll();
            sent += block.bytes();
            if (free) {
                sendFreely(block);
            } else {
                sendCounted(block);
            }
        }
        going = true;
        outlet.flush();
        going = false;
        if (underway == 0) {
            push();
        }
        return 0; // charged already, as it went by the gauge
    }

    private void sendFreely(Block block) {
        block.sending().accept(block.bytes());
        outlet.send(block, block.done() == NOTHING ? UNHEARD : done -> block.done().run());
    }

    private void sendCounted(Block block) {
        underway++;
        block.sending().accept(block.bytes());
        outlet.send(block, done -> {
            underway--;
            block.done().run();
            if (underway == 0 && !going) {
                push();
            }
        });
    }

    /** For blocks whose end nobody waits for. */
    static final Runnable NOTHING = () -> { };

    /** The connection has ended. */
    void end() {
        ended = true;
        gauge.limiter().up().leave(this);
        inLine = false;
        while (!waiting.isEmpty()) {
            drop(waiting.poll());
        }
    }

    private static void drop(Block block) {
        block.framed().release();
        block.done().run();
    }
}
