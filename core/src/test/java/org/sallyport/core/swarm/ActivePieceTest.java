package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActivePieceTest {
    private static final int BLOCK = ActivePiece.BLOCK;
    private static final int LAST = 1_000;

    private final Source ann = new Source(1);
    private final Source bob = new Source(2);

    private record Source(int port) implements ActivePiece.Source {
        @Override
        public ActivePiece.Origin origin() {
            return new ActivePiece.Origin.WebServer("http://localhost:" + port);
        }
    }

    @Test
    void isMadeOfBlocksTheLastMayBeShort() {
        ActivePiece piece = piece(false);

        assertThat(piece.blocks()).isEqualTo(5);
        assertThat(piece.blockBytes(0)).isEqualTo(BLOCK);
        assertThat(piece.blockBytes(4)).isEqualTo(LAST);
        assertThat(piece.segmentOf(1)).isZero();
        assertThat(piece.segmentOf(2)).isEqualTo(1);
        assertThat(piece.segmentOf(4)).isEqualTo(2);
    }

    @Test
    void blocksAreAskedInOrderUntilNoneIsFree() {
        ActivePiece piece = piece(false);
        for (int block = 0; block < 5; block++) {
            assertThat(piece.hasFree()).isTrue();
            assertThat(piece.nextFree()).isEqualTo(block);
            piece.asked(block, ann);
        }

        assertThat(piece.hasFree()).isFalse();
        assertThat(piece.idle()).isFalse();
    }

    @Test
    void aBlockThatIsNotComingIsFreeAgain() {
        ActivePiece piece = piece(false);
        piece.asked(0, ann);
        piece.asked(1, ann);

        assertThat(piece.notComing(0)).isTrue();

        assertThat(piece.nextFree()).isZero();
        assertThat(piece.idle()).isFalse();
        assertThat(piece.notComing(1)).isTrue();
        assertThat(piece.idle()).isTrue();
    }

    @Test
    void aBlockAskedOfTwoIsFreeOnlyWhenNeitherSendsIt() {
        ActivePiece piece = piece(false);
        piece.asked(0, ann);
        piece.asked(0, bob);

        assertThat(piece.notComing(0)).isFalse();
        assertThat(piece.nextFree()).isEqualTo(1);
        assertThat(piece.notComing(0)).isTrue();
        assertThat(piece.nextFree()).isZero();
    }

    @Test
    void aBlockLandsAtItsPlaceInItsSegment() {
        ActivePiece piece = piece(false);
        ByteBuffer buffer = ByteBuffer.allocate(2 * BLOCK);
        piece.buffer(1, buffer);
        piece.asked(3, ann);

        ByteBuffer place = piece.arrives(3).orElseThrow();

        assertThat(place.remaining()).isEqualTo(BLOCK);
        place.put((byte) 7);
        assertThat(buffer.get(BLOCK)).isEqualTo((byte) 7);
        assertThat(buffer.position()).isZero();
    }

    @Test
    void theSecondCopyOfABlockIsThrownAwayWhetherTheFirstIsArrivingOrHere() {
        ActivePiece piece = piece(false);
        piece.buffer(0, ByteBuffer.allocate(2 * BLOCK));
        piece.asked(0, ann);
        piece.asked(0, bob);
        piece.asked(0, new Source(3));

        assertThat(piece.arrives(0)).isPresent();
        assertThat(piece.arrives(0)).as("arriving").isEmpty();
        assertThat(piece.here(0, ann)).as("a third was asked").isTrue();
        assertThat(piece.arrives(0)).as("here").isEmpty();

        assertThat(piece.sender(0)).isSameAs(ann);
        assertThat(piece.idle()).isTrue();
    }

    @Test
    void aBlockNobodyElseWasAskedForNeedsNoCancel() {
        ActivePiece piece = piece(false);
        piece.buffer(0, ByteBuffer.allocate(2 * BLOCK));
        piece.asked(0, ann);
        piece.arrives(0);

        assertThat(piece.here(0, ann)).isFalse();
    }

    @Test
    void aBlockCutOffIsFreeUnlessAnotherWasAskedToo() {
        ActivePiece piece = piece(false);
        piece.buffer(0, ByteBuffer.allocate(2 * BLOCK));
        piece.asked(0, ann);
        piece.asked(1, ann);
        piece.asked(1, bob);
        piece.arrives(0);
        piece.arrives(1);

        piece.cutOff(0);
        piece.cutOff(1);

        assertThat(piece.nextFree()).isZero();
        assertThat(piece.notComing(1)).as("of bob").isTrue();
        assertThat(piece.hasFree()).isTrue();
        assertThat(piece.idle()).isTrue();
    }

    @Test
    void aBlockThatIsHereIsNotCutOff() {
        ActivePiece piece = piece(false);
        piece.buffer(0, ByteBuffer.allocate(2 * BLOCK));
        arrive(piece, 0, ann);

        piece.cutOff(0);

        assertThat(piece.nextFree()).isEqualTo(1);
    }

    @Test
    void aSegmentIsHandedOverOnceWhenItsLastBlockIsHere() {
        ActivePiece piece = piece(false);
        ByteBuffer first = ByteBuffer.allocate(2 * BLOCK);
        ByteBuffer last = ByteBuffer.allocate(LAST);
        piece.buffer(0, first);
        piece.buffer(2, last);

        arrive(piece, 1, ann);
        assertThat(piece.fullSegment(0)).isEmpty();
        arrive(piece, 0, bob);
        assertThat(piece.fullSegment(0).orElseThrow()).isSameAs(first);
        assertThat(piece.hasBuffer(0)).isFalse();
        arrive(piece, 4, ann);
        assertThat(piece.fullSegment(2).orElseThrow()).isSameAs(last);

        assertThat(piece.handedOver()).isFalse();
        assertThat(piece.takeBuffers()).isEmpty();
        piece.buffer(1, ByteBuffer.allocate(2 * BLOCK));
        arrive(piece, 2, ann);
        arrive(piece, 3, ann);
        assertThat(piece.handedOver()).isTrue();
    }

    @Test
    void givesBackTheBuffersItStillHoldsOnce() {
        ActivePiece piece = piece(false);
        ByteBuffer held = ByteBuffer.allocate(2 * BLOCK);
        piece.buffer(1, held);

        assertThat(piece.takeBuffers()).singleElement().isSameAs(held);
        assertThat(piece.takeBuffers()).isEmpty();
    }

    @Test
    void whatArrivesForADeadPieceIsThrownAway() {
        ActivePiece piece = piece(false);
        piece.buffer(0, ByteBuffer.allocate(2 * BLOCK));
        piece.asked(0, ann);

        piece.die();
        piece.takeBuffers();

        assertThat(piece.dead()).isTrue();
        assertThat(piece.arrives(0)).isEmpty();
    }

    @Test
    void anOrdinaryPieceMayBeAskedOfAnybody() {
        ActivePiece piece = piece(false);
        piece.asked(0, ann);

        assertThat(piece.mayAsk(bob)).isTrue();
        assertThat(piece.ownedBy(ann)).isFalse();
    }

    @Test
    void aSuspectPieceComesWholeFromTheFirstAsked() {
        ActivePiece piece = piece(true);
        assertThat(piece.mayAsk(ann)).isTrue();
        assertThat(piece.mayAsk(bob)).isTrue();

        piece.asked(0, bob);

        assertThat(piece.mayAsk(bob)).isTrue();
        assertThat(piece.mayAsk(ann)).isFalse();
        assertThat(piece.ownedBy(bob)).isTrue();
    }

    private static void arrive(ActivePiece piece, int block, Source sender) {
        piece.asked(block, sender);
        Optional<ByteBuffer> place = piece.arrives(block);
        assertThat(place).isPresent();
        piece.here(block, sender);
    }

    /** Five blocks, the last one short, in segments of two. */
    private static ActivePiece piece(boolean suspect) {
        return new ActivePiece(3, 4 * BLOCK + LAST, 2 * BLOCK, suspect);
    }
}
