package org.sallyport.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;

/** Takes a torrent off the list, and its files off the disk if that is wished. Command thread. */
final class Removal {
    private final Services services;
    private final Roster roster;
    private final CommandThread commands;
    private final MagnetDesk magnets;
    private final Runnable publish;

    Removal(Services services, Roster roster, CommandThread commands, MagnetDesk magnets, Runnable publish) {
        this.services = services;
        this.roster = roster;
        this.commands = commands;
        this.magnets = magnets;
        this.publish = publish;
    }

    Outcome<InfoHash> remove(InfoHash hash, boolean withData) throws IOException, ExecutionException, TimeoutException {
        Optional<Outcome<InfoHash>> magnet = magnets.remove(hash);
        if (magnet.isPresent()) {
            return magnet.get();
        }
        Optional<ManagedTorrent> found = commands.onLoop(() -> {
            Optional<ManagedTorrent> torrent = roster.find(hash);
            torrent.ifPresent(t -> {
                t.withdraw();
                roster.remove(hash);
                publish.run();
            });
            return torrent;
        });
        return found.isPresent() ? forget(found.get(), withData) : TorrentAccess.unknown(hash);
    }

    private Outcome<InfoHash> forget(ManagedTorrent torrent, boolean withData) throws ExecutionException, TimeoutException {
        List<String> problems = withData && !torrent.saved().existing() ? discard(torrent) : List.of();
        try {
            services.journal().remove(torrent.hash()).join();
        } catch (CompletionException e) {
            commands.onLoop(() -> {
                ManagedTorrent again = new ManagedTorrent(services, torrent.metainfo(), torrent.saved(), torrent.ledger().edits());
                again.verdicts().recall(torrent.verdicts().all());
                roster.put(again);
                publish.run();
                return true;
            });
            return Outcome.failed("The list of torrents could not be saved, so it stays in the list: " + e.getCause().getMessage());
        }
        services.origins().forget(torrent.hash());
        services.events().info("torrent.removed", torrent.hash(), "\"" + torrent.metainfo().name() + "\" was removed from the list.");
        return problems.isEmpty() ? Outcome.done(torrent.hash())
                : Outcome.failed("It was removed from the list, but not all files could be removed. " + String.join(" ", problems));
    }

    /** Before the list is saved: who removes a download because the disk is full needs its room for that. */
    private List<String> discard(ManagedTorrent torrent) {
        torrent.course().held().ifPresent(hold -> hold.over().join());
        services.disk().threads().piecesSettled().join(); // or a late write would leave a part behind
        return CompletableFuture.supplyAsync(() -> torrent.files().moves().discard(services.surroundings().trash()),
                services.disk().threads().housekeeping()).join();
    }
}
