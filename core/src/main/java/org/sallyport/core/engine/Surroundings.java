package org.sallyport.core.engine;

import java.nio.file.Path;
import java.time.Clock;
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
 * @param clock       what time it is, for all that is kept or shown
 * @param handshake   by when a connection must have come to its first message
 * @param home        the user's, which is never shared as a whole
 * @param shareLook   how often shared files and folders are looked at
 * @param screening   what looks at files that leave quarantine, and when again
 */
record Surroundings(Trash trash, Duration snubAfter, Duration troubleWait, Duration quitStable, Duration quitCountdown,
        Clock clock, Duration handshake, Path home, Duration shareLook, ScreeningWays screening) {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    static Surroundings ofUser() {
        return new Surroundings(Trash.ofUser(), Duration.ofSeconds(15), Duration.ofSeconds(5), HALF_A_MINUTE, HALF_A_MINUTE,
                Clock.systemDefaultZone(), Duration.ofSeconds(10), Path.of(System.getProperty("user.home")), Duration.ofMinutes(1),
                ScreeningWays.USUAL);
    }

    Surroundings withTrash(Trash other) {
        return new Surroundings(other, snubAfter, troubleWait, quitStable, quitCountdown, clock, handshake, home, shareLook, screening);
    }

    Surroundings withSnubAfter(Duration value) {
        return new Surroundings(trash, value, troubleWait, quitStable, quitCountdown, clock, handshake, home, shareLook, screening);
    }

    Surroundings withTroubleWait(Duration value) {
        return new Surroundings(trash, snubAfter, value, quitStable, quitCountdown, clock, handshake, home, shareLook, screening);
    }

    Surroundings withQuitTimes(Duration stable, Duration countdown) {
        return new Surroundings(trash, snubAfter, troubleWait, stable, countdown, clock, handshake, home, shareLook, screening);
    }

    Surroundings withClock(Clock other) {
        return new Surroundings(trash, snubAfter, troubleWait, quitStable, quitCountdown, other, handshake, home, shareLook, screening);
    }

    Surroundings withHandshake(Duration value) {
        return new Surroundings(trash, snubAfter, troubleWait, quitStable, quitCountdown, clock, value, home, shareLook, screening);
    }

    Surroundings withHome(Path value) {
        return new Surroundings(trash, snubAfter, troubleWait, quitStable, quitCountdown, clock, handshake, value, shareLook, screening);
    }

    Surroundings withShareLook(Duration value) {
        return new Surroundings(trash, snubAfter, troubleWait, quitStable, quitCountdown, clock, handshake, home, value, screening);
    }

    Surroundings withScreening(ScreeningWays value) {
        return new Surroundings(trash, snubAfter, troubleWait, quitStable, quitCountdown, clock, handshake, home, shareLook, value);
    }
}
