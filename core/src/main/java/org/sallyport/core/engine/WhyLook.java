package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.model.TrackerSnapshot.Status;
import org.sallyport.core.model.Why;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.storage.Checker;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.swarm.SwarmStanding;

/** Gathers what {@link WhyRule} goes by. Network thread only. */
final class WhyLook {
    private WhyLook() { }

    private static final String NAMES_ASK = "names.ask";
    private static final String NAMES_BLOCKED = "names.blocked";

    /** What a torrent does not know of itself. @param ahead torrents before it in the queue @param allRate of all downloads, bytes per second */
    record Around(Settings settings, PortState.Kind door, BandwidthState bandwidth, int ahead, long allRate) { }

    static Why at(ManagedTorrent torrent, TorrentState state, long downRate, Around around) {
        if (state == TorrentState.SEEDING || state == TorrentState.FINISHED || state == TorrentState.RELEASING) {
            return Why.FINE; // most of a long list: nothing is gathered for them
        }
        Optional<Session> session = torrent.session();
        boolean moves = downRate > 0;
        int checked = (int) (torrent.course().checker().map(Checker::progress).orElse(0.0) * 100);
        return WhyRule.of(new WhyFacts(state, torrent.trouble().sentence(), torrent.trouble().kind(), around.ahead(), checked,
                torrent.awaitedNetwork(),
                around.bandwidth(), downRate, torrent.saved().options().downLimit(), around.allRate(),
                around.settings().bandwidth().slowBelow(), torrent.saved().sharing().trustedOnly(),
                session.isPresent() && !moves && otherWays(torrent, around.settings().discovery()),
                moves ? Optional.empty() : session.map(s -> s.swarm().standing()), moves ? WhyFacts.Trackers.NONE
                : trackers(session.flatMap(Session::trackers).orElse(List.of())),
                around.door(), session.map(Session::blocked).orElse(0), around.settings().encryption() == Encryption.REQUIRE));
    }

    /** The same for a magnet link whose list of files is still to come. @param peers with whom it is sought */
    static Why ofMagnet(Services services, TorrentState state, String trouble, boolean trustedOnly, Optional<SwarmStanding> peers,
            List<TrackerSnapshot> trackers) {
        Settings settings = services.settings().get();
        PortState.Kind door = services.listenPort().get() == 0 ? PortState.Kind.RECEIVE_ONLY : PortState.Kind.OPEN;
        return WhyRule.of(new WhyFacts(state, trouble, StorageException.Kind.BROKEN, 0, 0, services.port().awaitedNetwork(),
                services.bandwidth().state(), 0, 0, 0, 0,
                trustedOnly, !trustedOnly && settings.discovery().dht(), peers, trackers(trackers), door, 0,
                settings.encryption() == Encryption.REQUIRE));
    }

    /** Of a magnet link whose list of files arrived, and may not be added as it was chosen. */
    static Why ofRefused(Refusal refusal) {
        return switch (refusal.rule()) {
            case NAMES_ASK -> new Why("names-ask", refusal.sentence(), "Accept these names, or let it go on without these files.");
            case NAMES_BLOCKED -> new Why("names-blocked", refusal.sentence(), "Let it go on without these files, or remove it.");
            default -> new Why("refused", refusal.sentence(), "Remove it, and add it again with other files chosen.");
        };
    }

    /** Whether an answer about the names helps. */
    static boolean isAboutNames(String rule) {
        return rule.equals(NAMES_ASK) || rule.equals(NAMES_BLOCKED);
    }

    /** Besides trackers. */
    private static boolean otherWays(ManagedTorrent torrent, Settings.Discovery discovery) {
        boolean forStrangers = !torrent.metainfo().privateTorrent() && !torrent.saved().sharing().trustedOnly();
        return forStrangers && discovery.dht() && torrent.saved().options().dht() || !torrent.metainfo().webSeeds().isEmpty();
    }

    private static WhyFacts.Trackers trackers(List<TrackerSnapshot> all) {
        int answering = (int) all.stream().filter(t -> t.status() == Status.WORKING).count();
        // one that comes later in the list is not asked while another answers, and one of a kind we do not know never
        boolean tried = all.stream().anyMatch(t -> t.status() == Status.FAILED || t.status() == Status.REFUSED);
        int asking = (int) all.stream().filter(t -> t.status() == Status.ANNOUNCING || t.status() == Status.NOT_CONTACTED && !tried).count();
        return new WhyFacts.Trackers(all.size(), answering, asking, message(all, Status.REFUSED), message(all, Status.FAILED));
    }

    private static String message(List<TrackerSnapshot> all, Status status) {
        return all.stream().filter(t -> t.status() == status && !t.message().isEmpty()).map(TrackerSnapshot::message).findFirst().orElse("");
    }
}
