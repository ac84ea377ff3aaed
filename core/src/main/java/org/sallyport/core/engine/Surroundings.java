package org.sallyport.core.engine;

import java.time.Duration;
import org.sallyport.core.storage.Trash;

/**
 * What an engine takes as given about the world: where removed files go and how patient to be with peers and disks.
 *
 * @param trash       takes the files of torrents removed with their data
 * @param snubAfter   a peer that owes us blocks and sends none for this long is not relied on any more
 * @param troubleWait after trouble with a disk, the first look whether it is over; later ones wait longer
 * @param quitStable  how long nothing may change before a countdown to the end begins
 * @param quitCountdown how long a person has to say no
 */
record Surroundings(Trash trash, Duration snubAfter, Duration troubleWait, Duration quitStable, Duration quitCountdown) {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    static Surroundings ofUser() {
        return new Surroundings(Trash.ofUser(), Duration.ofSeconds(15), Duration.ofSeconds(5), HALF_A_MINUTE, HALF_A_MINUTE);
    }

    Surroundings withTrash(Trash other) {
        return new Surroundings(other, snubAfter, troubleWait, quitStable, quitCountdown);
    }

    Surroundings withSnubAfter(Duration value) {
        return new Surroundings(trash, value, troubleWait, quitStable, quitCountdown);
    }

    Surroundings withTroubleWait(Duration value) {
        return new Surroundings(trash, snubAfter, value, quitStable, quitCountdown);
    }

    Surroundings withQuitTimes(Duration stable, Duration countdown) {
        return new Surroundings(trash, snubAfter, troubleWait, stable, countdown);
    }
}
