package org.sallyport.core.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;

/**
 * Adds torrents to the list, from files, links and devices; one that is there already gets the trackers of the other, if that is wished.
 * Command thread.
 */
final class Intake {
    private final Duplicates duplicates;
    private final Placement placement;
    private final MagnetDesk magnets;
    private final EventLog events;
    private final Origins origins;

    Intake(Duplicates duplicates, Placement placement, MagnetDesk magnets, EventLog events, Origins origins) {
        this.origins = origins;
        this.duplicates = duplicates;
        this.placement = placement;
        this.magnets = magnets;
        this.events = events;
    }

    Outcome<InfoHash> add(String link, AddRequest request) throws RefusedException, IOException, ExecutionException, TimeoutException {
        Magnet magnet = Magnet.parse(link);
        Optional<InfoHash> known = duplicates.settle(magnet.hash(), magnet.tiers(), request.mergeTrackers());
        return known.isPresent() ? Outcome.done(known.get()) : magnets.add(link, request);
    }

    /** Sent by a paired device. @param device its name */
    Outcome<InfoHash> add(Metainfo metainfo, AddRequest request, String device) throws RefusedException, IOException, ExecutionException,
            TimeoutException {
        Outcome<InfoHash> outcome = add(metainfo, request);
        if (outcome.isDone()) {
            origins.fromDevice(metainfo.hash(), device);
        }
        return outcome;
    }

    Outcome<InfoHash> add(Metainfo metainfo, AddRequest request) throws RefusedException, IOException, ExecutionException, TimeoutException {
        origins.book().reload();
        Optional<InfoHash> known = duplicates.settle(metainfo.hash(), metainfo.tiers(), request.mergeTrackers());
        if (known.isPresent()) {
            return Outcome.done(known.get());
        }
        InfoHash hash = placement.admit(metainfo, request, Set.of());
        if (request.source() instanceof AddSource.WebAddress web) {
            origins.fromWeb(hash, web.url().strip());
        }
        events.info("torrent.added", hash, "\"" + metainfo.name() + "\" was added.");
        return Outcome.done(hash);
    }
}
