package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.sallyport.core.storage.TorrentStorage;

/** A piece being fetched: which blocks are asked of how many peers, arriving or here, and from whom each came. */
final class ActivePiece {
    static final int BLOCK = TorrentStorage.BLOCK;

    private static final byte FREE = 0;
    private static final byte ASKED = 1;
    private static final byte ARRIVING = 2;
    private static final byte HERE = 3;

    /** Who sends blocks: one and the same object as long as it is connected. */
    interface Source {
        Origin origin();
    }

    /** Who sent something, told also when it is gone. */
    sealed interface Origin {
        record Host(InetAddress address) implements Origin { }

        record WebServer(String url) implements Origin { }
    }

    final int piece;
    private final int bytes;
    private final byte[] state;
    private final byte[] askedTimes;
    private final Source[] from;
    private final ByteBuffer[] segments;
    private final int[] segmentMissing;
    private final int blocksPerSegment;
    /** After a failed hash the piece is fetched from one peer only, so that a second failure names the liar. */
    final boolean suspect;
    private Optional<Source> owner = Optional.empty();
    private int free;
    private int firstFree;
    private int lastAskedAgain = -1;
    private boolean dead;

    ActivePiece(int piece, int bytes, int segmentBytes, boolean suspect) {
        this.piece = piece;
        this.bytes = bytes;
        this.suspect = suspect;
        int blocks = (bytes + BLOCK - 1) / BLOCK;
        state = new byte[blocks];
        askedTimes = new byte[blocks];
        from = new Source[blocks];
        blocksPerSegment = segmentBytes / BLOCK;
        segments = new ByteBuffer[(blocks + blocksPerSegment - 1) / blocksPerSegment];
        segmentMissing = new int[segments.length];
        for (int i = 0; i < segments.length; i++) {
            segmentMissing[i] = Math.min(blocksPerSegment, blocks - i * blocksPerSegment);
        }
        free = blocks;
    }

    int blocks() {
        return state.length;
    }

    int blockBytes(int block) {
        return Math.min(BLOCK, bytes - block * BLOCK);
    }

    boolean hasFree() {
        return free > 0;
    }

    /** Finished, failed or given up: blocks that still arrive for it are thrown away. */
    boolean dead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    boolean mayAsk(Source peer) {
        return !suspect || owner.isEmpty() || owner.get() == peer;
    }

    boolean ownedBy(Source peer) {
        return owner.isPresent() && owner.get() == peer;
    }

    /** The first block nobody was asked for. Only when {@link #hasFree()}. */
    int nextFree() {
        while (state[firstFree] != FREE) {
            firstFree++;
        }
        return firstFree;
    }

    /** A block asked of others, fewer than {@code times} times and not of this queue's peer, for the end of a download; −1 when there is none. */
    int nextAsked(int times, RequestQueue queue) {
        BitSet own = queue.blocksOf(this);
        for (int i = 0; i < state.length; i++) {
            int block = (lastAskedAgain + 1 + i) % state.length; // goes round, so that no block is looked at again and again
            if (state[block] == ASKED && askedTimes[block] < times && !own.get(block)) {
                lastAskedAgain = block;
                return block;
            }
        }
        return -1;
    }

    boolean isFree(int block) {
        return state[block] == FREE;
    }

    int segmentOf(int block) {
        return block / blocksPerSegment;
    }

    boolean hasBuffer(int segment) {
        return segments[segment] != null;
    }

    void buffer(int segment, ByteBuffer buffer) {
        segments[segment] = buffer;
    }

    void asked(int block, Source peer) {
        if (state[block] == FREE) {
            state[block] = ASKED;
            free--;
        }
        askedTimes[block]++;
        if (suspect) {
            owner = Optional.of(peer);
        }
    }

    /** A peer will not send a block after all. @return whether it became free */
    boolean notComing(int block) {
        askedTimes[block]--;
        if (state[block] == ASKED && askedTimes[block] == 0) {
            freeAgain(block);
            return true;
        }
        return false;
    }

    private void freeAgain(int block) {
        state[block] = FREE;
        free++;
        firstFree = Math.min(firstFree, block);
    }

    /** Where an asked block goes, or empty if somebody else is sending it or it is here. */
    Optional<ByteBuffer> arrives(int block) {
        askedTimes[block]--;
        if (dead || state[block] != ASKED && state[block] != FREE) {
            return Optional.empty();
        }
        if (state[block] == FREE) {
            free--;
        }
        state[block] = ARRIVING;
        int begin = block % blocksPerSegment * BLOCK;
        return Optional.of(segments[segmentOf(block)].slice(begin, blockBytes(block)));
    }

    /** The sender vanished in the middle of a block. */
    void cutOff(int block) {
        if (state[block] == ARRIVING) {
            if (askedTimes[block] > 0) {
                state[block] = ASKED;
            } else {
                freeAgain(block);
            }
        }
    }

    /** A block is here. @return whether others were asked for it too */
    boolean here(int block, Source sender) {
        state[block] = HERE;
        from[block] = sender;
        segmentMissing[segmentOf(block)]--;
        return askedTimes[block] > 0;
    }

    /** The buffer of a segment whose last block came, handed over; empty while blocks are missing. */
    Optional<ByteBuffer> fullSegment(int segment) {
        if (segmentMissing[segment] > 0) {
            return Optional.empty();
        }
        ByteBuffer full = segments[segment];
        segments[segment] = null;
        return Optional.of(full);
    }

    /** A block of it is being written to its buffer, which must stay. */
    boolean arriving() {
        for (byte block : state) {
            if (block == ARRIVING) {
                return true;
            }
        }
        return false;
    }

    /** Nothing of it has come, and nothing comes at this moment. */
    boolean untouched() {
        for (byte block : state) {
            if (block == ARRIVING || block == HERE) {
                return false;
            }
        }
        return true;
    }

    /** Nothing of it is under way. */
    boolean idle() {
        for (int block = 0; block < state.length; block++) {
            if (state[block] == ARRIVING || askedTimes[block] > 0) {
                return false;
            }
        }
        return true;
    }

    boolean holdsBuffers() {
        return heldBytes() > 0;
    }

    /** Bytes of the buffers it has. */
    long heldBytes() {
        long held = 0;
        for (ByteBuffer segment : segments) {
            held += segment == null ? 0 : segment.capacity();
        }
        return held;
    }

    /** All is here and handed over. */
    boolean handedOver() {
        for (int missing : segmentMissing) {
            if (missing > 0) {
                return false;
            }
        }
        return true;
    }

    /** The buffers still held, taken away from the piece. */
    ByteBuffer[] takeBuffers() {
        ByteBuffer[] held = Arrays.stream(segments).filter(s -> s != null).toArray(ByteBuffer[]::new);
        Arrays.fill(segments, null);
        return held;
    }

    Source sender(int block) {
        return from[block];
    }
}
