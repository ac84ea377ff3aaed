package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.StoreListener;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.wire.MessageSink;

/** Decides what to ask of whom, gathers blocks into pieces and hands them to storage. Network thread only. */
final class Fetcher implements StoreListener {
    /** At the very end a block is asked of this many peers. */
    private static final int ENDGAME_COPIES = 3;

    private final Metainfo metainfo;
    private final TorrentStorage storage;
    private final PiecePicker picker;
    private final Swarm swarm;
    private final Blame blame;
    private final Map<Integer, ActivePiece> active = new HashMap<>();
    /** Active pieces with blocks nobody was asked for. */
    private final List<ActivePiece> open = new ArrayList<>();
    private boolean memoryShort;

    Fetcher(Swarm swarm, Metainfo metainfo, TorrentStorage storage, PiecePicker picker, Blame blame) {
        this.swarm = swarm;
        this.metainfo = metainfo;
        this.storage = storage;
        this.picker = picker;
        this.blame = blame;
    }

    PiecePicker picker() {
        return picker;
    }

    /** Asks a peer for blocks until its queue is as deep as it should be. */
    void fill(Peer peer) {
        if (!peer.mayBeAsked() || !swarm.running()) {
            return;
        }
        int room = peer.requests.room();
        // in batches: one message in sixteen turns of the loop costs less than sixteen
        if (room < Math.min(8, peer.requests.size() / 4)) {
            return;
        }
        boolean idleBefore = peer.requests.size() == 0;
        while (room-- > 0 && askOne(peer)) {
            if (idleBefore) {
                peer.askedAfterSilence(System.nanoTime());
                idleBefore = false;
            }
        }
    }

    private boolean askOne(Peer peer) {
        Optional<ActivePiece> found = openPieceFor(peer);
        if (found.isPresent()) {
            ActivePiece piece = found.get();
            return ask(peer, piece, piece.nextFree());
        }
        if (memoryShort) {
            return false; // a new piece needs a new buffer
        }
        int started = peer.barren(picker.generation()) ? -1 : start(peer);
        if (started < 0) {
            peer.isBarren(picker.generation());
        } else {
            ActivePiece piece = begin(started, blame.suspects(started));
            if (!ask(peer, piece, 0)) {
                drop(piece);
                return false;
            }
            return true;
        }
        return picker.allStarted() && askAgain(peer);
    }

    /** A piece the peer suggested, if it is as good as any other. */
    private int start(Peer peer) {
        for (int piece = peer.nextSuggestion(); piece >= 0; piece = peer.nextSuggestion()) {
            if (peer.givesNow(piece) && picker.startSuggested(piece)) {
                return piece;
            }
        }
        return picker.start(peer.askable(), peer.givesEverything());
    }

    private Optional<ActivePiece> openPieceFor(Peer peer) {
        Optional<ActivePiece> current = peer.current();
        if (current.isPresent() && !current.get().dead() && fits(current.get(), peer)) {
            return current;
        }
        for (ActivePiece piece : open) {
            if (fits(piece, peer)) {
                peer.current(piece);
                return Optional.of(piece);
            }
        }
        return Optional.empty();
    }

    /** While memory is short only blocks whose buffer is there are of use. */
    private boolean fits(ActivePiece piece, Peer peer) {
        return piece.hasFree() && peer.givesNow(piece.piece) && piece.mayAsk(peer) && (!memoryShort || piece.hasBuffer(piece.segmentOf(piece.nextFree())));
    }

    private ActivePiece begin(int number, boolean suspect) {
        ActivePiece piece = new ActivePiece(number, metainfo.pieceBytes(number), storage.segmentBytes(), suspect);
        active.put(number, piece);
        open.add(piece);
        return piece;
    }

    private boolean ask(Peer peer, ActivePiece piece, int block) {
        if (!reserve(piece, block, peer)) {
            return false;
        }
        peer.current(piece);
        peer.requests.add(piece, block);
        peer.link().request(piece.piece, block * ActivePiece.BLOCK, piece.blockBytes(block));
        return true;
    }

