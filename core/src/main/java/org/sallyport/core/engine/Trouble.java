package org.sallyport.core.engine;

import java.util.concurrent.CompletionException;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.StorageException.Kind;

/** Carries trouble with a disk through a future, and makes trouble of whatever else comes out of one: nothing is swallowed. */
final class Trouble {
    private Trouble() { }

    /** Work with a disk. */
    interface DiskWork {
        void run() throws StorageException;
    }

    static Runnable unchecked(DiskWork work) {
        return () -> {
            try {
                work.run();
            } catch (StorageException e) {
                throw new CompletionException(e);
            }
        };
    }

    static StorageException of(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StorageException trouble ? trouble
                : new StorageException(Kind.BROKEN, "Something unexpected happened with the files; the log has the details (" + cause + ").", cause);
    }
}
