package org.sallyport.app.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.model.Why;

/** Values for the tests of this package. */
final class Samples {
    static final InfoHash HASH = new InfoHash("abcd" + "0".repeat(36));
    static final InfoHash NEIGHBOUR = new InfoHash("abce" + "0".repeat(36));
    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private Samples() { }

    static TorrentSnapshot torrent(InfoHash hash, TorrentState state, long doneBytes) {
        return new TorrentSnapshot(hash, "Sea sounds", state, "Downloading from 2 people", 3000, 2000, doneBytes, 1500, 750, 100, 50,
                doneBytes == 2000 ? 0 : 20, 2, 1, 9, Path.of("/downloads/Sea sounds"), AT, false, "", Verdict.notScanned("no scanner yet"),
                Sharing.DOWNLOAD,
                TorrentOptions.DEFAULT, 1, Why.FINE);
    }

    static EngineSnapshot snapshot(TorrentSnapshot... torrents) {
        return new EngineSnapshot(AT, List.of(torrents), 100, 50, new PortState(51413, PortState.Kind.OPEN, "One port: 51413, open"), 1 << 30, 2);
    }

    static TorrentPreview preview(String... paths) {
        List<TorrentPreview.Entry> files = new ArrayList<>();
        for (String path : paths) {
            files.add(new TorrentPreview.Entry(files.size(), path, 1000));
        }
        return new TorrentPreview(HASH, "Sea sounds", false, true, paths.length == 1, files, 1000L * paths.length, 16384, 1,
                "recorded at night", "me", AT, List.of(List.of("http://one/", "http://two/"), List.of("http://three/")), List.of(),
                List.of("A name was changed."));
    }
}
