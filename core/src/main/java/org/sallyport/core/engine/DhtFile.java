package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.sallyport.core.discovery.Dht;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.PrivateFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of the last run, on disk. Without it the DHT begins with the nodes of the settings, so nothing here is trouble. */
final class DhtFile {
    private static final Logger LOG = LoggerFactory.getLogger(DhtFile.class);

    private final Path file;
    private final Executor threads;

    /** @param threads where files may block */
    DhtFile(Path file, Executor threads) {
        this.file = file;
        this.threads = threads;
    }

    /** Nothing when there is none, or it is no such file. */
    CompletableFuture<byte[]> read() {
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return PrivateFile.read(file, Dht.MAX_SAVED_BYTES).orElse(new byte[0]);
                } catch (PersistException e) {
                    LOG.warn("the nodes of the last run are not used", e);
                    return new byte[0];
                }
            }, threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
    }

    /** Replaces it as a whole. @return done when it is on disk or cannot be; never fails */
    CompletableFuture<Void> write(byte[] nodes) {
        try {
            return CompletableFuture.runAsync(() -> {
                try {
                    PrivateFile.write(file, nodes);
                } catch (PersistException e) {
                    LOG.warn("the nodes of this run are not kept", e);
                }
            }, threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
