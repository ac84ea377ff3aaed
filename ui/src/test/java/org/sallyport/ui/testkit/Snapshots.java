package org.sallyport.ui.testkit;

import java.nio.file.Path;
import org.sallyport.core.model.FileChecks;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.model.Why;

/** The same torrent with one thing changed. */
public final class Snapshots {
    private Snapshots() { }

    public static TorrentSnapshot with(TorrentSnapshot t, TorrentOptions options) {
        return copy(t, t.name(), t.path(), t.sharing(), options, t.queuePosition(), t.why());
    }

    public static TorrentSnapshot withWhy(TorrentSnapshot t, Why why) {
        return copy(t, t.name(), t.path(), t.sharing(), t.options(), t.queuePosition(), why);
    }

    public static TorrentSnapshot shared(TorrentSnapshot t, Sharing sharing) {
        return copy(t, t.name(), t.path(), sharing, t.options(), t.queuePosition(), t.why());
    }

    /** In another state, as the other one of the same torrent has it. */
    static TorrentSnapshot inState(TorrentSnapshot t, TorrentState state, String sentence, TorrentSnapshot rates) {
        return new TorrentSnapshot(t.hash(), t.name(), state, sentence, t.sizeBytes(), t.wantedBytes(), t.doneBytes(), t.downloadedBytes(),
                t.uploadedBytes(), rates.downRate(), rates.upRate(), rates.etaSeconds(), rates.peers(), rates.seeds(), rates.knownPeers(), t.path(),
                t.addedAt(), t.privateTorrent(), "", t.verdict(), t.sharing(), t.options(), t.queuePosition(), t.why(), t.checks(), t.provenance());
    }

    static TorrentSnapshot screened(TorrentSnapshot t, Verdict verdict, FileChecks checks) {
        return looked(t, verdict, checks, t.provenance());
    }

    static TorrentSnapshot from(TorrentSnapshot t, Provenance provenance) {
        return looked(t, t.verdict(), t.checks(), provenance);
    }

    private static TorrentSnapshot looked(TorrentSnapshot t, Verdict verdict, FileChecks checks, Provenance provenance) {
        return new TorrentSnapshot(t.hash(), t.name(), t.state(), t.sentence(), t.sizeBytes(), t.wantedBytes(), t.doneBytes(), t.downloadedBytes(),
                t.uploadedBytes(), t.downRate(), t.upRate(), t.etaSeconds(), t.peers(), t.seeds(), t.knownPeers(), t.path(), t.addedAt(),
                t.privateTorrent(), t.trouble(), verdict, t.sharing(), t.options(), t.queuePosition(), t.why(), checks, provenance);
    }

    static TorrentSnapshot withName(TorrentSnapshot t, String name) {
        return copy(t, name, t.path(), t.sharing(), t.options(), t.queuePosition(), t.why());
    }

    static TorrentSnapshot withPath(TorrentSnapshot t, Path path) {
        return copy(t, t.name(), path, t.sharing(), t.options(), t.queuePosition(), t.why());
    }

    static TorrentSnapshot withQueuePosition(TorrentSnapshot t, int position) {
        return copy(t, t.name(), t.path(), t.sharing(), t.options(), position, t.why());
    }

    private static TorrentSnapshot copy(TorrentSnapshot t, String name, Path path, Sharing sharing, TorrentOptions options, int position, Why why) {
        return new TorrentSnapshot(t.hash(), name, t.state(), t.sentence(), t.sizeBytes(), t.wantedBytes(), t.doneBytes(), t.downloadedBytes(),
                t.uploadedBytes(), t.downRate(), t.upRate(), t.etaSeconds(), t.peers(), t.seeds(), t.knownPeers(), path, t.addedAt(),
                t.privateTorrent(), t.trouble(), t.verdict(), sharing, options, position, why, t.checks(), t.provenance());
    }
}
