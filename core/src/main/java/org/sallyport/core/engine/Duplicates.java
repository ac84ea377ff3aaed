package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;

/** What becomes of a torrent that is added though it is in the list: refused, or its trackers join those there are. Command thread. */
final class Duplicates {
    private final TorrentDesk desk;
    private final TrackerEditing trackers;

    Duplicates(TorrentDesk desk, TrackerEditing trackers) {
        this.desk = desk;
        this.trackers = trackers;
    }

    /**
     * @param tiers of what is added, a file or a link @param merge they are to join
     * @return the torrent that they joined; empty if it is not in the list
     * @throws RefusedException {@code engine.duplicate}, or {@code engine.duplicate-trackers} if it would bring new ones
     */
    Optional<InfoHash> settle(InfoHash hash, List<List<String>> tiers, boolean merge) throws RefusedException, ExecutionException, TimeoutException {
        if (!desk.commands().onLoop(() -> desk.roster().find(hash).isPresent())) {
            return Optional.empty();
        }
        return Optional.of(desk.onLoop(hash, torrent -> merge ? trackers.merge(torrent, tiers) : refuse(torrent, tiers)));
    }

    private static InfoHash refuse(ManagedTorrent torrent, List<List<String>> tiers) throws RefusedException {
        int news = TrackerEditing.news(torrent, tiers).size();
        String there = "\"" + torrent.name() + "\" is in the list already";
        if (news == 0 || torrent.metainfo().privateTorrent() || torrent.sharing().trustedOnly()) {
            throw new RefusedException("engine.duplicate", there + ".");
        }
        throw new RefusedException("engine.duplicate-trackers", there + ". This one names " + (news == 1 ? "1 tracker" : news + " trackers")
                + " that the other does not have; add it again and let them join to use them.");
    }
}
