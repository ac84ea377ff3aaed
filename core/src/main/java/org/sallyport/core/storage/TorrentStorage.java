package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One torrent on disk. Segments of pieces come in on the network thread and are written and hashed on disk threads
 * while they are still in the processor's cache; answers go back to the network thread. Reads for upload pass the gate.
 */
public final class TorrentStorage {
    private static final Logger LOG = LoggerFactory.getLogger(TorrentStorage.class);
    /** What peers ask for and blame is laid on (BEP 3). */
    public static final int BLOCK = 16 << 10;

    private final Metainfo metainfo;
    private final StorageContext context;
    private final TorrentFiles files;
    private final ShareGate gate = new ShareGate();
    private final Intake intake;

    public TorrentStorage(Metainfo metainfo, Layout layout, StorageContext context) {
        this.metainfo = metainfo;
        this.context = context;
        this.files = new TorrentFiles(metainfo, layout, context.files());
        this.intake = new Intake(metainfo, files, context, Math.min(metainfo.pieceLength(), SegmentPool.MAX_SEGMENT));
    }

    public ShareGate gate() {
        return gate;
    }

    TorrentFiles files() {
        return files;
    }

    /** Bytes of a whole segment; the last one of a piece may be shorter. */
    public int segmentBytes() {
        return intake.segmentBytes();
    }

    public int segmentCount(int piece) {
        return intake.segmentCount(piece);
    }

    /** A buffer for one segment, limited to that segment's length; empty when memory is used up for now. */
    public Optional<ByteBuffer> takeSegment(int piece, int segment) {
        int length = intake.segmentBytes(piece, segment);
        return context.segments().take(intake.segmentBytes()).map(buffer -> buffer.limit(length));
    }

    /** Bytes of segments that can be taken now, by whatever torrent. */
    public long segmentBytesLeft() {
        return context.segments().leftBytes();
    }

    /** Gives a segment back that will not be stored. */
    public void giveSegment(ByteBuffer buffer) {
        context.segments().give(buffer);
    }

    /** Writes a full segment; it belongs to the storage from now on. When it was the last of its piece, the piece is judged. */
    public void store(int piece, int segment, ByteBuffer data, StoreListener listener) {
        intake.store(piece, segment, data, listener);
    }

    /** Forgets what was stored of an unfinished piece: it will be fetched anew. */
    public void abandon(int piece) {
        intake.abandon(piece);
    }

    /** SHA-1 of each block of a piece as it is on disk; told on the network thread, an empty list if it cannot be read. */
    public CompletableFuture<List<Bytes>> blockHashes(int piece) {
        CompletableFuture<List<Bytes>> answer = new CompletableFuture<>();
        context.threads().forPiece(piece).execute(() -> {
            List<Bytes> hashes = List.of();
            try {
                hashes = intake.hashBlocks(piece);
            } catch (StorageException e) {
                // the next read or write of this torrent reports the disk
            }
            List<Bytes> result = hashes;
            onLoop(() -> answer.complete(result));
        });
        return answer;
    }

    /**
     * Keeps no file open any more, once what is under way is done: who takes a torrent off the list or pauses it may want to delete or move
     * its files.
     * The next use opens them again. @param sync what was written is brought to the medium before, so that nothing has to be opened for that later
     */
    public void release(boolean sync) {
        context.threads().piecesSettled().thenRunAsync(() -> {
            if (sync) {
                try {
                    files.sync();
                } catch (StorageException e) {
                    LOG.debug("not synchronised before closing; whoever saves the progress tries again and tells", e);
                }
            }
            files.forgetAll();
        }, context.threads().housekeeping());
    }

    /**
     * Lets the next read find the files that are there by then: a file kept open is still read after it was deleted or replaced. Disk
     * threads only.
     */
    void closeFiles() {
        files.forgetAll();
    }

    /** Reads a part of a piece from disk, as much as the buffer takes. Waits for the disk; disk threads only. */
    void readBack(int piece, int begin, ByteBuffer into) throws StorageException {
        files.read(piece, begin, into);
    }

    /** Told of a read for upload, on the network thread. */
    public interface ReadListener {
        /** @param data the blocks, each behind its head, from position 0 to the limit; give it back with {@link #giveRead} */
        void read(ByteBuffer data);

        /** The gate was shut, or the disk failed. */
        void readFailed(StorageException trouble);
    }

    /**
     * Reads for upload, if the gate is open when the read happens and still when its bytes are handed over.
     * @param lengths of 1..{@link StorageContext#READ_BLOCKS} blocks that lie one after another within the piece;
     *                {@link StorageContext#READ_BYTES} together at most
     * @param head    0..{@link StorageContext#MAX_HEAD} bytes that are left free before each block
     * @return false when too many reads are under way; ask again later
     */
    public boolean read(int piece, int begin, int[] lengths, int head, ReadListener listener) {
        Optional<ByteBuffer> taken = context.reads().take(StorageContext.READ_BUFFER);
        if (taken.isEmpty()) {
            return false;
        }
        int heads = lengths.length * head;
        ByteBuffer buffer = taken.get().limit(heads + Arrays.stream(lengths).sum()).position(heads);
        context.threads().readers().execute(() -> {
            try {
                if (!gate.isOpen()) {
                    throw notShared();
                }
                readShared(piece, begin, buffer);
                spread(buffer.position(0), lengths, head);
                onLoop(() -> deliver(buffer, listener));
            } catch (StorageException e) {
                context.reads().give(buffer);
                boolean news = e.getCause() instanceof BreachException && gate.shutItself();
                onLoop(() -> {
                    listener.readFailed(e);
                    if (news) {
                        gate.tellBreach((BreachException) e.getCause());
                    }
                });
            }
        });
        return true;
    }

    /** Whatever goes wrong, the buffer comes back: all peers share the pool. */
    private void readShared(int piece, int begin, ByteBuffer buffer) throws StorageException {
        try {
            files.readShared(piece, begin, buffer, gate);
        } catch (RuntimeException e) {
            LOG.error("reading for upload failed", e);
            throw new StorageException(StorageException.Kind.BROKEN,
                    "Something unexpected happened while reading; the log has the details (" + e + ").", e);
        }
    }

    /** One read and a move within the processor's cache cost less than a read for each block, or a message for each on the way out. */
    private static void spread(ByteBuffer buffer, int[] lengths, int head) {
        int from = lengths.length * head;
        int to = 0;
        for (int length : lengths) {
            to += head;
            buffer.put(to, buffer, from, length);
            from += length;
            to += length;
        }
    }

    /** The gate may have been shut while the disk was read. */
    private void deliver(ByteBuffer buffer, ReadListener listener) {
        if (gate.isOpen()) {
            listener.read(buffer);
        } else {
            context.reads().give(buffer);
            listener.readFailed(notShared());
        }
    }

    private static StorageException notShared() {
        return new StorageException(StorageException.Kind.DENIED, "This torrent is not shared now.");
    }

    public void giveRead(ByteBuffer buffer) {
        context.reads().give(buffer);
    }

    private void onLoop(Runnable news) {
        Executor loop = context.loop();
        loop.execute(news);
    }

    Metainfo metainfo() {
        return metainfo;
    }

    StorageContext context() {
        return context;
    }
}
