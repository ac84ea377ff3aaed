package org.sallyport.core.engine;

import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.InfoHash;

/**
 * What the end of the program needs to know of one torrent.
 *
 * @param reason   why it is not done, for a person; empty when it is
 * @param shared   it is not offered to others, or has reached its share goal
 * @param fetching it lacks parts and wants them
 * @param moving   its files are leaving quarantine
 */
record QuitFacts(InfoHash hash, String name, Standing standing, String reason, boolean shared, boolean fetching, boolean moving) {
    /** So long trouble that went by itself counts: or a disk that fails again and again would keep the program open for ever. */
    private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** AT_WORK is waited for; the others have ended. */
    enum Standing { AT_WORK, DONE, STOPPED, FAILED }

    static QuitFacts of(ManagedTorrent torrent, long now) {
        String trouble = torrent.trouble().sentenceOrDoubt(DOUBT_NANOS, now, torrent.progress().version());
        Standing standing = standing(torrent, trouble);
        boolean shared = !torrent.course().running() || torrent.course().idle() || torrent.ledger().reach()
                .reachesOrIsFair(torrent.saved().options().goal());
        return new QuitFacts(torrent.hash(), torrent.metainfo().name(), standing, reason(torrent, standing, trouble), shared,
                standing == Standing.AT_WORK && !torrent.progress().complete(), torrent.course().delivery().atWork());
    }

    /** A link whose torrent is not known yet is a download that lacks everything. */
    static QuitFacts of(PendingMagnet magnet) {
        Standing standing = magnet.inTrouble() ? Standing.FAILED : magnet.running() ? Standing.AT_WORK : Standing.STOPPED;
        String reason = switch (standing) {
            case FAILED -> magnet.trouble();
            case STOPPED -> "stopped";
            case AT_WORK, DONE -> "still waiting for its list of files";
        };
        return new QuitFacts(magnet.hash(), magnet.name(), standing, reason, standing != Standing.AT_WORK, standing == Standing.AT_WORK, false);
    }

    private static Standing standing(ManagedTorrent torrent, String trouble) {
        boolean settled = !torrent.course().delivery().atWork() && !torrent.course().filesAtWork();
        if (settled && torrent.course().delivered() && !torrent.trouble().inTrouble()) {
            return Standing.DONE;
        }
        if (!trouble.isEmpty() && !torrent.course().delivery().atWork()) {
            return Standing.FAILED;
        }
        return settled && !torrent.course().running() ? Standing.STOPPED : Standing.AT_WORK;
    }

    private static String reason(ManagedTorrent torrent, Standing standing, String trouble) {
        return switch (standing) {
            case DONE -> "";
            case STOPPED -> "stopped";
            case FAILED -> trouble;
            case AT_WORK -> torrent.progress().complete() ? "being checked or moved" : "still downloading";
        };
    }
}
