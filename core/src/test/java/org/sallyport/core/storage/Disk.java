package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.testkit.LoopQueue;
import org.sallyport.core.testkit.SampleTorrent;

/** A torrent's storage over a real folder, with the test's thread as the network thread. */
final class Disk implements AutoCloseable {
    final SampleTorrent torrent;
    final Layout layout;
    final LoopQueue loop = new LoopQueue();
    final DiskThreads threads;
    final OpenFiles files = new OpenFiles(4);
    final SegmentPool segments = new SegmentPool(16 << 20);
    final SegmentPool reads = new SegmentPool(64L * StorageContext.READ_BUFFER);
    final TorrentStorage storage;
    final FileMoves moves;
    final Heard heard = new Heard();

    /** What the storage told. */
    static final class Heard implements StoreListener {
        final List<Integer> verified = new ArrayList<>();
        final Map<Integer, List<Bytes>> failed = new HashMap<>();
        final List<StorageException> troubles = new ArrayList<>();
        int freed;

        @Override
        public void pieceVerified(int piece) {
            verified.add(piece);
        }

        @Override
        public void pieceFailed(int piece, List<Bytes> blockHashes) {
            failed.put(piece, blockHashes);
        }

        @Override
        public void storeTrouble(int piece, StorageException trouble) {
            troubles.add(trouble);
        }

        @Override
        public void segmentFreed() {
            freed++;
        }
    }

    Disk(SampleTorrent torrent, Path folder) {
        this(torrent, folder, new DiskThreads(2));
    }

    Disk(SampleTorrent torrent, Path folder, DiskThreads threads) {
        this.torrent = torrent;
        this.threads = threads;
        layout = new Layout(torrent.metainfo(), folder, torrent.metainfo().name());
        storage = new TorrentStorage(torrent.metainfo(), layout, new StorageContext(loop, threads, files, segments, reads));
        moves = new FileMoves(storage, layout);
    }

    FileEntry file(int index) {
        return torrent.metainfo().files().get(index);
    }

    /** Stores one segment of a piece whose bytes are {@code bytes}, and does not wait. */
    void send(int piece, int segment, byte[] bytes) {
        ByteBuffer buffer = storage.takeSegment(piece, segment).orElseThrow();
        buffer.put(bytes, segment * storage.segmentBytes(), buffer.limit());
        storage.store(piece, segment, buffer, heard);
    }

    /** Stores segments in the given order and waits until all are through. */
    void store(int piece, byte[] bytes, int... order) {
        int before = heard.freed;
        for (int segment : order) {
            send(piece, segment, bytes);
        }
        loop.runUntil(() -> heard.freed == before + order.length);
    }

    void storePiece(int piece) {
        int[] order = new int[storage.segmentCount(piece)];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        store(piece, torrent.piece(piece), order);
    }

    void storeAll() {
        for (int piece = 0; piece < torrent.metainfo().pieceCount(); piece++) {
            storePiece(piece);
        }
    }

    void releaseAll() throws StorageException {
        moves.sync();
        for (FileEntry file : torrent.metainfo().files()) {
            if (!file.pad()) {
                moves.release(file);
            }
        }
    }

    BitSet check() {
        BitSet all = new BitSet();
        all.set(0, torrent.metainfo().pieceCount());
        return finish(new Checker(storage, all).start());
    }

    <T> T finish(CompletableFuture<T> future) {
        loop.runUntil(future::isDone);
        return future.join();
    }

    @Override
    public void close() throws IOException {
        threads.close();
        files.close();
    }
}
