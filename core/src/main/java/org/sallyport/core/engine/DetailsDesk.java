package org.sallyport.core.engine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentDetails;

/** Tells everything of one torrent or magnet link, with what has to be read or computed for it aside. Any thread. */
final class DetailsDesk {
    private final Services services;
    private final Roster roster;

    DetailsDesk(Services services, Roster roster) {
        this.services = services;
        this.roster = roster;
    }

    /** What is told before it is looked up who made it. */
    private record Told(TorrentDetails details, Optional<Metainfo> metainfo) { }

    /** Empty if it is not in the list, or the engine closes. */
    CompletableFuture<Optional<TorrentDetails>> of(InfoHash hash) {
        try {
            return CompletableFuture.supplyAsync(() -> roster.find(hash).map(ManagedTorrent::names).filter(names -> !names.done()), services.loop())
                    .thenCompose(names -> names.map(look -> CompletableFuture.runAsync(look::look))
                            .orElseGet(() -> CompletableFuture.completedFuture(null)))
                    .thenApplyAsync(looked -> told(hash), services.loop())
                    .thenApplyAsync(found -> found.map(this::withProvenance), services.disk().threads().housekeeping());
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    private Optional<Told> told(InfoHash hash) {
        return roster.story(hash).map(story -> new Told(story.details(), Optional.of(story.torrent().metainfo())))
                .or(() -> roster.magnets().find(hash).map(magnet -> new Told(magnet.details(), Optional.empty())));
    }

    private TorrentDetails withProvenance(Told told) {
        return told.metainfo().map(services.origins()::of).map(told.details()::withProvenance).orElse(told.details());
    }
}
