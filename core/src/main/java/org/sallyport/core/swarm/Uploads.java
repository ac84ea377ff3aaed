package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.storage.StorageContext;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.FrameEncoder;
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

    /** In an order, so that blocks chosen to have the same hash are found quickly, too. */
    private record Wanted(int piece, int begin, int length) implements Comparable<Wanted> {
        private static final Comparator<Wanted> ORDER =
                Comparator.comparingInt(Wanted::piece).thenComparingInt(Wanted::begin).thenComparingInt(Wanted::length);

        @Override
        public int compareTo(Wanted other) {
            return ORDER.compare(this, other);
        }
    }

    private final TorrentStorage storage;
    private final RateMeter total;
    private final RateMeter mine = new RateMeter();
    /** In the order asked; found at once, or a flood of cancels would look through all of it again and again. */
    private final Set<Wanted> queue = new LinkedHashSet<>();
    /** Asked again while it waited; forgotten when nothing waits any more. */
    private int repeated;
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

    /** A block that waits already waits once. */
    void ask(int piece, int begin, int length) throws WireViolation {
        if (queue.size() + repeated >= MAX_QUEUE) {
            throw new WireViolation("wire.request-flood", "asked for more than " + MAX_QUEUE + " blocks at once");
        }
        if (!queue.add(new Wanted(piece, begin, length))) {
            repeated++;
        }
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
        clear();
    }

    private void clear() {
        queue.clear();
        repeated = 0;
    }

    void end() {
        ended = true;
        clear();
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
            List<Wanted> run = neighbours();
            if (!read(link, run, trouble)) {
                return;
            }
            run.forEach(queue::remove);
            if (queue.isEmpty()) {
                repeated = 0;
            }
        }
    }

    /** What waits longest and what follows it on disk. */
    private List<Wanted> neighbours() {
        List<Wanted> run = new ArrayList<>();
        int bytes = 0;
        for (Wanted next : queue) {
            boolean neighbour = run.isEmpty() || next.piece == run.get(0).piece && next.begin == run.get(0).begin + bytes;
            if (!neighbour || bytes + next.length > StorageContext.READ_BYTES || run.size() == StorageContext.READ_BLOCKS) {
                break;
            }
            run.add(next);
            bytes += next.length;
        }
        return run;
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

    private boolean read(PeerLink link, List<Wanted> run, Trouble trouble) {
        Wanted first = run.get(0);
        int[] lengths = run.stream().mapToInt(Wanted::length).toArray();
        int granted = grant;
        boolean taken = storage.read(first.piece, first.begin, lengths, FrameEncoder.PIECE_HEAD, new TorrentStorage.ReadListener() {
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
