package org.sallyport.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.testkit.FuzzTarget;

/** Any bytes become a value within its bounds or the refusal that the reader declares, quickly, and never anything else (I11). A few seconds. */
@Tag("hostile")
class FuzzTest {
    /** @param bytes what the reader gets */
    record Input(FuzzTarget target, byte[] bytes) {
        @Override
        public String toString() {
            return target + " " + HexFormat.of().formatHex(bytes);
        }
    }

    @Example
    void samplesAreNoTrouble() {
        assertThat(FuzzTargets.ALL).extracting(FuzzTarget::name).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+"));
        assertThat(FuzzTargets.ALL).allSatisfy(target -> {
            assertThat(target.samples()).isNotEmpty();
            for (Bytes sample : target.samples()) {
                target.check().take(sample.toArray());
            }
            target.check().take(new byte[0]);
        });
    }

    @Property(tries = 5000)
    void changedSamplesAreReadOrRefused(@ForAll("changed") Input input) {
        FuzzRun.take(input.target(), input.bytes());
    }

    @Property(tries = 1500)
    void anyBytesAreReadOrRefused(@ForAll("any") Input input) {
        FuzzRun.take(input.target(), input.bytes());
    }

    @Provide
    Arbitrary<Input> changed() {
        Arbitrary<List<Mutation>> mutations = Combinators.combine(Arbitraries.integers().between(0, 6), Arbitraries.integers().between(0, 1500),
                Arbitraries.integers().between(0, 255), Arbitraries.integers().between(0, 39)).as(Mutation::new).list().ofMinSize(1).ofMaxSize(6);
        return Arbitraries.of(FuzzTargets.ALL).flatMap(target -> Combinators.combine(Arbitraries.of(target.samples()), mutations)
                .as((sample, edits) -> {
            byte[] bytes = sample.toArray();
            for (Mutation edit : edits) {
                bytes = edit.apply(bytes);
            }
            return new Input(target, bytes);
        }));
    }

    @Provide
    Arbitrary<Input> any() {
        return Combinators.combine(Arbitraries.of(FuzzTargets.ALL), Arbitraries.bytes().array(byte[].class).ofMaxSize(600)).as(Input::new);
    }
}
