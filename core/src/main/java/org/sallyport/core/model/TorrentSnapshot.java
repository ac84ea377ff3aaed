package org.sallyport.core.model;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One torrent at one moment, as the table shows it. An unchanged torrent keeps its instance from snapshot to snapshot.
 *
 * @param sentence      the state in plain words, such as "Downloading from 6 people"
 * @param sizeBytes     all files; 0 as long as only its magnet link is known
 * @param wantedBytes   the selected files
 * @param doneBytes     verified bytes of the selected files, {@code <= wantedBytes}
 * @param downloadedBytes payload received since it was added; @param uploadedBytes payload sent since it was added
 * @param downRate      payload bytes per second, mean of the last seconds; @param upRate likewise
 * @param etaSeconds    −1 when unknown or nothing is left
 * @param peers         connected peers; @param seeds those of them that have everything
 * @param knownPeers    addresses known, connected or not
 * @param path          where the released file or folder is, or will be
 * @param trouble       empty, or what went wrong and what to do
 * @param verdict       the worst verdict of its released files; not scanned until then
 * @param sharing       who may get it from here
 * @param queuePosition 1-based, over all torrents
 * @param why           why it is not getting on
 * @param checks        how far its files have come through screening
 * @param provenance    where it came from and who made it
 */
public record TorrentSnapshot(
        InfoHash hash, String name, TorrentState state, String sentence,
        long sizeBytes, long wantedBytes, long doneBytes,
        long downloadedBytes, long uploadedBytes, long downRate, long upRate, long etaSeconds,
        int peers, int seeds, int knownPeers,
        Path path, Instant addedAt, boolean privateTorrent, String trouble, Verdict verdict, Sharing sharing,
        TorrentOptions options, int queuePosition, Why why, FileChecks checks, Provenance provenance) {

    /** One whose files were not looked at, of unknown origin. */
    public TorrentSnapshot(
            InfoHash hash, String name, TorrentState state, String sentence,
            long sizeBytes, long wantedBytes, long doneBytes,
            long downloadedBytes, long uploadedBytes, long downRate, long upRate, long etaSeconds,
            int peers, int seeds, int knownPeers,
            Path path, Instant addedAt, boolean privateTorrent, String trouble, Verdict verdict, Sharing sharing,
            TorrentOptions options, int queuePosition, Why why) {
        this(hash, name, state, sentence, sizeBytes, wantedBytes, doneBytes, downloadedBytes, uploadedBytes, downRate, upRate, etaSeconds,
                peers, seeds, knownPeers, path, addedAt, privateTorrent, trouble, verdict, sharing, options, queuePosition, why, FileChecks.NONE,
                Provenance.UNKNOWN);
    }

    /** Whether it is known what is in it, and not only its magnet link. */
    public boolean isKnown() {
        return sizeBytes > 0;
    }

    /** 0..1; 1 when nothing is wanted. */
    public double progress() {
        return wantedBytes == 0 ? isKnown() ? 1 : 0 : (double) doneBytes / wantedBytes;
    }

    /** Uploaded ÷ downloaded, or ÷ size for what was never downloaded here. */
    public double ratio() {
        long base = downloadedBytes > 0 ? downloadedBytes : sizeBytes;
        return base == 0 ? 0 : (double) uploadedBytes / base;
    }

    public boolean isComplete() {
        return isKnown() && doneBytes == wantedBytes && state != TorrentState.CHECKING;
    }
}
