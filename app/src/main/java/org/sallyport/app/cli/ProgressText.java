package org.sallyport.app.cli;

import java.time.Duration;
import java.util.List;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;

/** How far one torrent, or several together, have come. */
final class ProgressText {
    private ProgressText() { }

    static String of(List<TorrentSnapshot> torrents) {
        long done = torrents.stream().mapToLong(TorrentSnapshot::doneBytes).sum();
        long wanted = torrents.stream().mapToLong(TorrentSnapshot::wantedBytes).sum();
        long down = torrents.stream().mapToLong(TorrentSnapshot::downRate).sum();
        long up = torrents.stream().mapToLong(TorrentSnapshot::upRate).sum();
        int peers = torrents.stream().mapToInt(TorrentSnapshot::peers).sum();
        String bar = ProgressBar.of(wanted == 0 ? 1 : (double) done / wanted);
        if (torrents.stream().anyMatch(t -> t.state() == TorrentState.CHECKING)) {
            return bar + "  checking";
        }
        if (done == wanted) {
            return bar + "  " + Amounts.size(done) + "  up " + Amounts.rate(up) + "  " + peers(peers);
        }
        return bar + "  " + Amounts.size(done) + " of " + Amounts.size(wanted) + "  " + Amounts.rate(down)
                + (down > 0 ? "  " + Amounts.duration(Duration.ofSeconds((wanted - done) / down)) + " left" : "") + "  " + peers(peers);
    }

    private static String peers(int count) {
        return count + (count == 1 ? " peer" : " peers");
    }
}