    /** Takes memory for a block and notes who is asked for it. @return false when memory is short */
    private boolean reserve(ActivePiece piece, int block, ActivePiece.Source source) {
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

    /** A stretch of pieces that a web server is to send, at most {@code pieces} of them; at the end what is left of a piece. */
    Optional<WebRun> startRun(ActivePiece.Source source, int pieces) {
        if (!swarm.running() || memoryShort) {
            return Optional.empty();
        }
        if (picker.allStarted()) {
            return open.stream().filter(piece -> piece.hasFree() && piece.mayAsk(source)).findFirst()
                    .flatMap(piece -> run(List.of(piece), piece.nextFree(), source));
        }
        List<ActivePiece> started = new ArrayList<>();
        int number = picker.startAny();
        while (number >= 0) {
            boolean suspect = blame.suspects(number);
            started.add(begin(number, suspect));
            number = !suspect && started.size() < pieces && !blame.suspects(number + 1) && picker.start(number + 1) ? number + 1 : -1;
        }
        Optional<WebRun> run = run(started, 0, source);
        started.stream().filter(piece -> piece.idle()).forEach(this::drop); // for these there was no memory
        return run;
    }

    private Optional<WebRun> run(List<ActivePiece> pieces, int firstBlock, ActivePiece.Source source) {
        List<WebRun.Slot> slots = new ArrayList<>();
        for (ActivePiece piece : pieces) {
            int block = slots.isEmpty() ? firstBlock : 0;
            while (block < piece.blocks() && piece.isFree(block) && reserve(piece, block, source)) {
                slots.add(new WebRun.Slot(piece, block++));
            }
            if (block < piece.blocks()) {
                break;
            }
        }
        if (slots.isEmpty()) {
            return Optional.empty();
        }
        long from = (long) slots.get(0).piece().piece * metainfo.pieceLength() + (long) firstBlock * ActivePiece.BLOCK;
        return Optional.of(new WebRun(slots, from));
    }

    /** The end of a download: everything is asked for, so the last blocks are asked of other peers too. */
    private boolean askAgain(Peer peer) {
        for (ActivePiece piece : active.values()) {
            if (piece.suspect || !peer.givesNow(piece.piece)) {
                continue;
            }
            int block = piece.nextAsked(ENDGAME_COPIES, peer.requests);
            if (block >= 0) {
                return ask(peer, piece, block);
            }
        }
        return false;
    }

    /** A block that was asked for starts to arrive. @param at its place in the peer's queue */
    ByteBuffer arrives(Peer peer, int at) {
        ActivePiece piece = peer.requests.piece(at);
        int block = peer.requests.block(at);
        peer.requests.remove(at);
        Optional<ByteBuffer> place = piece.arrives(block);
        if (place.isEmpty()) {
            peer.gotBlock(0, System.nanoTime());
            return MessageSink.DISCARD;
        }
        peer.begins(piece, block, System.nanoTime());
        return place.get();
    }

    /** The block that was arriving is here. */
    void here(Peer peer) {
        peer.takeArriving().ifPresent(piece -> {
            int block = peer.arrivingBlock();
            int bytes = piece.blockBytes(block);
            peer.gotBlock(bytes, System.nanoTime());
            here(piece, block, peer);
        });
    }

    /** A block is here, whoever sent it. */
    void here(ActivePiece piece, int block, ActivePiece.Source sender) {
        swarm.downloaded(piece.blockBytes(block));
        if (piece.dead()) {
            return;
        }
        if (piece.here(block, sender)) {
            swarm.cancelElsewhere(piece, block, sender);
        }
        int segment = piece.segmentOf(block);
        piece.fullSegment(segment).ifPresent(full -> storage.store(piece.piece, segment, full, this));
    }

    /** The sender is gone in the middle of a block. */
    void cutOff(ActivePiece piece, int block) {
        if (!piece.dead()) {
            piece.cutOff(block);
            reopen(piece);
        }
    }

    void rejected(Peer peer, int at) {
        ActivePiece piece = peer.requests.piece(at);
        int block = peer.requests.block(at);
        peer.requests.remove(at);
        takeBack(piece, block);
        if (piece.ownedBy(peer)) {
            disown(peer);
        }
    }

    /** A peer has a piece no more: what it was asked of it does not come. */
    void lost(Peer peer, int number) {
        for (int at = peer.requests.size() - 1; at >= 0; at--) {
            if (peer.requests.piece(at).piece == number) {
                peer.forgive(1); // with the fast extension it refuses each by name
                rejected(peer, at);
            }
        }
    }

    /** A silent peer's blocks go to others, and it is told so. */
    void takeOver(Peer peer) {
        for (int at = 0; at < peer.requests.size(); at++) {
            ActivePiece piece = peer.requests.piece(at);
            int block = peer.requests.block(at);
            peer.link().cancel(piece.piece, block * ActivePiece.BLOCK, piece.blockBytes(block));
        }
        release(peer);
    }

    /** Nothing more comes from this peer for now: its blocks go to others. */
    void release(Peer peer) {
        peer.forgive(peer.requests.size());
        peer.requests.drain(this::takeBack);
        disown(peer);
    }

    /** A piece that must come whole from this one peer will not: it begins anew with another. */
    void disown(ActivePiece.Source peer) {
        for (ActivePiece piece : List.copyOf(active.values())) {
            if (piece.ownedBy(peer) && !piece.handedOver()) {
                drop(piece);
            }
        }
    }

    /** The connection is gone. */
    void left(Peer peer) {
        peer.takeArriving().ifPresent(piece -> cutOff(piece, peer.arrivingBlock()));
        release(peer);
    }

    void takeBack(ActivePiece piece, int block) {
        if (!piece.dead() && piece.notComing(block)) {
            reopen(piece);
        }
    }

    private void reopen(ActivePiece piece) {
        if (piece.hasFree() && !open.contains(piece)) {
            open.add(piece);
        }
    }

    /** Gives a piece up: what came of it is lost, and it can be started again. */
    private void drop(ActivePiece piece) {
        bury(piece);
        storage.abandon(piece.piece);
        picker.giveUp(piece.piece);
    }

    /** Ends what is under way of pieces that are not wanted any more. What arrives at this moment or is on its way to the disk stays. */
    void dropUnwanted() {
        for (ActivePiece piece : List.copyOf(active.values())) {
            if (!picker.lacks(piece.piece) && !piece.arriving() && !piece.handedOver()) {
                swarm.cancel(piece);
                drop(piece);
            }
        }
    }

    private void bury(ActivePiece piece) {
        piece.die();
        active.remove(piece.piece, piece);
        open.remove(piece);
        for (ByteBuffer buffer : piece.takeBuffers()) {
            storage.giveSegment(buffer);
        }
    }

    /** Ends everything under way: the swarm stops. */
    void stop() {
        for (ActivePiece piece : List.copyOf(active.values())) {
            drop(piece);
        }
    }

    /**
     * Once a second. Memory is shared by all torrents: what nobody here can finish is given up, so that this torrent or
     * another can move, and what was refused for want of memory is tried again.
     * @param lonely nobody has been connected for a while
     */
    void relieve(boolean lonely) {
        boolean wasShort = memoryShort;
        memoryShort = false;
        dropUnwanted();
        if (wasShort || lonely) {
            active.values().stream().filter(p -> p.holdsBuffers() && p.idle()).findFirst().ifPresent(this::drop);
        }
        if (wasShort) {
            swarm.fillAll();
        }
    }

    @Override
    public void segmentFreed() {
        if (memoryShort) {
            memoryShort = false;
            swarm.fillAll();
        }
    }

    @Override
    public void pieceVerified(int number) {
        ActivePiece piece = active.get(number);
        if (piece == null) {
            return; // given up meanwhile
        }
        bury(piece);
        boolean lacked = picker.lacks(number);
        picker.verified(number);
        if (piece.suspect) {
            storage.blockHashes(number).thenAccept(hashes -> blame.passed(number, hashes));
        }
        swarm.verified(number, lacked);
    }

    @Override
    public void pieceFailed(int number, List<Bytes> blockHashes) {
        ActivePiece piece = active.get(number);
        if (piece == null) {
            return;
        }
        bury(piece);
        blame.failed(piece, blockHashes);
        swarm.pieceFailed(number);
        if (swarm.running()) {
            begin(number, true);
            swarm.fillAll();
        } else {
            picker.giveUp(number);
        }
    }

    @Override
    public void storeTrouble(int number, StorageException trouble) {
        ActivePiece piece = active.get(number);
        if (piece != null) {
            drop(piece);
        }
        swarm.storeTrouble(trouble);
    }
}
