package org.sallyport.ui.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.PieceMap;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.model.WebSeedSnapshot;

/** Files, peers, trackers and pieces that suit a torrent of a {@link MemoryEngine}. */
final class MemoryDetails {
    private static final String[] CLIENTS = {"qBittorrent 4.6.3", "Transmission 4.0.5", "libtorrent 2.0.10", "Sallyport 0.1.0", "aria2 1.36.0",
            "rTorrent 0.9.8"};

    private MemoryDetails() { }

    static TorrentDetails of(TorrentSnapshot torrent, TorrentPreview info, MemoryTorrents changes) {
        List<FileSnapshot> files = new ArrayList<>();
        info.files().forEach(f -> files.add(new FileSnapshot(f.index(), changes.present(info.hash(), f.path()), f.sizeBytes(),
                (long) (f.sizeBytes() * torrent.progress()), torrent.options().priority(f.index()), torrent.isComplete(), Torrents.NOT_SCANNED,
                f.flags())));
        return new TorrentDetails(torrent, info, pieces(torrent, info), files, peers(torrent, changes), trackers(torrent, changes), webSeeds(info));
    }

    private static PieceMap pieces(TorrentSnapshot torrent, TorrentPreview info) {
        BitSet verified = new BitSet();
        BitSet partial = new BitSet();
        int have = (int) (info.pieceCount() * torrent.progress());
        for (int piece = 0; piece < info.pieceCount(); piece++) {
            boolean scattered = torrent.isComplete() || piece < have * 0.8 || (piece / 23 * 7919L) % info.pieceCount() < have / 3;
            verified.set(piece, scattered);
            partial.set(piece, !scattered && piece % 97 == 0 && torrent.state() == TorrentState.DOWNLOADING);
        }
        return new PieceMap(info.pieceCount(), verified, partial, new byte[0]);
    }

    private static List<PeerSnapshot> peers(TorrentSnapshot torrent, MemoryTorrents changes) {
        List<PeerSnapshot> peers = new ArrayList<>();
        for (int i = 0; i < torrent.peers(); i++) {
            String address = "203.0.113." + (10 + i) + ":" + (51000 + i * 37);
            if (!changes.isBanned(PeerAddress.parse(address).host())) {
                peers.add(new PeerSnapshot(address, CLIENTS[i % CLIENTS.length], i % 3 == 1, (i + 4) / 10.0,
                        i % 2 == 0 ? 1_060_000 : 0, i % 3 == 0 ? 136_000 : 0, 44_000_000, 9_000_000, i % 2 == 0 ? "DU" : i == 3 ? "dI" : "dIE",
                        i == 3 ? "Laptop" : "", i == 3, security(i),
                        i == 3 ? PeerSource.DEVICE : i % 3 == 1 ? PeerSource.INCOMING : PeerSource.TRACKER));
            }
        }
        return peers;
    }

    private static PeerSnapshot.Security security(int peer) {
        if (peer == 3) {
            return PeerSnapshot.Security.TLS;
        }
        return peer % 2 == 0 ? PeerSnapshot.Security.PLAIN : PeerSnapshot.Security.OBFUSCATED;
    }

    /** Those of the torrent answer; the usual second one, which does not, is there until somebody edits the list. */
    private static List<TrackerSnapshot> trackers(TorrentSnapshot torrent, MemoryTorrents changes) {
        List<TrackerSnapshot> trackers = new ArrayList<>();
        List<List<String>> tiers = changes.tiersOf(torrent.hash());
        for (int tier = 0; tier < tiers.size(); tier++) {
            for (String url : tiers.get(tier)) {
                trackers.add(url.contains("backup")
                        ? new TrackerSnapshot(url, tier, TrackerSnapshot.Status.FAILED, "The tracker did not answer within 30 s.",
                                Instant.now().plusSeconds(600), -1, -1, -1, 0)
                        : new TrackerSnapshot(url, tier, TrackerSnapshot.Status.WORKING, "", Instant.now().plusSeconds(1500), 12, 31, 840, 50));
            }
        }
        return trackers;
    }

    private static List<WebSeedSnapshot> webSeeds(TorrentPreview info) {
        return info.webSeeds().stream().map(url -> new WebSeedSnapshot(url, WebSeedSnapshot.Status.FETCHING, "", 420_000, 31_000_000)).toList();
    }
}
