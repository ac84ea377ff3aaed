package org.sallyport.core.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;

/**
 * Where commands about one torrent find it.
 *
 * @param publish shows what has changed; network thread
 */
record TorrentDesk(Services services, Roster roster, CommandThread commands, Runnable publish) {

    /** Something done with a torrent on the network thread. */
    interface Work<T> {
        T with(ManagedTorrent torrent) throws RefusedException;
    }

    /** A command that needs no more than the network thread. */
    <T> CompletableFuture<Outcome<T>> command(InfoHash hash, Work<T> work) {
        return commands.run(() -> Outcome.done(onLoop(hash, work)));
    }

    /** Has the network thread do it, waits for it, and shows what came of it. @throws RefusedException also if there is no such torrent */
    <T> T onLoop(InfoHash hash, Work<T> work) throws RefusedException, ExecutionException, TimeoutException {
        try {
            return commands.onLoop(() -> {
                T done = work.with(roster.find(hash).orElseThrow(() -> new RefusedException("torrent.unknown",
                        "There is no torrent " + hash.shortHex() + "… in the list. Look at the list again.")));
                publish.run();
                return done;
            });
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
