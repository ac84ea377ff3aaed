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

    @Test
    void whoComesLastOrWasLastChangesNobodysPlace() {
        TurnQueue queue = new TurnQueue();
        queue.add(A);
        queue.add(B);
        Map<InfoHash, Integer> before = queue.positions(Set.of(A, B));

        queue.add(C);
        queue.add(A); // it goes on in another folder, say
        assertThat(queue.positions(Set.of(A, B, C))).isSameAs(before).isEqualTo(Map.of(A, 1, B, 2, C, 3));

        queue.remove(C);
        assertThat(queue.positions(Set.of(A, B))).isSameAs(before).isEqualTo(Map.of(A, 1, B, 2));
        queue.remove(A);
        assertThat(queue.positions(Set.of(B))).isEqualTo(Map.of(B, 1));
    }

    @Test
    void whosePlaceWasKeptComesBackToIt() {
        TurnQueue queue = new TurnQueue();
        queue.recall(List.of(A, B, C));
        queue.add(A);
        queue.add(C);
        assertThat(queue.positions(Set.of(A, C))).isEqualTo(Map.of(A, 1, C, 2));

        queue.add(B);
        assertThat(queue.positions(Set.of(A, B, C))).isEqualTo(Map.of(A, 1, B, 2, C, 3));
    }
}
