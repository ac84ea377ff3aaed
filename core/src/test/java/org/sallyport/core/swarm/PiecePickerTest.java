package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sallyport.core.testkit.SampleTorrent;

class PiecePickerTest {
    private static final int PIECES = 8;
    private static final SampleTorrent TORRENT = SampleTorrent.single("a", 16 << 10, PIECES * (16 << 10) - 7);

    private final BitSet all = bits(0, 1, 2, 3, 4, 5, 6, 7);

    @Test
    void startsTheRarestPieceAPeerHas() {
        PiecePicker picker = picker(bits(), all, false);
        picker.peerCame(bits(0, 1, 2), false);
        picker.peerCame(bits(0, 1, 3), false);
        picker.peerCame(bits(0), false);

        assertThat(picker.start(bits(0, 1), false)).isEqualTo(1);
        assertThat(picker.start(bits(0, 1), false)).isEqualTo(0);
        assertThat(picker.start(bits(0, 1), false)).isEqualTo(-1);
        assertThat(picker.started()).isEqualTo(bits(0, 1));
    }

    @Test
    void fromAPeerWithEverythingItTakesTheRarestOfAll() {
        PiecePicker picker = picker(bits(), all, false);
        picker.peerCame(all, true);
        picker.peerCame(bits(0, 1, 2, 3, 5, 6, 7), false);

        assertThat(picker.start(all, true)).isEqualTo(4);
    }

    @Test
    void inOrderItTakesTheFirst() {
        PiecePicker picker = picker(bits(0), bits(0, 2, 3, 5), true);

        assertThat(startAll(picker, all)).containsExactly(2, 3, 5);
    }

    @Test
    void startsOnlyWhatIsWantedAndNotHad() {
        PiecePicker picker = picker(bits(1, 2), bits(2, 3, 4), false);

        assertThat(startAll(picker, all)).containsExactlyInAnyOrder(3, 4);
        assertThat(picker.allStarted()).isTrue();
        assertThat(picker.complete()).isFalse();
    }

    @Test
    void aPieceGivenUpIsStartedAgain() {
        PiecePicker picker = picker(bits(), bits(3), false);
        picker.start(all, true);
        assertThat(picker.start(all, true)).isEqualTo(-1);

        picker.giveUp(3);

        assertThat(picker.allStarted()).isFalse();
        assertThat(picker.start(all, true)).isEqualTo(3);
    }

    @Test
    void aVerifiedPieceIsHadAndNeverStartedAgain() {
        BitSet have = bits();
        PiecePicker picker = picker(have, bits(3), false);
        picker.start(all, true);

        picker.verified(3);
        picker.giveUp(3);

        assertThat(have).isEqualTo(bits(3));
        assertThat(picker.has(3)).isTrue();
        assertThat(picker.lacks(3)).isFalse();
        assertThat(picker.start(all, true)).isEqualTo(-1);
        assertThat(picker.started()).isEqualTo(bits());
        assertThat(picker.complete()).isTrue();
        assertThat(picker.hasEverything()).isFalse();
    }

    @Test
    void havingEveryPieceIsHavingEverything() {
        PiecePicker picker = picker(bits(0, 1, 2, 3, 4, 5, 6), all, false);
        assertThat(picker.hasEverything()).isFalse();

        picker.verified(7);

        assertThat(picker.hasEverything()).isTrue();
        assertThat(picker.complete()).isTrue();
    }

    @Test
    void aPeerIsInterestingForWhatWeWantAndLack() {
        PiecePicker picker = picker(bits(1, 2), bits(1, 2, 3, 4), false);

        assertThat(picker.interesting(bits(0, 1, 2))).isZero();
        assertThat(picker.interesting(bits(2, 3, 7))).isEqualTo(1);
        assertThat(picker.interesting(all)).isEqualTo(2);
        picker.start(all, true);
        assertThat(picker.interesting(all)).as("a started piece is still lacking").isEqualTo(2);
    }

    @Test
    void countsCompletePeersOnce() {
        PiecePicker picker = picker(bits(), all, false);
        picker.peerCame(all, true);
        picker.peerCame(all, true);
        picker.peerCame(bits(0), false);
        picker.peerHas(1);

        assertThat(List.of(picker.availability(0), picker.availability(1), picker.availability(2))).containsExactly(3, 3, 2);

        picker.peerLeft(all, true);
        picker.peerLeft(bits(0, 1), false);
        assertThat(List.of(picker.availability(0), picker.availability(1), picker.availability(2))).containsExactly(1, 1, 1);
    }

    private static List<Integer> startAll(PiecePicker picker, BitSet has) {
        List<Integer> started = new ArrayList<>();
        for (int piece = picker.start(has, false); piece >= 0; piece = picker.start(has, false)) {
            started.add(piece);
        }
        return started;
    }

    private static PiecePicker picker(BitSet have, BitSet wanted, boolean sequential) {
        return new PiecePicker(have, PiecePriorities.of(wanted, PIECES), sequential, new Random(5));
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int bit : set) {
            bits.set(bit);
        }
        return bits;
    }
}
