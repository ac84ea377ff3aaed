package org.sallyport.core.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;

/** What commands about one torrent work with. */
record TorrentDesk(Services services, CommandThread commands, TorrentAccess access) {

    Roster roster() {
        return access.roster();
    }

    /** A command that needs no more than the network thread. */
    <T> CompletableFuture<Outcome<T>> command(InfoHash hash, TorrentAccess.Work<T> work) {
        return commands.run(() -> Outcome.done(onLoop(hash, work)));
    }

    /** {@link TorrentAccess#with}. */
    <T> T onLoop(InfoHash hash, TorrentAccess.Work<T> work) throws RefusedException, ExecutionException, TimeoutException {
        return access.with(hash, work);
    }
}
