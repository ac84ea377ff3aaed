package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChokerTest {
    private static final long ROUND = TimeUnit.SECONDS.toNanos(10);
    private static final long START = Long.MAX_VALUE - ROUND;

    private final Choker choker = new Choker(new Random(7), START);
    private final List<Candidate> peers = new ArrayList<>();
    private long now = START;

    private static final class Candidate implements Choker.Candidate {
        boolean open = true;
        boolean wants = true;
        boolean choked = true;
        boolean optimistic;
        boolean snubbed;
        long giving;
        long taking;

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean wantsUs() {
            return wants;
        }

        @Override
        public boolean choked() {
            return choked;
        }

        @Override
        public boolean snubbed() {
            return snubbed;
        }

        @Override
        public long givingRate() {
            return giving;
        }

        @Override
        public long takingRate() {
            return taking;
        }

        @Override
        public void setChoked(boolean nowChoked, boolean nowOptimistic) {
            choked = nowChoked;
            optimistic = nowOptimistic;
        }
    }

    @Test
    void theBestGiversAndOneLuckyPeerMayDownload() {
        for (int i = 0; i < 8; i++) {
            peer().giving = 100 * i;
        }

        round(false, 4);

        Candidate lucky = lucky();
        List<Candidate> best = new ArrayList<>(peers);
        best.remove(lucky);
        assertThat(unchoked()).containsExactlyInAnyOrder(lucky, best.get(4), best.get(5), best.get(6));
    }

    @Test
    void aSeedLetsThoseDownloadThatTakeFastest() {
        for (int i = 0; i < 8; i++) {
            Candidate peer = peer();
            peer.giving = 100 * (8 - i);
            peer.taking = 100 * i;
        }

        round(true, 4);

        List<Candidate> best = new ArrayList<>(peers);
        best.remove(lucky());
        assertThat(unchoked()).contains(best.get(4), best.get(5), best.get(6)).hasSize(4);
    }

    @Test
    void aSnubbingPeerComesLastHoweverMuchItGave() {
        Candidate snubbing = peer();
        snubbing.giving = 1_000_000;
        snubbing.snubbed = true;
        snubbing.choked = false; // so it is not drawn by luck
        for (int i = 0; i < 5; i++) {
            peer().giving = i;
        }

        round(false, 3);

        assertThat(snubbing.choked).isTrue();
    }

    @Test
    void inTimeEachChokedPeerIsTheLuckyOne() {
        for (int i = 0; i < 6; i++) {
            peer();
        }
        peers.get(0).giving = 1000;
        peers.get(1).giving = 1000;
        Set<Candidate> seen = new HashSet<>();
        Candidate before = peers.get(0);
        int changes = 0;

        for (int i = 0; i < 150; i++) {
            round(false, 3);
            seen.add(lucky());
            changes += lucky() == before ? 0 : 1;
            before = lucky();
        }

        assertThat(seen).containsAll(peers.subList(2, 6));
        assertThat(changes).as("every third round, at first too").isBetween(49, 51);
    }

    @Test
    void aLuckyPeerThatLeavesIsReplacedAtOnce() {
        for (int i = 0; i < 6; i++) {
            peer();
        }
        round(false, 2);
        Candidate first = lucky();

        first.open = false;
        round(false, 2);

        assertThat(lucky()).isNotSameAs(first);
        assertThat(unchoked()).hasSize(2);
    }

    @Test
    void nothingChangesBetweenRounds() {
        peer();
        choker.tick(peers, false, 4, START + ROUND - 1);
        assertThat(unchoked()).isEmpty();

        choker.tick(peers, false, 4, START + ROUND);
        assertThat(unchoked()).hasSize(1);
    }

    @Test
    void aNewlyInterestedPeerIsLetInWhileThereIsASlot() {
        Candidate first = peer();
        Candidate second = peer();

        choker.interestChanged(first, peers, 1);
        choker.interestChanged(second, peers, 1);

        assertThat(unchoked()).containsExactly(first);
    }

    @Test
    void aPeerThatLostInterestMakesRoom() {
        Candidate first = peer();
        Candidate second = peer();
        choker.interestChanged(first, peers, 1);

        first.wants = false;
        choker.interestChanged(first, peers, 1);
        choker.interestChanged(second, peers, 1);

        assertThat(unchoked()).containsExactly(second);
    }

    /** Each number is a peer: 0 not open, 1 open, above that interested and giving so much. */
    @Property(tries = 300)
    void slotsAreNeverExceededAndNeverWasted(@ForAll @Size(max = 12) List<@Size(min = 3, max = 12) List<@IntRange(max = 9) Integer>> rounds,
            @ForAll @IntRange(min = 1, max = 6) int slots, @ForAll boolean seeding, @ForAll long seed) {
        Choker any = new Choker(new Random(seed), START);
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(new Candidate());
        }
        long time = START;
        for (List<Integer> state : rounds) {
            for (int i = 0; i < 12; i++) {
                become(all.get(i), i < state.size() ? state.get(i) : 0);
                any.interestChanged(all.get(i), all, slots);
                assertThat(open(all)).hasSizeLessThanOrEqualTo(slots);
            }
            time += ROUND;
            any.tick(all, seeding, slots, time);

            long wanting = all.stream().filter(p -> p.open && p.wants).count();
            assertThat(open(all)).hasSize((int) Math.min(slots, wanting)).allMatch(p -> p.wants);
            assertThat(all.stream().filter(p -> p.open && p.optimistic).count()).isLessThanOrEqualTo(1);
        }
    }

    private static void become(Candidate peer, int state) {
        peer.open = state > 0;
        peer.wants = state > 1;
        if (!peer.open) {
            peer.setChoked(true, false); // the next connection begins like this
        }
        peer.giving = state;
        peer.taking = 10 - state;
    }

    private static List<Candidate> open(List<Candidate> all) {
        return all.stream().filter(p -> p.open && !p.choked).toList();
    }

    private Candidate peer() {
        Candidate peer = new Candidate();
        peers.add(peer);
        return peer;
    }

    private void round(boolean seeding, int slots) {
        now += ROUND;
        choker.tick(peers, seeding, slots, now);
    }

    private List<Candidate> unchoked() {
        return open(peers);
    }

    private Candidate lucky() {
        return peers.stream().filter(p -> p.open && p.optimistic).findFirst().orElseThrow();
    }
}
