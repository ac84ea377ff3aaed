package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** How much room is left where downloads go, looked up now and then on a disk thread. Any thread. */
final class FreeSpace {
    private static final long STALE = TimeUnit.SECONDS.toNanos(5);

    private final Supplier<Path> folder;
    private final ExecutorService diskThread;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long bytes = -1;
    private volatile long lookedNanos = System.nanoTime() - STALE;

    FreeSpace(Supplier<Path> folder, ExecutorService diskThread) {
        this.folder = folder;
        this.diskThread = diskThread;
    }

    /** As last seen; −1 when unknown. Looks again in the background when that was a while ago. */
    long bytes() {
        if (System.nanoTime() - lookedNanos > STALE && looking.compareAndSet(false, true)) {
            diskThread.execute(this::look);
        }
        return bytes;
    }

    private void look() {
        try {
            Path there = folder.get();
            while (there.getParent() != null && !Files.exists(there)) {
                there = there.getParent();
            }
            bytes = Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            bytes = -1;
        } finally {
            lookedNanos = System.nanoTime();
            looking.set(false);
        }
    }
}
