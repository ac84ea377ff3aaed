package org.sallyport.ui.transfers;

import java.util.Comparator;
import org.sallyport.core.model.FileChecks;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;

/**
 * What the Safety column says of a torrent; sorts by how much there is to worry about, the worst last.
 *
 * @param verdict of its worst file that was looked at @param complete everything that is wanted has arrived
 */
public record Safety(Verdict verdict, FileChecks checks, boolean complete) implements Comparable<Safety> {

    /** NONE: nothing was looked at, nor could be. SOME: a part was. VERDICT: there is an answer. */
    public enum Stage { NONE, SOME, VERDICT }

    static Safety of(TorrentSnapshot torrent) {
        return new Safety(torrent.verdict(), torrent.checks(), torrent.isComplete() && torrent.wantedBytes() > 0
                && torrent.state() != TorrentState.RELEASING);
    }

    /** What is bad is told at once; what is good when everything was looked at. */
    public Stage stage() {
        return switch (verdict.kind()) {
            case INFECTED, SUSPICIOUS -> Stage.VERDICT;
            case CLEAN, NOT_SCANNED -> complete || checks.files() > 0 && checks.done() >= checks.files() ? Stage.VERDICT
                    : checks.done() > 0 || checks.now() ? Stage.SOME : Stage.NONE;
        };
    }

    private int worry() {
        return switch (stage()) {
            case NONE -> 0;
            case SOME -> 1;
            case VERDICT -> switch (verdict.kind()) {
                case CLEAN -> 2;
                case NOT_SCANNED -> 3;
                case SUSPICIOUS -> 4;
                case INFECTED -> 5;
            };
        };
    }

    @Override
    public int compareTo(Safety other) {
        return Comparator.comparingInt(Safety::worry).thenComparingInt(safety -> safety.checks().done()).compare(this, other);
    }
}
