package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.engine.TurnRule.Contender;
import org.sallyport.core.model.InfoHash;

class TurnRuleTest {
    private static InfoHash hash(int number) {
        return new InfoHash(String.format("%040x", number));
    }

    /** d download, s seed; F forced, i idle, z slow: one word for each in the order of the queue. */
    private static String turns(String line, int downloads, int seeds) {
        List<Contender> contenders = new ArrayList<>();
        String[] words = line.split(" ");
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            contenders.add(new Contender(hash(i), word.contains("s"), word.contains("F"), word.contains("i"), word.contains("z")));
        }
        var turns = TurnRule.turns(contenders, downloads, seeds);
        return IntStream.range(0, words.length).mapToObj(i -> turns.contains(hash(i)) ? "1" : "0").collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({
        "d d d,          2, 1, 110",
        "s d s d s,      1, 2, 11100",
        "dF d d,         1, 1, 110",
        "d d dF,         1, 1, 101",
        "d dz d d,       1, 1, 1100",
        "dz d d,         1, 1, 110",
        "dz dz d,        1, 1, 111",
        "sz s s,         1, 1, 110",
        "si s s,         1, 1, 110",
        "sF sF s,        1, 1, 111"})
    void theFirstOfTheQueueRunAndThoseThatNeedNoPlaceBesides(String line, int downloads, int seeds, String expected) {
        assertThat(turns(line, downloads, seeds)).isEqualTo(expected);
    }

    @Test
    void notAllOfAThousandSlowOnesRun() {
        List<Contender> slow = IntStream.range(0, 1000).mapToObj(i -> new Contender(hash(i), false, false, false, true)).toList();

        assertThat(TurnRule.turns(slow, 3, 3)).hasSize(TurnRule.MOST_SLOW + 3);
    }
}
