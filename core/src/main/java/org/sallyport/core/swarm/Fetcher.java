package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
    private final PiecesUnderWay pieces;

    Fetcher(Swarm swarm, Metainfo metainfo, TorrentStorage storage, PiecePicker picker, Blame blame) {
        this.swarm = swarm;
        this.metainfo = metainfo;
        this.storage = storage;
        this.picker = picker;
        this.blame = blame;
        this.pieces = new PiecesUnderWay(metainfo, storage, picker);
    }

    PiecePicker picker() {
        return picker;
    }

    /** What is under way, whoever sends it. */
    PiecesUnderWay pieces() {
        return pieces;
    }

    /** Asks a peer for blocks until its queue is as deep as it should be. */
    void fill(Peer peer) {
        if (!peer.mayBeAsked() || !swarm.running()) {
            return;
        }
        int room = Math.min(peer.requests.room(), pieces.mostOfOnePeer() - peer.requests.size());
        // in batches: one message in sixteen turns of the loop costs less than sixteen
        if (room < Math.min(8, peer.requests.size() / 4)) {
            return;
        }
        boolean idleBefore = peer.requests.size() == 0;
        boolean shortBefore = pieces.memoryShort();
        while (room-- > 0 && askOne(peer)) {
            if (idleBefore) {
                long now = System.nanoTime();
                peer.askedAfterSilence(now);
                peer.requests.askedFirst(now);
                idleBefore = false;
            }
        }
        if (pieces.memoryShort() && !shortBefore) {
            swarm.shareMemory();
        }
    }

    private boolean askOne(Peer peer) {
        Optional<ActivePiece> found = openPieceFor(peer);
        if (found.isPresent()) {
            ActivePiece piece = found.get();
            return ask(peer, piece, piece.nextFree());
        }
        if (pieces.memoryShort()) {
            return false; // a new piece needs a new buffer
        }
        int started = peer.barren(picker.generation()) ? -1 : start(peer);
        if (started < 0) {
            peer.isBarren(picker.generation());
        } else {
            ActivePiece piece = pieces.begin(started, blame.suspects(started));
            if (!ask(peer, piece, 0)) {
                pieces.drop(piece);
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
        for (ActivePiece piece : pieces.open()) {
            if (fits(piece, peer)) {
                peer.current(piece);
                return Optional.of(piece);
            }
        }
        return Optional.empty();
    }

    /** While memory is short only blocks whose buffer is there are of use. */
    private boolean fits(ActivePiece piece, Peer peer) {
        return piece.hasFree() && peer.givesNow(piece.piece) && piece.mayAsk(peer)
                && (!pieces.memoryShort() || piece.hasBuffer(piece.segmentOf(piece.nextFree())));
    }

    private boolean ask(Peer peer, ActivePiece piece, int block) {
        if (!pieces.reserve(piece, block, peer)) {
            return false;
        }
        peer.current(piece);
        peer.requests.add(piece, block);
        peer.link().request(piece.piece, block * ActivePiece.BLOCK, piece.blockBytes(block));
        return true;
    }

    /** A stretch of pieces that a web server is to send, at most {@code most} of them; at the end what is left of a piece. */
    Optional<WebRun> startRun(ActivePiece.Source source, int most) {
        if (!swarm.running() || pieces.memoryShort()) {
            return Optional.empty();
        }
        if (picker.allStarted()) {
            return pieces.open().stream().filter(piece -> piece.hasFree() && piece.mayAsk(source)).findFirst()
                    .flatMap(piece -> run(List.of(piece), piece.nextFree(), source));
        }
        List<ActivePiece> started = new ArrayList<>();
        int number = picker.startAny();
        while (number >= 0) {
            boolean suspect = blame.suspects(number);
            started.add(pieces.begin(number, suspect));
            number = !suspect && started.size() < most && !blame.suspects(number + 1) && picker.start(number + 1) ? number + 1 : -1;
        }
        Optional<WebRun> run = run(started, 0, source);
        started.stream().filter(piece -> piece.idle()).forEach(pieces::drop); // for these there was no memory
        return run;
    }

    private Optional<WebRun> run(List<ActivePiece> stretch, int firstBlock, ActivePiece.Source source) {
        List<WebRun.Slot> slots = new ArrayList<>();
        for (ActivePiece piece : stretch) {
            int block = slots.isEmpty() ? firstBlock : 0;
            while (block < piece.blocks() && piece.isFree(block) && pieces.reserve(piece, block, source)) {
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
        for (ActivePiece piece : pieces.all()) {
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

    void rejected(Peer peer, int at) {
        ActivePiece piece = peer.requests.piece(at);
        int block = peer.requests.block(at);
        peer.requests.remove(at);
        pieces.takeBack(piece, block);
        if (piece.ownedBy(peer)) {
            pieces.disown(peer);
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
        peer.requests.drain(pieces::takeBack);
        pieces.disown(peer);
    }

    /** The connection is gone. */
    void left(Peer peer) {
        peer.takeArriving().ifPresent(piece -> pieces.cutOff(piece, peer.arrivingBlock()));
        release(peer);
    }

    /** Ends what is under way of pieces that are not wanted any more. What arrives at this moment or is on its way to the disk stays. */
    void dropUnwanted() {
        for (ActivePiece piece : List.copyOf(pieces.all())) {
            if (!picker.lacks(piece.piece) && !piece.arriving() && !piece.handedOver()) {
                swarm.cancel(piece);
                pieces.drop(piece);
            }
        }
    }

    /** Ends everything under way: the swarm stops. */
    void stop() {
        pieces.dropAll();
    }

    /**
     * Once a second. Memory is shared by all torrents: what nobody here can finish is given up, so that this torrent or
     * another can move, and what was refused for want of memory is tried again.
     * @param lonely nobody has been connected for a while
     */
    void relieve(boolean lonely) {
        boolean wasShort = pieces.takeMemoryShort();
        dropUnwanted();
        if (wasShort || lonely) {
            pieces.dropIdle();
        }
        if (wasShort) {
            swarm.fillAll();
        }
    }

    @Override
    public void segmentFreed() {
        if (pieces.takeMemoryShort()) {
            swarm.fillAll();
        }
    }

    @Override
    public void pieceVerified(int number) {
        Optional<ActivePiece> found = pieces.find(number);
        if (found.isEmpty()) {
            return; // given up meanwhile
        }
        ActivePiece piece = found.get();
        pieces.bury(piece);
        boolean lacked = picker.lacks(number);
        picker.verified(number);
        if (piece.suspect) {
            storage.blockHashes(number).thenAccept(hashes -> blame.passed(number, hashes));
        }
        swarm.verified(number, lacked);
    }

    @Override
    public void pieceFailed(int number, List<Bytes> blockHashes) {
        Optional<ActivePiece> found = pieces.find(number);
        if (found.isEmpty()) {
            return;
        }
        ActivePiece piece = found.get();
        pieces.bury(piece);
        blame.failed(piece, blockHashes);
        swarm.pieceFailed(number);
        if (swarm.running()) {
            pieces.begin(number, true);
            swarm.fillAll();
        } else {
            picker.giveUp(number);
        }
    }

    @Override
    public void storeTrouble(int number, StorageException trouble) {
        pieces.find(number).ifPresent(pieces::drop);
        swarm.storeTrouble(trouble);
    }
}
