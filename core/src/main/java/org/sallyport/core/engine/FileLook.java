package org.sallyport.core.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.screening.ScreenRequest;
import org.sallyport.core.screening.Screened;
import org.sallyport.core.storage.FileNote;
import org.sallyport.core.storage.Origin;
import org.sallyport.core.storage.StorageException;

/**
 * One file on its way through screening, step by step; each runs where it may wait, and the caller goes on from its future. What leaves
 * quarantine is what was looked at: a file that changes in between is not released.
 */
final class FileLook {
    private final FileEntry file;
    private final TorrentFiles files;
    private final Services services;
    private final ReleaseStep.Listener steps;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicLong answered = new AtomicLong();

    /** @param seen what the file was before it was looked at */
    record Looked(FileNote seen, Screened screened) { }

    FileLook(FileEntry file, TorrentFiles files, Services services) {
        this.file = file;
        this.files = files;
        this.services = services;
        this.steps = services.surroundings().screening().steps();
    }

    FileEntry file() {
        return file;
    }

    /** What is being looked at counts for nothing any more. */
    void cancel() {
        cancelled.set(true);
    }

    boolean cancelled() {
        return cancelled.get();
    }

    private Executor disk() {
        return services.disk().threads().housekeeping();
    }

    /** All of it on the medium. */
    CompletableFuture<FileNote> ready() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                FileNote seen = files.moves().ready(file);
                steps.reached(ReleaseStep.READY);
                return seen;
            } catch (StorageException e) {
                throw new CompletionException(e);
            }
        }, disk());
    }

    /** May take long; {@link #cancel} ends it soon. @param word what was said of it @param intent what it was fetched for */
    CompletableFuture<Looked> screen(FileNote seen, AuthorsWord word, Intent intent) {
        ScreenRequest request = new ScreenRequest(files.layout().place(file.index()), file.path(), intent);
        return services.screening().screen(request, done -> !cancelled.get()).whenComplete((screened, failure) -> answered.set(System.nanoTime()))
                .thenApplyAsync(screened -> {
                    steps.reached(ReleaseStep.SCREENED);
                    return new Looked(seen, files.moves().isStill(file, seen) ? word.compared(file, screened) : changed(services.clock()));
                }, disk());
    }

    /** Milliseconds since what was found was known. */
    long millisSinceAnswer() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - answered.get());
    }

    private static Screened changed(Clock clock) {
        return new Screened(Verdict.notScanned("Something else changed it while it was looked at. It is looked at again."), "", clock.instant(), "",
                Instant.EPOCH, true);
    }

    /**
     * Out of quarantine, marked as from outside. Its verdict must be kept.
     * @param seen before it was looked at @return false if the mark could not be kept there
     */
    CompletableFuture<Boolean> release(FileNote seen, Origin origin) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                steps.reached(ReleaseStep.DECIDED);
                if (!files.moves().isStill(file, seen)) {
                    throw new StorageException(StorageException.Kind.CHANGED,
                            "\"" + file.path() + "\" was changed in quarantine after it was looked at. It is looked at again.");
                }
                boolean marked = files.moves().mark(file, origin);
                steps.reached(ReleaseStep.MARKED);
                files.moves().release(file);
                steps.reached(ReleaseStep.MOVED);
                return marked;
            } catch (StorageException e) {
                throw new CompletionException(e);
            }
        }, disk());
    }

    /** Back behind the door, if it was out. Its verdict must be kept. */
    CompletableFuture<Boolean> keep() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                steps.reached(ReleaseStep.DECIDED);
                files.moves().takeBack(file);
                steps.reached(ReleaseStep.MOVED);
                return true;
            } catch (StorageException e) {
                throw new CompletionException(e);
            }
        }, disk());
    }

    /** Nothing of it is left in quarantine. */
    CompletableFuture<Boolean> destroy() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                files.moves().destroy(file);
                return true;
            } catch (StorageException e) {
                throw new CompletionException(e);
            }
        }, disk());
    }
}
