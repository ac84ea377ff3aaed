package org.sallyport.core.screening;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * How much is spent on looking into one archive and the archives in it, and what the antivirus program spends. The first is a limit that ends the
 * look; beyond the second nothing is called clean. One thread.
 */
final class ArchiveBudget {
    static final int MOST_DEPTH = 3;
    static final int MOST_ENTRIES = 20_000;
    private static final long MOST_BYTES = 4L << 30;
    private static final long MOST_SECONDS = 60;
    /** A gigabyte of zeros shrinks a thousand times; nothing that people share shrinks a hundred times and is large. */
    private static final int BOMB_RATIO = 200;
    private static final long BOMB_BYTES = 256L << 20;

    private final Findings findings;
    private final Scanner.Reach reach;
    private final Runnable stillWanted;
    private final long fileBytes;
    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    private long inflated;
    private int entries;
    private boolean beyondReach;
    private boolean bomb;

    /** @param fileBytes size of the outermost archive; @param stillWanted throws when it is not */
    ArchiveBudget(Findings findings, Scanner.Reach reach, long fileBytes, Runnable stillWanted) {
        this.findings = findings;
        this.reach = reach;
        this.fileBytes = fileBytes;
        this.stillWanted = stillWanted;
        spend(0, 0);
    }

    /** One more entry. @throws LimitException if that is too many */
    void entry(int depth) throws LimitException {
        entries++;
        if (entries > MOST_ENTRIES) {
            throw new LimitException("It holds more than " + MOST_ENTRIES + " files, so not all of them were looked at.");
        }
        if (!reach.alerts() && (entries > reach.files() || depth > reach.depth())) {
            beyond();
        }
    }

    /** Whether contents of further entries need not be read to the end: clean is out of reach anyway. */
    boolean isBeyondReach() {
        return beyondReach;
    }

    InputStream metered(InputStream in) {
        return new Metered(in);
    }

    private void spend(int bytes, long ofEntry) {
        inflated += bytes;
        if (!reach.alerts() && (fileBytes + inflated > reach.totalBytes() || ofEntry > reach.fileBytes())) {
            beyond();
        }
        if (!bomb && inflated > BOMB_BYTES && inflated / BOMB_RATIO > fileBytes) {
            bomb = true;
            findings.suspicious("It is small and unpacks to more than " + (inflated >> 20) + " MiB, as if it were made to fill a disk.");
        }
    }

    private void beyond() {
        beyondReach = true;
        findings.incomplete("Unpacked it is more than ClamAV looks at here. Raise MaxScanSize, MaxFileSize, MaxFiles or MaxRecursion "
                + "in its configuration or have it alert (AlertExceedsMax yes), then scan again.");
    }

    private void check() throws LimitException {
        stillWanted.run();
        if (bomb || inflated > MOST_BYTES) {
            throw new LimitException("It unpacks to so much that not all of it was looked at.");
        }
        if (System.nanoTime() - end > 0) {
            throw new LimitException("Looking into it took more than " + MOST_SECONDS + " seconds and was given up.");
        }
    }

    /** Counts every byte that comes out of an entry. */
    private final class Metered extends FilterInputStream {
        private long passed;

        Metered(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            check();
            int read = super.read(into, offset, length);
            if (read > 0) {
                passed += read;
                spend(read, passed);
            }
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            byte[] waste = new byte[8192];
            int read = read(waste, 0, (int) Math.min(waste.length, bytes));
            return Math.max(read, 0);
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() { }
    }

    /** Enough was spent. The message is a sentence for a person. */
    static final class LimitException extends IOException {
        LimitException(String message) {
            super(message);
        }
    }
}
