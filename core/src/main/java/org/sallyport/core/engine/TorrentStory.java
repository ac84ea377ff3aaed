package org.sallyport.core.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.PieceMap;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.model.WebSeedSnapshot;
import org.sallyport.core.model.Why;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.storage.Checker;
import org.sallyport.core.swarm.Swarm;

/** Tells of one torrent in snapshots: its state, in one sentence, and its numbers. Network thread only. */
final class TorrentStory implements WakeList.Sleeper {
    private static final String TRUSTED_ONLY = "Not asked: this is for trusted devices only";

    private final ManagedTorrent torrent;
    private final int number;
    private final FileStory fileStory;
    private long wantedBytes;
    private Optional<TorrentSnapshot> last = Optional.empty();
    private long counted;
    private int countedVersion = -1;
    private Optional<WhyLook.Around> around = Optional.empty();
    private Optional<Told> toldOf = Optional.empty();
    private boolean awake = true;

    /** @param number its place in the list */
    TorrentStory(ManagedTorrent torrent, int number) {
        this.torrent = torrent;
        this.number = number;
        this.fileStory = new FileStory(torrent);
    }

    ManagedTorrent torrent() {
        return torrent;
    }

    @Override
    public int number() {
        return number;
    }

    /** The same instance as before when nothing changed. */
    TorrentSnapshot snapshot() {
        TorrentSnapshot now = tell();
        if (last.isEmpty() || !last.get().equals(now)) {
            last = Optional.of(now);
        }
        toldOf = torrent.course().atRest() ? Optional.of(Told.of(torrent)) : Optional.empty();
        return last.get();
    }

    /** All that the snapshot of a torrent at rest goes by. */
    private record Told(SavedTorrent saved, SavedEdits edits, int progress, int verdicts, long moved, Provenance from,
            Optional<String> waits) {
        static Told of(ManagedTorrent torrent) {
            TorrentProgress progress = torrent.progress();
            Optional<String> waits = isWaiting(torrent) ? Optional.of(torrent.suspended()) : Optional.empty();
            return new Told(torrent.saved(), torrent.ledger().edits(), progress.version(), torrent.verdicts().version(),
                    progress.downloadedBytes() + progress.uploadedBytes(), torrent.provenance(), waits);
        }

        boolean stillHolds(Told now) {
            return saved == now.saved && edits == now.edits && progress == now.progress && verdicts == now.verdicts && moved == now.moved
                    && from.equals(now.from) && waits.equals(now.waits);
        }
    }

    @Override
    public void wake() {
        awake = true;
    }

    /** Not when it stands still, as most of a long list does: its last snapshot holds then, and that must cost next to nothing. */
    boolean awake() {
        return awake;
    }

    /** Every few seconds, so that nothing that changes it unnoticed stays unnoticed. */
    @Override
    public boolean settle() {
        awake = toldOf.isEmpty() || !torrent.course().atRest() || !toldOf.get().stillHolds(Told.of(torrent));
        if (!awake) {
            torrent.progress().down().rest();
            torrent.progress().up().rest();
        }
        return awake;
    }

    @Override
    public boolean isNoted() {
        return torrent.sharing().shared() || !torrent.sharing().expires().equals(Instant.MAX) || torrent.verdicts().held() > 0;
    }

    @Override
    public boolean isWaiting() {
        return isWaiting(torrent);
    }

    private static boolean isWaiting(ManagedTorrent torrent) {
        return torrent.course().running() && torrent.course().queued();
    }

    /** What {@link #snapshot} told last. */
    Optional<TorrentSnapshot> last() {
        return last;
    }

    /** From now on, until it is told anew. */
    void isAmong(WhyLook.Around now) {
        around = Optional.of(now);
    }

    private TorrentSnapshot tell() {
        TorrentProgress progress = torrent.progress();
        TorrentState state = state();
        List<FileEntry> wanted = torrent.ledger().wantedFiles();
        long done = doneBytes(progress, wanted);
        long down = state == TorrentState.DOWNLOADING ? progress.down().rate() : 0;
        long up = torrent.session().isPresent() ? progress.up().rate() : 0;
        Optional<Swarm> swarm = torrent.session().map(Session::swarm);
        return new TorrentSnapshot(torrent.hash(), torrent.name(), state, sentence(state, swarm),
                torrent.metainfo().totalBytes(), wantedBytes, done, progress.downloadedBytes(), progress.uploadedBytes(), down, up,
                eta(wantedBytes - done, down),
                swarm.map(Swarm::connectedPeers).orElse(0), swarm.map(Swarm::connectedSeeds).orElse(0), swarm.map(Swarm::knownPeers).orElse(0),
                torrent.layout().root(), torrent.saved().addedAt(), torrent.metainfo().privateTorrent(),
                torrent.trouble().sentence(), fileStory.worst(wanted), torrent.saved().sharing(), torrent.saved().options(),
                around.map(a -> a.ahead() + 1).orElse(0), around.map(a -> WhyLook.at(torrent, state, down, a)).orElse(Why.FINE),
                fileStory.checks(wanted), torrent.provenance());
    }

    /** Counted again only when a piece was verified or other files are wanted: a library may hold thousands of torrents. */
    private long doneBytes(TorrentProgress progress, List<FileEntry> wanted) {
        if (countedVersion != progress.version()) {
            countedVersion = progress.version();
            wantedBytes = wanted.stream().mapToLong(FileEntry::size).sum();
            counted = wanted.stream().mapToLong(progress::verifiedBytesOf).sum();
        }
        return counted;
    }

    private static long eta(long left, long rate) {
        return left == 0 || rate == 0 ? -1 : (left + rate - 1) / rate;
    }

