package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The index against a model that keeps counts and a set, and looks at everything each time. */
class RarityIndexPropertyTest {
    private static final int PIECES = 12;

    private enum Kind { ADD, REMOVE, GAINED, LOST }

    private record Step(Kind kind, int piece) { }

    private static final class Model {
        final int[] availability = new int[PIECES];
        final Set<Integer> in = new HashSet<>();

        void apply(Step step) {
            switch (step.kind()) {
                case ADD -> in.add(step.piece());
                case REMOVE -> in.remove(step.piece());
                case GAINED -> availability[step.piece()]++;
                case LOST -> availability[step.piece()]--;
            }
        }

        int lowest(BitSet has) {
            return in.stream().filter(has::get).mapToInt(piece -> availability[piece]).min().orElse(-1);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kind = Arbitraries.frequency(Tuple.of(3, Kind.ADD), Tuple.of(1, Kind.REMOVE), Tuple.of(6, Kind.GAINED),
                Tuple.of(3, Kind.LOST));
        return Combinators.combine(kind, Arbitraries.integers().between(0, PIECES - 1)).as(Step::new).list().ofMaxSize(150);
    }

    @Property(tries = 500)
    void agreesWithTheModelAfterEachStep(@ForAll("steps") List<Step> steps, @ForAll long seed,
            @ForAll Set<@IntRange(max = 11) Integer> some) {
        RarityIndex index = new RarityIndex(new int[PIECES], new Random(seed));
        Model model = new Model();
        BitSet has = new BitSet();
        some.forEach(has::set);

        for (Step step : steps) {
            if (step.kind() == Kind.LOST && model.availability[step.piece()] == 0) {
                continue; // nobody has it, so nobody can lose it
            }
            apply(index, step);
            model.apply(step);

            assertThat(index.size()).isEqualTo(model.in.size());
            for (int piece = 0; piece < PIECES; piece++) {
                assertThat(index.contains(piece)).isEqualTo(model.in.contains(piece));
                assertThat(index.availability(piece)).isEqualTo(model.availability[piece]);
            }
            assertRarest(index.rarest(has), has, model);
            BitSet all = new BitSet();
            all.set(0, PIECES);
            assertRarest(index.rarest(all), all, model);
            assertRarest(index.rarest(), all, model);
            assertThat(index.first(has)).isEqualTo(model.in.stream().filter(has::get).mapToInt(piece -> piece).min().orElse(-1));
        }
        assertComesOutInOrder(index, model);
    }

    private static void apply(RarityIndex index, Step step) {
        switch (step.kind()) {
            case ADD -> index.add(step.piece());
            case REMOVE -> index.remove(step.piece());
            case GAINED -> index.gained(step.piece());
            case LOST -> index.lost(step.piece());
        }
    }

    private static void assertRarest(int found, BitSet has, Model model) {
        if (model.lowest(has) < 0) {
            assertThat(found).isEqualTo(-1);
        } else {
            assertThat(model.in).contains(found);
            assertThat(has.get(found)).isTrue();
            assertThat(model.availability[found]).isEqualTo(model.lowest(has));
        }
    }

    /** Taken out one by one, rarest first, every piece comes once and none before a rarer one. */
    private static void assertComesOutInOrder(RarityIndex index, Model model) {
        int before = 0;
        while (index.size() > 0) {
            int piece = index.rarest();
            assertThat(model.in.remove(piece)).isTrue();
            assertThat(model.availability[piece]).isGreaterThanOrEqualTo(before);
            before = model.availability[piece];
            index.remove(piece);
        }
        assertThat(model.in).isEmpty();
    }

    @Test
    void equallyRarePiecesLieInRandomOrder() {
        Set<Integer> first = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++) {
            RarityIndex index = new RarityIndex(new int[4], new Random(seed));
            IntStream.range(0, 4).forEach(index::add);
            first.add(index.rarest());
        }

        assertThat(first).containsExactly(0, 1, 2, 3);
    }

    @Test
    void countsGrowFarBeyondTheFirstBuckets() {
        RarityIndex index = new RarityIndex(new int[3], new Random(1));
        IntStream.range(0, 1000).forEach(i -> index.gained(1));
        index.add(1);
        index.add(0);
        IntStream.range(0, 500).forEach(i -> index.gained(0));

        assertThat(index.rarest()).isEqualTo(0);
        IntStream.range(0, 501).forEach(i -> index.lost(1));
        assertThat(index.rarest()).isEqualTo(1);
    }
}
