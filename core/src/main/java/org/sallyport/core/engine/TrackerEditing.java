package org.sallyport.core.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.TrackerList;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;

/** Gives torrents other trackers than they came with, and asks them when a person wishes. Any thread. */
final class TrackerEditing {
    private final TorrentDesk desk;
    private final Admissions admissions;

    TrackerEditing(TorrentDesk desk, Admissions admissions) {
        this.desk = desk;
        this.admissions = admissions;
    }

    CompletableFuture<Outcome<InfoHash>> replace(InfoHash hash, List<List<String>> tiers) {
        return desk.commands().run(() -> {
            List<List<String>> checked = TrackerList.checked(tiers);
            return Outcome.done(desk.onLoop(hash, torrent -> set(torrent, checked)));
        });
    }

    private InfoHash set(ManagedTorrent torrent, List<List<String>> tiers) throws RefusedException {
        refuseFixed(torrent);
        admissions.decide(torrent.metainfo(), tiers);
        torrent.edit(torrent.ledger().edits().withTrackers(tiers));
        desk.services().events().info("torrent.trackers", torrent.hash(), "\"" + torrent.name() + "\" has other trackers now.");
        return torrent.hash();
    }

    private static void refuseFixed(ManagedTorrent torrent) throws RefusedException {
        if (torrent.metainfo().privateTorrent()) {
            throw new RefusedException("trackers.private", "This torrent is private: only its own trackers may hear of it, so they stay as they are. "
                    + "If an address has changed, get the torrent again from its site.");
        }
        if (torrent.sharing().trustedOnly()) {
            throw new RefusedException("trackers.trusted-only",
                    "This torrent is for trusted devices only and no tracker hears of it, so it takes none.");
        }
    }

    /** URLs of {@code other} that a torrent does not have. */
    static List<String> news(ManagedTorrent torrent, List<List<String>> other) {
        Set<String> known = new HashSet<>();
        torrent.ledger().tiers().forEach(known::addAll);
        return other.stream().flatMap(List::stream).filter(known::add).toList();
    }

    /**
     * Adds the trackers of the same torrent from elsewhere, behind those there are. Network thread.
     * @throws RefusedException if it takes none
     */
    InfoHash merge(ManagedTorrent torrent, List<List<String>> other) throws RefusedException {
        refuseFixed(torrent);
        List<String> news = news(torrent, other);
        if (!news.isEmpty()) {
            List<List<String>> tiers = new ArrayList<>(torrent.ledger().tiers());
            tiers.add(news);
            set(torrent, TrackerList.checked(tiers));
        }
        return torrent.hash();
    }

    CompletableFuture<Outcome<InfoHash>> announce(InfoHash hash) {
        return desk.command(hash, torrent -> {
            if (torrent.sharing().trustedOnly()) {
                throw new RefusedException("trackers.trusted-only", "This torrent is for trusted devices only, so no tracker is asked.");
            }
            Session session = torrent.session().orElseThrow(() -> new RefusedException("announce.not-running",
                    "It does not run, so there is nothing to tell its trackers. Start it first."));
            Optional<Duration> wait = session.announce();
            if (wait.isEmpty()) {
                throw new RefusedException("announce.no-tracker", "It has no tracker that can be asked. Add one first.");
            }
            if (!wait.get().isZero()) {
                throw new RefusedException(new Refusal("announce.too-soon", "Its trackers were asked less than a minute ago. Try again in "
                        + Math.max(1, wait.get().toSeconds()) + " s."));
            }
            return hash;
        });
    }
}
