package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.testkit.SampleTorrent.Part.file;
import static org.sallyport.core.testkit.SampleTorrent.Part.pad;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.SampleTorrent;

/** Which pieces files make wanted, and that a swarm asks for them in that order and changes its mind while it runs. */
@Timeout(60)
class PiecePrioritiesTest {
    private static final int PIECE = 16 << 10;
    private static final int HAVE_ALL = 14;
    private static final int UNCHOKE = 1;
    private static final int REQUEST = 6;
    private static final int CANCEL = 8;

    @TempDir
    Path folder;
    /** Pieces 0-1 of the first, 1-3 of the second, 3 padding, 4-5 of the third, 5 of the fourth. */
    private final SampleTorrent four = SampleTorrent.folder("a", PIECE,
            file("one", PIECE + 100), file("two", 2 * PIECE), pad(PIECE - 100), file("three", PIECE + 1), file("four", 50));

    @Test
    void aPieceCountsAsMuchAsTheFileThatIsWantedMost() {
        Metainfo metainfo = four.metainfo();

        assertThat(levels(PiecePriorities.of(metainfo, Map.of(), false))).containsExactly(2, 2, 2, 2, 2, 2);
        assertThat(levels(PiecePriorities.of(metainfo, Map.of(0, FilePriority.HIGH, 1, FilePriority.LOW, 3, FilePriority.SKIP), false)))
                .containsExactly(3, 3, 1, 1, 0, 2);
        assertThat(levels(PiecePriorities.of(metainfo, Map.of(0, FilePriority.SKIP, 1, FilePriority.SKIP), false)))
                .as("padding makes nothing wanted").containsExactly(0, 0, 0, 0, 2, 2);
        assertThat(levels(PiecePriorities.of(metainfo, Map.of(1, FilePriority.SKIP, 3, FilePriority.LOW, 4, FilePriority.SKIP), true)))
                .containsExactly(4, 4, 0, 0, 4, 4);
        assertThat(levels(PiecePriorities.of(metainfo, Map.of(4, FilePriority.SKIP), false, Set.of(0, 4)))).as("two files go ahead, one is wanted")
                .containsExactly(4, 4, 2, 2, 2, 2);
    }

    private static List<Integer> levels(PiecePriorities priorities) {
        return IntStream.range(0, priorities.pieceCount()).mapToObj(priorities::level).toList();
    }

    @Test
    void asksForTheEndsThenTheHighThenTheRestInOrder() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("a", PIECE, file("low", 3 * PIECE), file("none", 3 * PIECE), file("high", 4 * PIECE));
        PiecePriorities priorities = PiecePriorities.of(torrent.metainfo(),
                Map.of(0, FilePriority.LOW, 1, FilePriority.SKIP, 2, FilePriority.HIGH), true);

        try (OneSwarm one = new OneSwarm(torrent, folder, priorities, new BitSet(), true); RawPeer peer = one.dial("seed")) {
            peer.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));

            assertThat(requests(peer, 7)).containsExactly(0, 2, 6, 9, 7, 8, 1);
        }
    }

    @Test
    void whatIsNotWantedAnyMoreIsCancelledAndWhatIsWantedNowIsAskedFor() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("a", PIECE, file("one", 3 * PIECE), file("two", 3 * PIECE));
        PiecePriorities second = PiecePriorities.of(torrent.metainfo(), Map.of(0, FilePriority.SKIP), false);

        try (OneSwarm one = new OneSwarm(torrent, folder, PiecePriorities.of(torrent.metainfo(), Map.of(1, FilePriority.SKIP), false),
                new BitSet(), true);
                RawPeer peer = one.dial("seed")) {
            peer.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));
            assertThat(requests(peer, 3)).containsExactly(0, 1, 2);

            one.run(() -> one.swarm.prioritize(second));

            Set<Integer> cancelled = new LinkedHashSet<>();
            Set<Integer> asked = new LinkedHashSet<>();
            while (cancelled.size() < 3 || asked.size() < 3) {
                RawPeer.Frame frame = peer.readFrame();
                (frame.id() == CANCEL ? cancelled : asked).add(frame.number(0));
            }
            assertThat(cancelled).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(asked).containsExactly(3, 4, 5);
            assertThat(one.onLoop(one.swarm::partialPieces).stream().boxed().toList()).containsExactly(3, 4, 5);

            peer.send(RawPeer.block(0, 0, torrent.piece(0))); // crossed our cancel
            for (int piece = 3; piece < 6; piece++) {
                peer.send(RawPeer.block(piece, 0, torrent.piece(piece)));
            }
            await().until(() -> one.told.contains("complete"));
            assertThat(one.told).containsExactlyInAnyOrder("verified 3", "verified 4", "verified 5", "complete");
        }
    }

    @Test
    void skippingAllThatIsMissingIsTheEndAndTakingItBackBeginsAgain() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("a", PIECE, file("one", 2 * PIECE), file("two", 2 * PIECE));
        PiecePriorities all = PiecePriorities.of(torrent.metainfo(), Map.of(), false);
        BitSet have = new BitSet();
        have.set(0, 2);

        try (OneSwarm one = new OneSwarm(torrent, folder, all, have, true); RawPeer peer = one.dial("partial"); RawPeer seed = one.dial("seed")) {
            peer.send(RawPeer.frame(5, new byte[] {0x60})); // pieces 1 and 2
            seed.send(RawPeer.frame(HAVE_ALL));
            peer.readFrame(2);
            seed.readFrame(2);
            one.run(() -> one.swarm.prioritize(PiecePriorities.of(torrent.metainfo(), Map.of(1, FilePriority.SKIP), false)));

            peer.readFrame(3); // not interested
            assertThat(one.told).containsExactly("complete");
            seed.drainToEnd(); // both want nothing

            one.run(() -> one.swarm.prioritize(all));
            peer.readFrame(2);
            peer.send(RawPeer.frame(UNCHOKE));
            assertThat(requests(peer, 1)).containsExactly(2);
        }
    }

    /** Every step looks at few pieces: one look at all of them for each would be 4 · 10^10. */
    @Test
    void aHundredThousandPiecesAndTwoHundredPeersAreNoBurden() {
        int pieces = 100_000;
        BitSet all = new BitSet();
        all.set(0, pieces);
        PiecePicker picker = new PiecePicker(new BitSet(), PiecePriorities.of(all, pieces), false, new Random(1));
        List<BitSet> peers = new ArrayList<>();
        for (int p = 0; p < 200; p++) {
            BitSet has = new BitSet();
            for (int piece = p % 7; piece < pieces; piece += 1 + p % 3) {
                has.set(piece);
            }
            picker.peerCame(has, false);
            peers.add(has);
        }

        int started = 0;
        for (int turn = 0; !picker.allStarted(); turn++) {
            int piece = picker.start(peers.get(turn % 200), false);
            started += piece < 0 ? 0 : 1;
        }
        assertThat(started).isEqualTo(pieces);
    }

    private static List<Integer> requests(RawPeer peer, int count) throws IOException {
        List<Integer> pieces = new ArrayList<>();
        while (pieces.size() < count) {
            pieces.add(peer.readFrame(REQUEST).number(0));
        }
        return pieces;
    }
}
