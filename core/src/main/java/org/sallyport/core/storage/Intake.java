package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segments of one torrent's pieces on their way in: written and hashed on their piece's thread, judged when the piece is whole. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Metainfo metainfo;
    private final TorrentFiles files;
    private final StorageContext context;
    private final int segmentBytes;
    private final Map<Integer, PieceHash> hashing = new ConcurrentHashMap<>();

    Intake(Metainfo metainfo, TorrentFiles files, StorageContext context, int segmentBytes) {
        this.metainfo = metainfo;
        this.files = files;
        this.context = context;
        this.segmentBytes = segmentBytes;
    }

    /** Bytes of a whole segment; the last one of a piece may be shorter. */
    int segmentBytes() {
        return segmentBytes;
    }

    int segmentBytes(int piece, int segment) {
        return Math.min(segmentBytes, metainfo.pieceBytes(piece) - segment * segmentBytes);
    }

    int segmentCount(int piece) {
        return (metainfo.pieceBytes(piece) + segmentBytes - 1) / segmentBytes;
    }

    void store(int piece, int segment, ByteBuffer data, StoreListener listener) {
        PieceThread thread = context.threads().threadOf(piece);
        thread.executor().execute(() -> new Arrival(piece, segment, data, listener).write(thread.line()));
    }

    void abandon(int piece) {
        context.threads().forPiece(piece).execute(() -> hashing.remove(piece));
    }

    /** On its piece's thread from the write to the news. */
    private final class Arrival implements HashLine.Job {
        private final int piece;
        private final int segment;
        private final ByteBuffer data;
        private final StoreListener listener;
        private final PieceHash hash;

        Arrival(int piece, int segment, ByteBuffer data, StoreListener listener) {
            this.piece = piece;
            this.segment = segment;
            this.data = data.position(0);
            this.listener = listener;
            this.hash = hashing.computeIfAbsent(piece, p -> new PieceHash(segmentCount(p)));
        }

        void write(HashLine line) {
            try {
                files.write(piece, segment * segmentBytes, data);
                data.position(0);
            } catch (StorageException | RuntimeException | OutOfMemoryError e) {
                failed(e);
                return;
            }
            line.settle(hash);
            if (hash.stored(segment)) {
                line.add(this);
            } else {
                tell(() -> { });
            }
        }

        @Override
        public PieceHash hash() {
            return hash;
        }

        @Override
        public ByteBuffer data() {
            return data;
        }

        @Override
        public void hashed() {
            Runnable news;
            try {
                hash.hashed(index -> readBack(piece, index * segmentBytes, segmentBytes(piece, index)));
                news = hash.whole() ? judge() : () -> { };
            } catch (StorageException | RuntimeException | OutOfMemoryError e) {
                failed(e);
                return;
            }
            tell(news);
        }

        private Runnable judge() throws StorageException {
            hashing.remove(piece, hash);
            if (metainfo.matches(piece, hash.digest())) {
                return () -> listener.pieceVerified(piece);
            }
            List<Bytes> hashes = hashBlocks(piece);
            return () -> listener.pieceFailed(piece, hashes);
        }

        @Override
        public void failed(Throwable e) {
            hashing.remove(piece, hash);
            if (e instanceof StorageException trouble) {
                tell(() -> listener.storeTrouble(piece, trouble));
            } else {
                LOG.error("storing a piece failed", e);
                tell(() -> listener.storeTrouble(piece, new StorageException(StorageException.Kind.BROKEN,
                        "Something unexpected happened while writing; the log has the details (" + e + ").", e)));
            }
        }

        private void tell(Runnable news) {
            context.segments().give(data);
            context.loop().execute(() -> {
                news.run();
                listener.segmentFreed();
            });
        }
    }

    private ByteBuffer readBack(int piece, int begin, int length) throws StorageException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        files.read(piece, begin, buffer);
        return buffer.flip();
    }

    /** SHA-1 of each block of a piece as it is on disk; disk threads only. */
    List<Bytes> hashBlocks(int piece) throws StorageException {
        List<Bytes> hashes = new ArrayList<>();
        MessageDigest digest = Digests.sha1().get();
        int bytes = metainfo.pieceBytes(piece);
        for (int begin = 0; begin < bytes; begin += TorrentStorage.BLOCK) {
            digest.update(readBack(piece, begin, Math.min(TorrentStorage.BLOCK, bytes - begin)));
            hashes.add(Bytes.copyOf(digest.digest()));
        }
        return hashes;
    }
}
