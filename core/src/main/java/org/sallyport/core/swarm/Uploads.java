package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.storage.StorageContext;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.WireViolation;

/**
 * The blocks one peer asked for. Neighbouring blocks are read from disk together and sent from that buffer; nothing is
 * read before the out-queue has room, so a peer that does not read costs its own queue and nobody else's.
 */
final class Uploads {
    /** What we tell in {@code reqq}. Transmission fills its queue once a second only: 500 blocks would hold it at 8 MB/s. */
    static final int ADVERTISED_QUEUE = 2000;
    /** Some clients do not look at {@code reqq}; beyond this it is an attack. */
    private static final int MAX_QUEUE = 2 * ADVERTISED_QUEUE;
    /** Read buffers one peer may hold, from reading to sent: all peers share one pool, so who reads slowly holds few. */
    private static final int FIRST_BUFFERS = 2;
    private static final int MOST_BUFFERS = 12;
    private static final long QUICK = TimeUnit.SECONDS.toNanos(1);

    private record Wanted(int piece, int begin, int length) { }

    private final TorrentStorage storage;
    private final RateMeter total;
    private final RateMeter mine = new RateMeter();
    private final ArrayDeque<Wanted> queue = new ArrayDeque<>();
    private int held;
    private int mayHold = FIRST_BUFFERS;
    private int sending;
    private int grant;
    private boolean ended;

    Uploads(TorrentStorage storage, RateMeter total) {
        this.storage = storage;
        this.total = total;
    }

    RateMeter meter() {
        return mine;
    }

    void ask(int piece, int begin, int length) throws WireViolation {
        if (queue.size() >= MAX_QUEUE) {
            throw new WireViolation("wire.request-flood", "asked for more than " + MAX_QUEUE + " blocks at once");
        }
        queue.add(new Wanted(piece, begin, length));
    }

    /** @return whether it was still waiting */
    boolean cancel(int piece, int begin, int length) {
        return queue.remove(new Wanted(piece, begin, length));
    }

    /** Drops what waits. @param fast whether each must be refused by name (BEP 6) */
    void choke(PeerLink link, boolean fast) {
        for (Wanted wanted : queue) {
            if (fast) {
                link.reject(wanted.piece, wanted.begin, wanted.length);
            }
        }
        queue.clear();
    }

    void end() {
        ended = true;
        queue.clear();
    }

    /**
     * What was asked for or read until now does not go out.
     * @param fast as in {@link #choke} @return whether the connection has bytes already that did not go out yet
     */
    boolean revoke(PeerLink link, boolean fast) {
        grant++;
        choke(link, fast);
        return sending > 0 || hasSent() && link.holdsBack();
    }

    /** Any bytes were given to the connection. */
    boolean hasSent() {
        return mine.total() > 0;
    }

    /** Reads and sends while there is room. */
    void pump(PeerLink link, Trouble trouble) {
        while (!ended && held < mayHold && !queue.isEmpty() && link.writable()) {
            Wanted first = queue.peekFirst();
            int[] lengths = new int[StorageContext.READ_BYTES / TorrentStorage.BLOCK];
            int blocks = 0;
            int bytes = 0;
            while (blocks < lengths.length && !queue.isEmpty()) {
                Wanted next = queue.peekFirst();
                boolean neighbour = next.piece == first.piece && next.begin == first.begin + bytes;
                if (!neighbour || bytes + next.length > StorageContext.READ_BYTES) {
                    break;
                }
                queue.pollFirst();
                lengths[blocks++] = next.length;
                bytes += next.length;
            }
            if (!read(link, first, bytes, Arrays.copyOf(lengths, blocks), trouble)) {
                putBack(first, lengths, blocks);
                return;
            }
        }
    }

    private void putBack(Wanted first, int[] lengths, int blocks) {
        int end = first.begin;
        for (int i = 0; i < blocks; i++) {
            end += lengths[i];
        }
        for (int i = blocks - 1; i >= 0; i--) {
            end -= lengths[i];
            queue.addFirst(new Wanted(first.piece, end, lengths[i]));
        }
    }

    /** Hears that the disk failed. */
    interface Trouble {
        void reading(StorageException trouble);
    }

    private void sent(long nanos) {
        held--;
        sending--;
        mayHold = nanos < QUICK ? Math.min(MOST_BUFFERS, mayHold + 1) : Math.max(FIRST_BUFFERS, mayHold - 1);
    }

    private boolean read(PeerLink link, Wanted first, int bytes, int[] lengths, Trouble trouble) {
        int granted = grant;
        boolean taken = storage.read(first.piece, first.begin, bytes, new TorrentStorage.ReadListener() {
            @Override
            public void read(ByteBuffer data) {
                if (ended || granted != grant || !link.open()) {
                    held--;
                    storage.giveRead(data);
                    return;
                }
                sending++;
                long now = System.nanoTime();
                link.blocks(first.piece, first.begin, data, lengths, this::goes, () -> {
                    storage.giveRead(data);
                    sent(System.nanoTime() - now);
                    pump(link, trouble);
                });
                pump(link, trouble);
            }

            private void goes(int block) {
                mine.add(block);
                total.add(block);
            }

            @Override
            public void readFailed(StorageException e) {
                held--;
                if (!ended && granted == grant) {
                    trouble.reading(e);
                }
            }
        });
        if (taken) {
            held++;
        }
        return taken;
    }
}