    private TorrentState state() {
        if (torrent.course().held().isPresent()) {
            return TorrentState.CHECKING;
        }
        if (torrent.trouble().inTrouble()) {
            return TorrentState.TROUBLE;
        }
        if (torrent.course().checker().isPresent() || torrent.course().checkAhead()) {
            return TorrentState.CHECKING;
        }
        boolean complete = torrent.course().complete();
        if (complete && torrent.course().delivery().busy() && (torrent.session().isPresent() || torrent.course().running())) {
            return TorrentState.RELEASING;
        }
        if (torrent.session().isPresent()) {
            return complete ? TorrentState.SEEDING : TorrentState.DOWNLOADING;
        }
        if (torrent.course().running()) {
            return torrent.course().queued() ? TorrentState.QUEUED : torrent.course().idle() ? TorrentState.FINISHED : complete
                    ? TorrentState.SEEDING : TorrentState.DOWNLOADING;
        }
        return complete && !torrent.course().delivery().awaited() ? TorrentState.FINISHED : TorrentState.PAUSED;
    }

    private String sentence(TorrentState state, Optional<Swarm> swarm) {
        if (torrent.course().held().isPresent()) {
            return torrent.course().held().get().sentence();
        }
        int peers = swarm.map(Swarm::connectedPeers).orElse(0);
        boolean exchanges = state == TorrentState.DOWNLOADING || state == TorrentState.SEEDING;
        if (exchanges && !torrent.awaitedNetwork().isEmpty()) {
            return "Waiting for " + torrent.awaitedNetwork() + ": nothing is sent or received";
        }
        return switch (state) {
            case QUEUED -> torrent.suspended().isEmpty() ? "Waiting for its turn" : torrent.suspended();
            case METADATA -> "Getting the list of files from " + people(peers);
            case CHECKING -> "Checking the files, " + (int) (torrent.course().checker().map(Checker::progress).orElse(1.0) * 100) + " %";
            case DOWNLOADING -> downloading(swarm, peers);
            case RELEASING -> fileStory.checking();
            case SEEDING -> peers == 0 ? "Ready to share" : "Sharing with " + people(peers);
            case PAUSED -> "Paused";
            case FINISHED -> finished();
            case TROUBLE -> torrent.trouble().sentence();
        };
    }

    private String finished() {
        if (!fileStory.ended().isEmpty()) {
            return fileStory.ended();
        }
        if (!torrent.course().running()) {
            return "Done, not shared";
        }
        return switch (torrent.saved().sharing().upload()) {
            case NEVER -> "Done, set never to be shared";
            case WHILE_DOWNLOADING -> "Done, was shared only while it was downloading";
            case NORMAL, TRUSTED_ONLY -> "Done, the time to share it is over";
        };
    }

    private String downloading(Optional<Swarm> swarm, int peers) {
        int giving = swarm.map(Swarm::givingPeers).orElse(0);
        int servers = swarm.map(Swarm::givingServers).orElse(0);
        if (servers > 0) {
            return "Downloading from " + (giving > 0 ? people(giving) + " and " : "") + (servers == 1 ? "a web server" : servers + " web servers");
        }
        if (giving > 0) {
            return "Downloading from " + people(giving);
        }
        if (peers > 0) {
            return "Waiting: " + people(peers) + " connected, nobody sends right now";
        }
        boolean known = swarm.map(Swarm::knownPeers).orElse(0) > 0;
        if (torrent.saved().sharing().trustedOnly()) {
            return known ? "Calling your trusted devices" : "Waiting for one of your trusted devices to call";
        }
        return known ? "Calling people who may have it" : "Looking for people who have it";
    }

    private static String people(int count) {
        return count == 1 ? "1 person" : count + " people";
    }

    TorrentDetails details() {
        TorrentProgress progress = torrent.progress();
        Optional<Swarm> swarm = torrent.session().map(Session::swarm);
        int pieces = torrent.metainfo().pieceCount();
        byte[] availability = new byte[pieces];
        swarm.ifPresent(s -> {
            for (int p = 0; p < pieces; p++) {
                availability[p] = (byte) Math.min(127, s.availability(p));
            }
        });
        BitSet partial = swarm.map(Swarm::partialPieces).orElseGet(BitSet::new);
        List<FileSnapshot> files = torrent.metainfo().files().stream().filter(file -> !file.pad()).map(fileStory::snapshot).toList();
        return new TorrentDetails(snapshot(), torrent.names().preview(), new PieceMap(pieces, progress.have(), partial, availability),
                files, swarm.map(Swarm::peerSnapshots).orElse(List.of()), torrent.session().flatMap(Session::trackers).orElseGet(this::idleTrackers),
                swarm.map(Swarm::webSeedSnapshots).orElseGet(this::idleWebSeeds));
    }

    private List<WebSeedSnapshot> idleWebSeeds() {
        return torrent.metainfo().webSeeds().stream().map(seed -> new WebSeedSnapshot(seed.url(), WebSeedSnapshot.Status.IDLE, "", 0, 0)).toList();
    }

    private List<TrackerSnapshot> idleTrackers() {
        List<TrackerSnapshot> idle = new ArrayList<>();
        List<List<String>> tiers = torrent.ledger().tiers();
        for (int tier = 0; tier < tiers.size(); tier++) {
            for (String url : tiers.get(tier)) {
                idle.add(new TrackerSnapshot(url, tier, TrackerSnapshot.Status.NOT_CONTACTED,
                        torrent.saved().sharing().trustedOnly() ? TRUSTED_ONLY : "", Instant.EPOCH, -1, -1, -1, 0));
            }
        }
        return idle;
    }
}
