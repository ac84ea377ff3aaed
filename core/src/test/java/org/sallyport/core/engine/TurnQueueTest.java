package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.QueueMove;

class TurnQueueTest {
    private static final InfoHash A = hash("a");
    private static final InfoHash B = hash("b");
    private static final InfoHash C = hash("c");

    private static InfoHash hash(String letter) {
        return new InfoHash(letter.repeat(40));
    }

    @ParameterizedTest
    @CsvSource({
        "b, TOP, true, bac", "b, UP, true, bac", "b, DOWN, true, acb", "b, BOTTOM, true, acb",
        "a, TOP, false, abc", "a, UP, false, abc", "c, DOWN, false, abc", "c, BOTTOM, false, abc",
        "a, BOTTOM, true, bca", "c, TOP, true, cab", "d, TOP, false, abc"})
    void movesOneAndKeepsTheOthersInOrder(String which, QueueMove move, boolean moved, String expected) {
        TurnQueue queue = new TurnQueue();
        queue.recall(List.of(A, B, C));

        assertThat(queue.move(hash(which), move, Set.of(A, B, C))).isEqualTo(moved);
        assertThat(queue.order()).isEqualTo(expected.chars().mapToObj(c -> hash(String.valueOf((char) c))).toList());
    }

    @Test
    void whatIsNotThereIsNotCounted() {
        TurnQueue queue = new TurnQueue();
        queue.recall(List.of(A, B, C));

        assertThat(queue.positions(Set.of(A, C))).isEqualTo(Map.of(A, 1, C, 2));
        queue.move(C, QueueMove.UP, Set.of(A, C));
        queue.add(B);
        assertThat(queue.order()).containsExactly(C, A, B);
    }
}
