package org.sallyport.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRowsTest {
    private record Peer(String address, int rate) { }

    private final LiveRows<String, Peer> rows = new LiveRows<>(Peer::address);

    @Test
    void aRowStaysWhileItsValueChanges() {
        rows.update(List.of(new Peer("a", 1), new Peer("b", 1)));
        LiveRows.Row<Peer> first = rows.rows().get(0);

        rows.update(List.of(new Peer("a", 2), new Peer("c", 3)));

        assertThat(rows.rows()).extracting(LiveRows.Row::value).containsExactly(new Peer("a", 2), new Peer("c", 3));
        assertThat(rows.rows().get(0)).isSameAs(first);
    }

    @Test
    void theSameKeyTwiceIsOneRow() {
        rows.update(List.of(new Peer("a", 1), new Peer("a", 2)));

        assertThat(rows.rows()).hasSize(1);
    }
}
