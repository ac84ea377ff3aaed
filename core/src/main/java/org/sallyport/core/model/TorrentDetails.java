package org.sallyport.core.model;

import java.util.List;

/** Everything the details pane and {@code show} tell of one torrent at one moment. */
public record TorrentDetails(
        TorrentSnapshot summary, TorrentPreview info, PieceMap pieces,
        List<FileSnapshot> files, List<PeerSnapshot> peers, List<TrackerSnapshot> trackers, List<WebSeedSnapshot> webSeeds, Provenance provenance) {
    public TorrentDetails {
        files = List.copyOf(files);
        peers = List.copyOf(peers);
        trackers = List.copyOf(trackers);
        webSeeds = List.copyOf(webSeeds);
    }

    /** Nothing is known of where it came from. */
    public TorrentDetails(
            TorrentSnapshot summary, TorrentPreview info, PieceMap pieces,
            List<FileSnapshot> files, List<PeerSnapshot> peers, List<TrackerSnapshot> trackers, List<WebSeedSnapshot> webSeeds) {
        this(summary, info, pieces, files, peers, trackers, webSeeds, Provenance.UNKNOWN);
    }

    public TorrentDetails withProvenance(Provenance value) {
        return new TorrentDetails(summary, info, pieces, files, peers, trackers, webSeeds, value);
    }
}
