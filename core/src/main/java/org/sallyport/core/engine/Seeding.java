package org.sallyport.core.engine;

import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.SeedGoal;

/** Finds out when a torrent has been shared as much as was asked, and what is to become of it then. Network thread only. */
final class Seeding {
    private final Metainfo metainfo;
    private final TorrentLedger ledger;
    private final EventLog events;
    private boolean spent;

    Seeding(Metainfo metainfo, TorrentLedger ledger, EventLog events) {
        this.metainfo = metainfo;
        this.ledger = ledger;
        this.events = events;
    }

    private SeedGoal goal() {
        return ledger.saved().options().goal();
    }

    /** How long it has been offered counts for its goal, so it is kept every second. */
    boolean countsTime() {
        return goal().minutes() > 0 || goal().idleMinutes() > 0;
    }

    /** Whether it has been shared enough and is to leave the list; once. */
    boolean takeSpent() {
        boolean now = spent;
        spent = false;
        return now;
    }

    /** The user starts it: one that had reached its goal goes on without one. @param complete or it is to be fetched first */
    void begin(boolean complete) {
        boolean reached = complete && ledger.reach().reaches(goal());
        ledger.seedClock().forgetIdle();
        ledger.keep(reached ? ledger.saved().withOptions(ledger.saved().options().withGoal(SeedGoal.NONE)) : ledger.saved(), true);
    }

    /** All of it is in its folder. @return whether it is not to be shared at all, and stops */
    boolean endsAtOnce() {
        return SeedReach.isAtOnce(goal()) && !remove();
    }

    /** Once a second. @param offered it is complete and runs @return whether that was enough, and it stops */
    boolean endsNow(long now, boolean offered) {
        ledger.seedClock().tick(now, offered, ledger.progress().uploadedBytes());
        if (!offered || !ledger.reach().reaches(goal())) {
            return false;
        }
        events.info("torrent.seed-goal", metainfo.hash(), "\"" + metainfo.name() + "\" has been shared as much as was asked.");
        return !remove();
    }

    private boolean remove() {
        boolean removed = goal().then() == SeedGoal.Then.REMOVE;
        spent |= removed;
        return removed;
    }
}
