package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.StorageException.Kind;

/** Remembers a torrent's trouble with its disk and finds out when it is over. Network thread, but for {@link #test}. */
final class TroubleWatch {
    private static final long LONGEST_WAIT = TimeUnit.MINUTES.toNanos(5);
    /** Room for what else is written meanwhile. */
    private static final long SPARE_BYTES = 4L << 20;

    private final long firstWait;
    private String sentence = "";
    private Kind kind = Kind.BROKEN;
    private long waitNanos;
    private long nextNanos;
    private volatile boolean over;
    private String before = "";
    private long recoveredNanos;
    private int recoveredVersion;

    /** @param firstWait before the first look; it doubles with each trouble that follows at once */
    TroubleWatch(Duration firstWait) {
        this.firstWait = firstWait.toNanos();
        this.waitNanos = this.firstWait;
    }

    /** @return whether it is other trouble than was known */
    boolean report(StorageException trouble, long now) {
        boolean news = !trouble.getMessage().equals(sentence);
        waitNanos = inTrouble() || !news ? Math.min(LONGEST_WAIT, waitNanos * 2) : firstWait;
        sentence = trouble.getMessage();
        kind = trouble.kind();
        nextNanos = now + (kind == Kind.DISK_FULL ? firstWait : waitNanos);
        over = false;
        return news;
    }

    boolean inTrouble() {
        return !sentence.isEmpty();
    }

    /** Empty when all is well. */
    String sentence() {
        return sentence;
    }

    /** Of the last trouble. */
    Kind kind() {
        return kind;
    }

    void clear() {
        sentence = "";
        before = "";
        waitNanos = firstWait;
    }

    /** Whether to look again now; then not for a while. */
    boolean due(long now) {
        if (!inTrouble() || now - nextNanos < 0) {
            return false;
        }
        nextNanos = now + firstWait;
        return true;
    }

    /** Looks whether it could go on. Waits for the disk. @param missingBytes still to be written */
    void test(Layout layout, List<FileEntry> files, long missingBytes) {
        try {
            Path folder = layout.folder();
            boolean usable = Files.isDirectory(folder) && Files.isWritable(folder);
            over = switch (kind) {
                case DISK_FULL -> usable && Files.getFileStore(folder).getUsableSpace() >= missingBytes + SPARE_BYTES;
                case MISSING, CHANGED -> usable && files.stream().allMatch(file -> asExpected(layout, file));
                case DENIED, BROKEN -> usable;
                case GATE -> false; // a person decides anew
            };
        } catch (IOException e) {
            over = false;
        }
    }

    private static boolean asExpected(Layout layout, FileEntry file) {
        Path place = layout.released(file.index());
        try {
            return layout.isReleased(file.index())
                    ? Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && Files.size(place) == file.size()
                    : !Files.exists(place, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return false;
        }
    }

    /** The trouble it is in, or recovered from by itself less than {@code nanos} ago without any progress since; empty when there is none. */
    String sentenceOrDoubt(long nanos, long now, int version) {
        boolean doubtful = !before.isEmpty() && version == recoveredVersion && now - recoveredNanos < nanos;
        return inTrouble() ? sentence : doubtful ? before : "";
    }

    /** After a test: whether the trouble is over; then it is forgotten, but for {@link #sentenceOrDoubt}. @param version of the torrent's progress */
    boolean recovered(long now, int version) {
        if (over && inTrouble()) {
            before = sentence;
            recoveredNanos = now;
            recoveredVersion = version;
            sentence = "";
            return true;
        }
        return false;
    }
}
