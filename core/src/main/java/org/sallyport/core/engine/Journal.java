package org.sallyport.core.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedMagnet;
import org.sallyport.core.persist.SavedProgress;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.persist.SavedTraffic;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SeedTime;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.trust.TrustException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database behind its one thread: writes are queued in order and never hold up the network thread. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final StateDatabase database;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("sallyport-state"));

    Journal(StateDatabase database) {
        this.database = database;
    }

    /** Work with the database that may fail. */
    interface Work<T> {
        T with(StateDatabase database) throws PersistException, TrustException;
    }

    <T> CompletableFuture<T> run(Work<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return work.with(database);
                } catch (PersistException | TrustException e) {
                    throw new CompletionException(e);
                }
            }, thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void keep(String what, Work<Boolean> work) {
        run(work).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.error("{} could not be saved", what, failure);
            }
        });
    }

    CompletableFuture<Boolean> insert(SavedTorrent torrent) {
        return run(db -> {
            db.insert(torrent);
            return true;
        });
    }

    CompletableFuture<Boolean> insert(SavedMagnet magnet) {
        return run(db -> {
            db.insert(magnet);
            return true;
        });
    }

    void update(SavedMagnet magnet) {
        keep("the state of " + magnet.hash().shortHex(), db -> {
            db.update(magnet);
            return true;
        });
    }

    CompletableFuture<Boolean> removeMagnet(InfoHash hash) {
        return run(db -> {
            db.removeMagnet(hash);
            return true;
        });
    }

    void update(SavedTorrent torrent) {
        keep("the state of " + torrent.hash().shortHex(), db -> {
            db.update(torrent);
            return true;
        });
    }

    CompletableFuture<Boolean> update(SavedTorrent torrent, SavedEdits edits) {
        return run(db -> {
            db.update(torrent, edits);
            return true;
        });
    }

    CompletableFuture<Boolean> saveEdits(InfoHash hash, SavedEdits edits) {
        CompletableFuture<Boolean> saved = run(db -> {
            db.saveEdits(hash, edits);
            return true;
        });
        saved.exceptionally(failure -> {
            LOG.error("what was changed of {} could not be saved", hash.shortHex(), failure);
            return false;
        });
        return saved;
    }

    void saveProgress(List<SavedProgress> progress) {
        keep("progress", db -> {
            db.saveProgress(progress);
            return true;
        });
    }

    void saveSeedTimes(Map<InfoHash, SeedTime> times) {
        keep("how long torrents were offered", db -> {
            db.saveSeedTimes(times);
            return true;
        });
    }

    void saveQueue(List<InfoHash> queue) {
        keep("the queue", db -> {
            db.saveQueue(queue);
            return true;
        });
    }

    CompletableFuture<Boolean> remove(InfoHash hash) {
        return run(db -> {
            db.remove(hash);
            db.putMeta(fileNotesKey(hash), "");
            db.putMeta(newFilesKey(hash), "");
            return true;
        });
    }

    /** Done when it is kept. */
    CompletableFuture<Boolean> saveVerdict(SavedVerdict verdict) {
        return run(db -> {
            db.saveVerdict(verdict);
            return true;
        });
    }

    void removeVerdict(InfoHash hash, int file) {
        keep("that a file has no verdict", db -> {
            db.removeVerdict(hash, file);
            return true;
        });
    }

    void saveFileNotes(InfoHash hash, String notes) {
        keep("file times of " + hash.shortHex(), db -> {
            db.putMeta(fileNotesKey(hash), notes);
            return true;
        });
    }

    CompletableFuture<String> fileNotes(InfoHash hash) {
        return run(db -> db.meta(fileNotesKey(hash)));
    }

    /** The files in its folder that are not part of a share, as far as they were told of. */
    CompletableFuture<String> newFiles(InfoHash hash) {
        return run(db -> db.meta(newFilesKey(hash)));
    }

    void saveNewFiles(InfoHash hash, String files) {
        keep("new files of " + hash.shortHex(), db -> {
            db.putMeta(newFilesKey(hash), files);
            return true;
        });
    }

    private static String newFilesKey(InfoHash hash) {
        return "new." + hash.hex();
    }

    private static String fileNotesKey(InfoHash hash) {
        return "files." + hash.hex();
    }

    void saveTraffic(SavedTraffic day) {
        keep("the data use", db -> {
            db.saveTraffic(day);
            return true;
        });
    }

    /** A small text under a key of the caller's own. */
    void note(String key, String value) {
        keep(key, db -> {
            db.putMeta(key, value);
            return true;
        });
    }

    /** Ends after what is queued, within 1.5 s. */
    void close() {
        CompletableFuture<Boolean> closed = run(db -> {
            db.close();
            return true;
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1500, TimeUnit.MILLISECONDS)) {
                LOG.warn("the saved state was not closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed.exceptionally(failure -> {
            LOG.error("the saved state was not closed cleanly", failure);
            return false;
        });
    }
}
