package org.sallyport.core.metainfo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.sallyport.core.model.RefusedException;

/** Hashes the pieces of a source on all cores. The caller's thread waits, reports progress and watches for a cancel. */
final class PieceHashing {
    private static final int CHUNK = 256 << 10;
    private static final int MAX_THREADS = 16;
    private static final long REPORT_MILLIS = 100;
    private static final long STOP_SECONDS = 5;

    private final AuthorSource source;
    private final int pieceLength;
    private final Supplier<MessageDigest> sha1;
    private final long[] offsets;
    private final byte[] hashes;
    private final AtomicInteger nextPiece = new AtomicInteger();
    private final LongAdder hashedBytes = new LongAdder();
    private volatile boolean stopped;

    PieceHashing(AuthorSource source, int pieceLength, Supplier<MessageDigest> sha1) {
        this.source = source;
        this.pieceLength = pieceLength;
        this.sha1 = sha1;
        this.offsets = new long[source.items().size()];
        long offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            offset += source.items().get(i).size();
        }
        this.hashes = new byte[Math.toIntExact((source.totalBytes() + pieceLength - 1) / pieceLength * Metainfo.HASH_BYTES)];
    }

    /** SHA-1 of every piece, one after another. */
    byte[] run(DoubleConsumer progress, BooleanSupplier cancelled) throws RefusedException, IOException {
        int threads = Math.min(Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS), hashes.length / Metainfo.HASH_BYTES);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(this::hashOrStopAll));
            }
            for (Future<?> worker : running) {
                await(worker, progress, cancelled);
            }
            return hashes;
        } finally {
            stopped = true;
            workers.shutdown();
            awaitEnd(workers);
        }
    }

    /** A worker notices {@code stopped} after one chunk; then no file of the source is open any more. */
    private static void awaitEnd(ExecutorService workers) {
        try {
            workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An interrupt of the caller's thread is a cancel, too; it stays set. */
    static void throwIfCancelled(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException();
        }
    }

    private void await(Future<?> worker, DoubleConsumer progress, BooleanSupplier cancelled) throws RefusedException, IOException {
        while (true) {
            throwIfCancelled(cancelled);
            progress.accept((double) hashedBytes.sum() / source.totalBytes());
            try {
                worker.get(REPORT_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillRunning) {
                // report again
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    private static IOException failure(Throwable cause) throws RefusedException {
        if (cause instanceof RefusedException refused) {
            throw refused;
        }
        return cause instanceof IOException io ? io : new IOException("hashing failed", cause);
    }

    /** One worker that fails ends the others, too. */
    private Void hashOrStopAll() throws RefusedException, IOException {
        boolean done = false;
        try {
            hashPieces();
            done = true;
        } finally {
            if (!done) {
                stopped = true;
            }
        }
        return null;
    }

    private void hashPieces() throws RefusedException, IOException {
        int pieces = hashes.length / Metainfo.HASH_BYTES;
        MessageDigest digest = sha1.get();
        try (Reader reader = new Reader()) {
            for (int piece = nextPiece.getAndIncrement(); piece < pieces && !stopped; piece = nextPiece.getAndIncrement()) {
                long from = (long) piece * pieceLength;
                reader.feed(digest, from, Math.min(from + pieceLength, source.totalBytes()));
                // each worker writes its own ranges; the futures make them visible to the caller
                System.arraycopy(digest.digest(), 0, hashes, piece * Metainfo.HASH_BYTES, Metainfo.HASH_BYTES);
            }
        }
    }

    /** Reads ranges of the source as if its files lay end to end. One per worker. */
    private final class Reader implements AutoCloseable {
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(Math.min(CHUNK, pieceLength));
        private int open = -1;
        private FileChannel channel;

        void feed(MessageDigest digest, long from, long to) throws RefusedException, IOException {
            long at = from;
            int item = itemAt(from);
            while (at < to && !stopped) {
                long end = Math.min(to, offsets[item] + source.items().get(item).size());
                if (at == end) {
                    item++;
                    continue;
                }
                chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
                if (channel(item).read(chunk, at - offsets[item]) <= 0) {
                    throw AuthorSource.changed(source.items().get(item));
                }
                chunk.flip();
                hashedBytes.add(chunk.remaining());
                at += chunk.remaining();
                digest.update(chunk);
            }
        }

        private int itemAt(long position) {
            int low = 0;
            int high = offsets.length - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (offsets[middle] <= position) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        private FileChannel channel(int item) throws IOException {
            if (open != item) {
                close();
                channel = FileChannel.open(source.items().get(item).file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                open = item;
            }
            return channel;
        }

        @Override
        public void close() throws IOException {
            if (open >= 0) {
                open = -1;
                channel.close();
            }
        }
    }
}
