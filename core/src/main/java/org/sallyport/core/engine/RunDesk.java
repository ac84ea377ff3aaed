package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;

/** Starts, pauses and rechecks torrents and gives them peers; magnet links in their place as far as that makes sense for them. Any thread. */
final class RunDesk {
    private final TorrentAccess access;

    RunDesk(TorrentAccess access) {
        this.access = access;
    }

    CompletableFuture<Outcome<InfoHash>> start(InfoHash hash) {
        return with(hash, torrent -> torrent.course().start(), PendingMagnet::start);
    }

    CompletableFuture<Outcome<InfoHash>> pause(InfoHash hash) {
        return with(hash, torrent -> torrent.course().pause(), PendingMagnet::pause);
    }

    CompletableFuture<Outcome<InfoHash>> addPeers(InfoHash hash, List<PeerAddress> peers) {
        return with(hash, torrent -> torrent.name(peers), magnet -> magnet.name(peers));
    }

    private CompletableFuture<Outcome<InfoHash>> with(InfoHash hash, Consumer<ManagedTorrent> change, Consumer<PendingMagnet> magnetChange) {
        Roster roster = access.roster();
        return access.command(() -> access.commands().onLoop(() -> {
            Optional<ManagedTorrent> found = roster.find(hash);
            Optional<PendingMagnet> magnet = roster.magnets().find(hash);
            found.ifPresent(change);
            magnet.ifPresent(magnetChange);
            roster.giveTurns();
            roster.magnets().giveTurns();
            access.publish();
            return found.isPresent() || magnet.isPresent() ? Outcome.done(hash) : TorrentAccess.unknown(hash);
        }));
    }

    /** Done when everything was read again. */
    CompletableFuture<Outcome<InfoHash>> recheck(InfoHash hash) {
        return access.command(() -> access.commands().onLoop(() -> access.roster().find(hash).map(torrent -> Outcome.done(torrent.course().recheck()))
                .orElseGet(() -> TorrentAccess.unknown(hash)))).thenCompose(begun -> begun.then(reading -> reading.thenApply(all -> all
                        ? Outcome.done(hash) : Outcome.failed("The check was stopped before everything was read."))));
    }
}
