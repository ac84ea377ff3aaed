package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.storage.TorrentStorage;

/** The pieces that are being fetched: which blocks of them nobody was asked for, and the memory in which they arrive. Network thread only. */
final class PiecesUnderWay {
    private final Metainfo metainfo;
    private final TorrentStorage storage;
    private final PiecePicker picker;
    private final Map<Integer, ActivePiece> active = new HashMap<>();
    /** Active pieces with blocks nobody was asked for. */
    private final List<ActivePiece> open = new ArrayList<>();
    private final MemoryShare share = new MemoryShare();
    private boolean memoryShort;

    PiecesUnderWay(Metainfo metainfo, TorrentStorage storage, PiecePicker picker) {
        this.metainfo = metainfo;
        this.storage = storage;
        this.picker = picker;
    }

    /** Not to be kept: it changes. */
    Collection<ActivePiece> all() {
        return active.values();
    }

    /** Those with blocks nobody was asked for; not to be kept either. */
    List<ActivePiece> open() {
        return open;
    }

    /** Empty when it was given up, or is done with. */
    Optional<ActivePiece> find(int number) {
        return Optional.ofNullable(active.get(number));
    }

    /** No buffer could be had lately: only blocks whose buffer is there are of use. */
    boolean memoryShort() {
        return memoryShort;
    }

    /** It is to be tried again. @return whether it was short */
    boolean takeMemoryShort() {
        boolean was = memoryShort;
        memoryShort = false;
        return was;
    }

    /** How many blocks of one peer there is memory for. */
    int mostOfOnePeer() {
        return share.most();
    }

    /** Divides the memory anew. @param peers those that are asked for blocks */
    void share(List<Peer> peers) {
        long held = active.values().stream().mapToLong(ActivePiece::heldBytes).sum();
        share.divide(storage.segmentBytesLeft() + held, peers.stream().mapToInt(peer -> peer.requests.wanted()).toArray());
    }

    /** @param suspect it must come whole from one sender */
    ActivePiece begin(int number, boolean suspect) {
        ActivePiece piece = new ActivePiece(number, metainfo.pieceBytes(number), storage.segmentBytes(), suspect);
        active.put(number, piece);
        open.add(piece);
        return piece;
    }

    /** Takes memory for a block and notes who is asked for it. @return false when memory is short */
    boolean reserve(ActivePiece piece, int block, ActivePiece.Source source) {
        int segment = piece.segmentOf(block);
        if (!piece.hasBuffer(segment)) {
            Optional<ByteBuffer> buffer = storage.takeSegment(piece.piece, segment);
            if (buffer.isEmpty()) {
                memoryShort = true;
                return false;
            }
            piece.buffer(segment, buffer.get());
        }
        piece.asked(block, source);
        if (!piece.hasFree()) {
            open.remove(piece);
        }
        return true;
    }

    /** A block does not come from whom it was asked of. */
    void takeBack(ActivePiece piece, int block) {
        if (!piece.dead() && piece.notComing(block)) {
            reopen(piece);
        }
    }

    /** The sender is gone in the middle of a block. */
    void cutOff(ActivePiece piece, int block) {
        if (!piece.dead()) {
            piece.cutOff(block);
            reopen(piece);
        }
    }

    private void reopen(ActivePiece piece) {
        if (piece.hasFree() && !open.contains(piece)) {
            open.add(piece);
        }
    }

    /** A piece that must come whole from this one sender will not: it begins anew with another. */
    void disown(ActivePiece.Source sender) {
        for (ActivePiece piece : List.copyOf(active.values())) {
            if (piece.ownedBy(sender) && !piece.handedOver()) {
                drop(piece);
            }
        }
    }

    /** Gives a piece up: what came of it is lost, and it can be started again. */
    void drop(ActivePiece piece) {
        bury(piece);
        storage.abandon(piece.piece);
        picker.giveUp(piece.piece);
    }

    /** It is done with, whatever came of it. */
    void bury(ActivePiece piece) {
        piece.die();
        active.remove(piece.piece, piece);
        open.remove(piece);
        for (ByteBuffer buffer : piece.takeBuffers()) {
            storage.giveSegment(buffer);
        }
    }

    /** Ends everything under way. */
    void dropAll() {
        for (ActivePiece piece : List.copyOf(active.values())) {
            drop(piece);
        }
    }

    /** One that nobody here can finish now, so that its memory serves another. */
    void dropIdle() {
        active.values().stream().filter(piece -> piece.holdsBuffers() && piece.idle()).findFirst().ifPresent(this::drop);
    }
}
