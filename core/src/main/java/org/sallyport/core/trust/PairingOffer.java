package org.sallyport.core.trust;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;

/**
 * A code this device shows: good for {@link #VALID}, {@link #TRIES} connections, one at a time, and one device. Owned by the network
 * thread once it was given to the {@link TokenDesk}; {@link #code} and {@link #expiresAt} may be read anywhere.
 */
public final class PairingOffer {
    public static final Duration VALID = Duration.ofMinutes(10);
    public static final int TRIES = 3;
    /** A clock put right by a little must not end a pairing, one put back by hours must not prolong it. */
    private static final Duration CLOCK_STEP = Duration.ofMinutes(1);

    private enum Stage { WAITING, BUSY, USED, CANCELLED }

    private final PairingCode code;
    private final Instant madeAt;
    private final Clock clock;
    private Stage stage = Stage.WAITING;
    private int triesLeft = TRIES;

    private PairingOffer(PairingCode code, Clock clock) {
        this.code = code;
        this.clock = clock;
        this.madeAt = clock.instant();
    }

    /** @param addresses where this device listens @throws RefusedException {@code device-address.*} */
    public static PairingOffer make(DeviceId self, List<PeerAddress> addresses, Clock clock, SecureRandom random) throws RefusedException {
        return new PairingOffer(new PairingCode(self, PairingSecret.make(random), AddressList.check(addresses)), clock);
    }

    public PairingCode code() {
        return code;
    }

    public Instant expiresAt() {
        return madeAt.plus(VALID);
    }

    /**
     * Somebody with the secret connects; counts as a try.
     *
     * @return why not: {@code pairing.code-used}, {@code pairing.code-cancelled}, {@code pairing.code-expired},
     *         {@code pairing.code-tries}, {@code pairing.busy}
     */
    public Optional<Refusal> begin() {
        Optional<Refusal> refusal = ended().or(this::busy);
        if (refusal.isEmpty()) {
            triesLeft--;
            stage = Stage.BUSY;
        }
        return refusal;
    }

    /** The connection ended before the pairing was confirmed; the next try may begin. */
    public void connectionLost() {
        if (stage == Stage.BUSY) {
            stage = Stage.WAITING;
        }
    }

    /** Both confirmed. */
    public void complete() {
        stage = Stage.USED;
    }

    /** Nobody gets in with it any more: closed by the person, or the words were not the same. */
    public void cancel() {
        if (stage != Stage.USED) {
            stage = Stage.CANCELLED;
        }
    }

    /** Why nobody can pair with it any more; empty while somebody can, or does. Rules as for {@link #begin}. */
    public Optional<Refusal> ended() {
        Instant now = clock.instant();
        if (stage == Stage.USED) {
            return refuse("pairing.code-used", "A pairing code was used a second time. If it was not you, remove the device that was added last.");
        }
        if (stage == Stage.CANCELLED) {
            return refuse("pairing.code-cancelled", "A pairing code was used after it was withdrawn. Make a new one to pair.");
        }
        if (now.isBefore(madeAt.minus(CLOCK_STEP)) || !now.isBefore(expiresAt())) {
            return refuse("pairing.code-expired", "A pairing code was used after its " + VALID.toMinutes() + " minutes. Make a new one to pair.");
        }
        if (stage == Stage.WAITING && triesLeft == 0) {
            return refuse("pairing.code-tries", "A pairing code was used more than " + TRIES + " times without success. Make a new one to pair.");
        }
        return Optional.empty();
    }

    private Optional<Refusal> busy() {
        return stage != Stage.BUSY ? Optional.empty()
                : refuse("pairing.busy", "A pairing code was used while another device is pairing with it. Finish or cancel that one first.");
    }

    private static Optional<Refusal> refuse(String rule, String sentence) {
        return Optional.of(new Refusal(rule, sentence));
    }

    @Override
    public String toString() {
        return "PairingOffer(" + stage + ", " + triesLeft + " tries left)";
    }
}
