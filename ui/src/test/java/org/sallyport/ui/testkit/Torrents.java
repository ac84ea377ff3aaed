package org.sallyport.ui.testkit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.model.Why;

/** Torrents to show in tests. */
public final class Torrents {
    public static final Instant ADDED = Instant.parse("2026-11-20T10:00:00Z");
    public static final Verdict NOT_SCANNED = Verdict.notScanned("This version does not scan files yet.");
    private static final int PIECE = 1 << 20;

    private Torrents() { }

    /** A hash made of the name, always the same for the same name. */
    public static InfoHash hash(String name) {
        byte[] raw = new byte[20];
        new Random(name.hashCode()).nextBytes(raw);
        return new InfoHash(HexFormat.of().formatHex(raw));
    }

    /** @param filesAndSizes path, size, path, size … */
    public static TorrentPreview preview(String name, Object... filesAndSizes) {
        List<TorrentPreview.Entry> files = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < filesAndSizes.length; i += 2) {
            long size = ((Number) filesAndSizes[i + 1]).longValue();
            files.add(new TorrentPreview.Entry(i / 2, (String) filesAndSizes[i], size));
            total += size;
        }
        return new TorrentPreview(hash(name), name, false, false, files.size() == 1, files, total, PIECE, (int) ((total + PIECE - 1) / PIECE),
                "Recorded in the reading room.", "mktorrent 1.1", ADDED,
                List.of(List.of("https://tracker.example.org/announce"), List.of("http://backup.example.net:6969/announce")), List.of(), List.of());
    }

    public static TorrentPreview withNotes(TorrentPreview p, String... notes) {
        return new TorrentPreview(p.hash(), p.name(), p.hybrid(), p.privateTorrent(), p.singleFile(), p.files(), p.totalBytes(), p.pieceLength(),
                p.pieceCount(), p.comment(), p.createdBy(), p.createdAt(), p.tiers(), p.webSeeds(), List.of(notes));
    }

    /** Also those trackers, each in a tier of its own. */
    public static TorrentPreview withTrackers(TorrentPreview p, String... urls) {
        List<List<String>> tiers = new ArrayList<>(p.tiers());
        Arrays.stream(urls).map(List::of).forEach(tiers::add);
        return new TorrentPreview(p.hash(), p.name(), p.hybrid(), p.privateTorrent(), p.singleFile(), p.files(), p.totalBytes(), p.pieceLength(),
                p.pieceCount(), p.comment(), p.createdBy(), p.createdAt(), tiers, p.webSeeds(), p.notes());
    }

    public static TorrentPreview withWebSeeds(TorrentPreview p, String... urls) {
        return new TorrentPreview(p.hash(), p.name(), p.hybrid(), p.privateTorrent(), p.singleFile(), p.files(), p.totalBytes(), p.pieceLength(),
                p.pieceCount(), p.comment(), p.createdBy(), p.createdAt(), p.tiers(), List.of(urls), p.notes());
    }

    /** Of a magnet link, before anybody has told what it stands for. */
    static TorrentPreview unknown(InfoHash hash, String name) {
        return new TorrentPreview(hash, name, false, false, true, List.of(), 0, PIECE, 0, "", "", Instant.EPOCH, List.of(), List.of(), List.of());
    }

    /** A torrent in some state. @param done 0..1 @param order later ones were added later */
    public static TorrentSnapshot snapshot(TorrentPreview info, TorrentState state, String sentence, double done, int order) {
        boolean moving = state == TorrentState.DOWNLOADING;
        boolean complete = done >= 1;
        long doneBytes = (long) (info.totalBytes() * done);
        long down = moving ? 3_200_000 : 0;
        long up = moving || state == TorrentState.SEEDING ? 410_000 : 0;
        long eta = moving ? (info.totalBytes() - doneBytes) / down : -1;
        int peers = moving ? 6 : state == TorrentState.SEEDING ? 3 : 0;
        return new TorrentSnapshot(info.hash(), info.name(), state, sentence, info.totalBytes(), info.totalBytes(), doneBytes,
                doneBytes, doneBytes / 7, down, up, eta, peers, moving ? 2 : 0, peers * 4,
                Path.of("/home/ana/Downloads/Sallyport", info.name()), ADDED.plusSeconds(order), false,
                state == TorrentState.TROUBLE ? sentence : "", complete ? NOT_SCANNED : Verdict.notScanned("Not complete yet."), Sharing.DOWNLOAD,
                TorrentOptions.DEFAULT, order + 1, Why.FINE);
    }
}
