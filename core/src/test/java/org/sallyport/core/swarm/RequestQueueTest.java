package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RequestQueueTest {
    private static final int BLOCK = ActivePiece.BLOCK;

    private record Asked(ActivePiece piece, int block) { }

    /** 0..5 add a block, others remove the one at that fraction of the queue, the oldest most often, as answers come. */
    @Property(tries = 300)
    void behavesLikeAList(@ForAll @Size(max = 400) List<@IntRange(min = 0, max = 9) Integer> steps) {
        ActivePiece[] pieces = {piece(0), piece(1), piece(7)};
        RequestQueue queue = new RequestQueue();
        List<Asked> model = new ArrayList<>();
        int next = 0;

        for (int step : steps) {
            if (step <= 5) {
                Asked asked = new Asked(pieces[next % 3], next / 3);
                next++;
                queue.add(asked.piece(), asked.block());
                model.add(asked);
            } else if (!model.isEmpty()) {
                int at = (step - 6) * (model.size() - 1) / 3;
                queue.remove(at);
                model.remove(at);
            }
            assertSame(queue, model);
        }

        List<Asked> drained = new ArrayList<>();
        queue.drain((piece, block) -> drained.add(new Asked(piece, block)));
        assertThat(drained).isEqualTo(model);
        assertThat(queue.size()).isZero();
    }

    private static void assertSame(RequestQueue queue, List<Asked> model) {
        assertThat(queue.size()).isEqualTo(model.size());
        for (int i = 0; i < model.size(); i++) {
            Asked asked = model.get(i);
            assertThat(queue.piece(i)).isSameAs(asked.piece());
            assertThat(queue.block(i)).isEqualTo(asked.block());
            assertThat(queue.find(asked.piece().piece, asked.block() * BLOCK)).isEqualTo(i);
            assertThat(queue.blocksOf(asked.piece()).get(asked.block())).isTrue();
        }
        assertThat(queue.find(7, 4000 * BLOCK)).isEqualTo(-1);
        assertThat(queue.find(3, 0)).isEqualTo(-1);
    }

    @Test
    void theRingGrowsWhileItIsWrapped() {
        RequestQueue queue = new RequestQueue();
        ActivePiece piece = piece(2);
        for (int block = 0; block < 60; block++) {
            queue.add(piece, block);
        }
        for (int i = 0; i < 50; i++) {
            queue.remove(0);
        }
        for (int block = 60; block < 260; block++) {
            queue.add(piece, block);
        }

        assertThat(queue.size()).isEqualTo(210);
        for (int i = 0; i < 210; i++) {
            assertThat(queue.block(i)).isEqualTo(50 + i);
        }
    }

    @Test
    void aBeginThatIsNoBlockWeAskedForIsNotFound() {
        RequestQueue queue = new RequestQueue();
        queue.add(piece(2), 3);

        assertThat(queue.find(2, 3 * BLOCK)).isZero();
        assertThat(queue.find(2, 3 * BLOCK + 1)).isEqualTo(-1);
        assertThat(queue.find(2, -BLOCK)).isEqualTo(-1);
    }

    @Test
    void knowsTheBlocksAskedOfOneAttemptAtAPiece() {
        RequestQueue queue = new RequestQueue();
        ActivePiece wanted = piece(2);
        queue.add(wanted, 3);
        queue.add(piece(2), 4);
        queue.add(piece(1), 5);
        queue.add(wanted, 0);

        assertThat(queue.blocksOf(wanted).stream()).containsExactly(0, 3);
    }

    @Test
    void growsByOneABlockUntilTheSpeedGrowsNoMore() {
        RequestQueue queue = new RequestQueue();
        queue.limit(RequestQueue.MAX_DEPTH);
        int first = queue.room();
        queue.blockCame(0);
        assertThat(queue.room()).isEqualTo(first + 1);

        queue.adapt(1_000_000);
        queue.adapt(2_000_000);
        queue.blockCame(0);
        assertThat(queue.room()).as("still faster").isEqualTo(first + 2);

        queue.adapt(2_100_000);
        int settled = queue.room();
        queue.blockCame(0);
        assertThat(queue.room()).isEqualTo(settled);
        assertThat(settled).as("three seconds' worth").isBetween(3 * 2_100_000 / BLOCK, 3 * 2_100_000 / BLOCK + 5);
    }

    @Test
    void asksForMoreWhereTheWayIsLongAndFast() {
        RequestQueue queue = new RequestQueue();
        queue.limit(5000);
        queue.askedFirst(1_000_000_000L);
        queue.blockCame(1_200_000_000L);
        queue.blockCame(9_000_000_000L); // waited behind others, which tells nothing of the way

        queue.adapt(60_000_000);
        queue.adapt(60_000_000);
        assertThat(queue.room()).as("twice what is under way in 0.2 s").isEqualTo(2 * 12_000_000 / BLOCK);

        queue.adapt(10_000_000_000L);
        assertThat(queue.room()).isEqualTo(RequestQueue.MOST_DEPTH);
        queue.adapt(2_000_000);
        assertThat(queue.room()).as("three seconds' worth").isBetween(3 * 2_000_000 / BLOCK, 3 * 2_000_000 / BLOCK + 5);
    }

    @Test
    void theDepthHasBounds() {
        RequestQueue queue = new RequestQueue();
        queue.limit(1_000_000);
        for (int i = 0; i < 10_000; i++) {
            queue.blockCame(0);
        }
        assertThat(queue.room()).isEqualTo(RequestQueue.MAX_DEPTH);
        queue.adapt(1L << 40);
        queue.adapt(1L << 40);
        assertThat(queue.room()).isEqualTo(RequestQueue.MAX_DEPTH);
        queue.adapt(1);
        assertThat(queue.room()).isEqualTo(4);
    }

    @Test
    void neverAsksMoreThanThePeerKeeps() {
        RequestQueue queue = new RequestQueue();

        queue.limit(5);
        assertThat(queue.room()).isEqualTo(5);
        queue.add(piece(0), 0);
        assertThat(queue.room()).isEqualTo(4);
    }

    @Test
    void aSnubbingPeerIsAskedForOneBlockUntilItAnswers() {
        RequestQueue queue = new RequestQueue();

        queue.snubbed();
        queue.adapt(0);
        queue.adapt(500_000);
        assertThat(queue.room()).isEqualTo(1);

        queue.answeredAgain();
        assertThat(queue.room()).isGreaterThan(1);
        queue.blockCame(0);
        assertThat(queue.room()).as("grows again").isGreaterThan(2);
    }

    private static ActivePiece piece(int number) {
        return new ActivePiece(number, 4096 * BLOCK, 64 * BLOCK, false);
    }
}
