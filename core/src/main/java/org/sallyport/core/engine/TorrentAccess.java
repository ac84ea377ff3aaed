package org.sallyport.core.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;

/** How commands reach a torrent of the library: on the command thread, and from there on the network thread. */
final class TorrentAccess {
    private final CommandThread commands;
    private final Roster roster;
    private final Runnable publish;
    private final Runnable publishNow;

    /** @param publish makes a new snapshot soon, on the network thread @param publishNow the same before it returns */
    TorrentAccess(CommandThread commands, Roster roster, Runnable publish, Runnable publishNow) {
        this.commands = commands;
        this.roster = roster;
        this.publish = publish;
        this.publishNow = publishNow;
    }

    /** What is done with a torrent on the network thread. */
    @FunctionalInterface
    interface Work<T> {
        T with(ManagedTorrent torrent) throws RefusedException;
    }

    CommandThread commands() {
        return commands;
    }

    Roster roster() {
        return roster;
    }

    /** Shows what has changed; network thread. */
    void publish() {
        publish.run();
    }

    /** Shows what begins, before it may be over; network thread. */
    void publishNow() {
        publishNow.run();
    }

    /** From any thread. */
    <T> CompletableFuture<Outcome<T>> command(Callable<Outcome<T>> work) {
        return commands.run(work);
    }

    /** What a command answers that knows magnet links, too. */
    static <T> Outcome<T> unknown(InfoHash hash) {
        return Outcome.failed(notThere(hash));
    }

    private static String notThere(InfoHash hash) {
        return "There is no torrent " + hash.shortHex() + "… in the list.";
    }

    private RefusedException missing(InfoHash hash) {
        return roster.magnets().find(hash).isPresent()
                ? new RefusedException("torrent.no-metadata", "The list of files of this torrent has not arrived yet. Try again when it has.")
                : new RefusedException("torrent.unknown", notThere(hash));
    }

    /**
     * Does something with a torrent, then sees whose turn it is and publishes it. From the command thread.
     * @throws RefusedException if the work throws it, and {@code torrent.unknown} if there is no such torrent
     */
    <T> T with(InfoHash hash, Work<T> work) throws RefusedException, ExecutionException, TimeoutException {
        try {
            return commands.onLoop(() -> {
                ManagedTorrent torrent = roster.find(hash).orElseThrow(() -> missing(hash));
                T done = work.with(torrent);
                roster.giveTurns();
                publish();
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
