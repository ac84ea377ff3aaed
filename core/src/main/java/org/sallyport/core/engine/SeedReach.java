package org.sallyport.core.engine;

import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.persist.SeedTime;

/**
 * How much a complete torrent has been shared.
 *
 * @param uploadedBytes since it was added @param baseBytes what counts as shared once: what was downloaded, or its size if nothing was
 */
record SeedReach(long uploadedBytes, long baseBytes, SeedTime time) {
    /** What counts as a fair share when no goal was set. */
    private static final SeedGoal FAIR = SeedGoal.ratio(1);

    /** Whether that is enough: the first of what the goal names. */
    boolean reaches(SeedGoal goal) {
        return goal.ratio() >= 0 && uploadedBytes >= goal.ratio() * baseBytes
                || goal.minutes() >= 0 && time.offeredSeconds() >= goal.minutes() * 60L
                || goal.idleMinutes() >= 0 && time.idleSeconds() >= goal.idleMinutes() * 60L;
    }

    /** The same; without a goal it is a fair share that is waited for. */
    boolean reachesOrIsFair(SeedGoal goal) {
        return reaches(isNone(goal) ? FAIR : goal);
    }

    static boolean isNone(SeedGoal goal) {
        return goal.ratio() < 0 && goal.minutes() < 0 && goal.idleMinutes() < 0;
    }

    /** A goal that is reached the moment a torrent is complete: it is not to be shared at all. */
    static boolean isAtOnce(SeedGoal goal) {
        return goal.ratio() == 0 || goal.minutes() == 0 || goal.idleMinutes() == 0;
    }
}
