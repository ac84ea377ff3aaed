package org.sallyport.core.swarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Decides who may download from us (BEP 3): the peers that give us most, or when we have everything those that take
 * fastest, and one at random in turn so that newcomers get a chance. Network thread only.
 */
final class Choker {
    private static final long ROUND = TimeUnit.SECONDS.toNanos(10);
    private static final int ROUNDS_PER_OPTIMIST = 3;

    /** A peer as the choker sees it. */
    interface Candidate {
        boolean isOpen();

        /** It is interested in what we have. */
        boolean wantsUs();

        boolean choked();

        boolean snubbed();

        /** Bytes per second that it gives us. */
        long givingRate();

        /** Bytes per second that it takes from us. */
        long takingRate();

        void setChoked(boolean choked, boolean optimistic);
    }

    private final Random random;
    private long lastRoundNanos;
    private int round;
    private Optional<Candidate> optimist = Optional.empty();

    Choker(Random random, long nowNanos) {
        this.random = random;
        this.lastRoundNanos = nowNanos;
    }

    /** Lets a newly interested peer in at once while slots are free. */
    void interestChanged(Candidate peer, List<? extends Candidate> peers, int slots) {
        if (!peer.wantsUs()) {
            if (!peer.choked()) {
                peer.setChoked(true, false);
            }
            return;
        }
        long taken = peers.stream().filter(p -> p.isOpen() && !p.choked()).count();
        if (peer.choked() && taken < slots) {
            peer.setChoked(false, false);
        }
    }

    void tick(List<? extends Candidate> peers, boolean seeding, int slots, long nowNanos) {
        if (nowNanos - lastRoundNanos < ROUND) {
            return;
        }
        lastRoundNanos = nowNanos;
        List<Candidate> wanting = new ArrayList<>(peers);
        wanting.removeIf(p -> !p.isOpen() || !p.wantsUs());
        chooseOptimist(wanting);
        Comparator<Candidate> best = Comparator.comparingLong(p -> -(seeding ? p.takingRate() : p.givingRate()));
        wanting.sort(Comparator.comparing(Candidate::snubbed).thenComparing(best));
        int left = slots - (optimist.isPresent() ? 1 : 0);
        for (Candidate peer : wanting) {
            boolean lucky = optimist.isPresent() && optimist.get() == peer;
            peer.setChoked(!lucky && left-- <= 0, lucky);
        }
    }

    private void chooseOptimist(List<Candidate> wanting) {
        if (optimist.isPresent() && wanting.contains(optimist.get()) && ++round % ROUNDS_PER_OPTIMIST != 0) {
            return;
        }
        List<Candidate> choked = wanting.stream().filter(Candidate::choked).toList();
        optimist = choked.isEmpty() ? Optional.empty() : Optional.of(choked.get(random.nextInt(choked.size())));
    }
}
