package org.sallyport.core.transport;

import java.util.concurrent.TimeUnit;
import org.sallyport.core.trust.PairingOffer;

/**
 * What one connection may take, and how many may be set up.
 *
 * @param handshakeMillis     for all that comes before the first message, from accept or connect; also for each step of a pairing
 * @param stallMillis         how long a peer may take nothing of what waits for it
 * @param pairingMillis       for a whole pairing, the thinking of two people included
 * @param handshakesPerSecond TLS handshakes that callers from outside may begin
 * @param attemptMillis       for an obfuscated handshake of ours after which the plain one is tried
 * @param exchangesPerSecond  obfuscated handshakes of callers from outside; more of them wait for their turn
 */
record Limits(long handshakeMillis, long stallMillis, long pairingMillis, int handshakesPerSecond, long attemptMillis, int exchangesPerSecond) {
    /** A block in a minute is the least that a peer must take of what it asked for. */
    private static final long STALL_MILLIS = TimeUnit.SECONDS.toMillis(60);
    /** About 40 ms of a processor each (research/security.md §3.2). */
    private static final int HANDSHAKES_PER_SECOND = 20;
    /** Two ways there and back; a client that knows only the plain protocol often says nothing at all. */
    private static final long ATTEMPT_MILLIS = 4_000;
    /** Under a millisecond of a processor each. */
    private static final int EXCHANGES_PER_SECOND = 50;

    Limits(long handshakeMillis, long stallMillis, long pairingMillis, int handshakesPerSecond) {
        this(handshakeMillis, stallMillis, pairingMillis, handshakesPerSecond, Math.min(handshakeMillis, ATTEMPT_MILLIS), EXCHANGES_PER_SECOND);
    }

    static Limits of(long handshakeMillis) {
        return new Limits(handshakeMillis, STALL_MILLIS, PairingOffer.VALID.toMillis(), HANDSHAKES_PER_SECOND);
    }
}
