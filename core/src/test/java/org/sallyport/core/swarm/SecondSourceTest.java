package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.SampleTorrent;

/** What is asked of the only seed while others fetch the same from it. */
@Timeout(60)
class SecondSourceTest {
    private static final int BLOCK = 16 << 10;
    private static final int PIECE = 4 * BLOCK;
    private static final int PIECES = 32;
    private static final int UNCHOKE = 1;
    private static final int HAVE = 4;
    private static final int REQUEST = 6;
    private static final int CANCEL = 8;
    private static final int HAVE_ALL = 14;
    private static final int HAVE_NONE = 15;

    @TempDir
    Path folder;
    private final SampleTorrent torrent = SampleTorrent.single("a", PIECE, PIECES * PIECE);

    @Test
    void aPieceThatCameToAnotherIsNotWaitedForAtTheSeed() throws Exception {
        try (OneSwarm one = new OneSwarm(torrent, folder); RawPeer seed = one.dial("seed"); RawPeer other = one.dial("other", "127.0.0.2")) {
            other.send(RawPeer.frame(HAVE_NONE));
            List<Integer> asked = fourPieces(seed);
            int second = asked.get(1);

            other.send(RawPeer.frame(HAVE, second));

            List<Integer> cancelled = pieces(seed, CANCEL, 4);
            assertThat(cancelled).containsOnly(second);
            assertThat(pieces(seed, REQUEST, 4)).as("what nobody else has, instead").doesNotContainAnyElementsOf(asked);

            other.send(RawPeer.frame(HAVE, asked.get(0)), RawPeer.frame(HAVE, asked.get(2)));
            assertThat(pieces(seed, CANCEL, 4)).as("what comes next is left").containsOnly(asked.get(2));
        }
    }

    /** A piece that others have too had room for more requests, so the seed was asked for the rest of it. */
    @Test
    void theSeedIsNotAskedForTheRestOfAPieceThatOthersHave() throws Exception {
        SampleTorrent large = SampleTorrent.single("a", 32 * BLOCK, 8 * 32 * BLOCK);
        try (OneSwarm one = new OneSwarm(large, folder); RawPeer seed = one.dial("seed"); RawPeer other = one.dial("other", "127.0.0.2")) {
            other.send(RawPeer.frame(HAVE, 0), RawPeer.frame(HAVE, 1), RawPeer.frame(UNCHOKE));
            assertThat(pieces(other, REQUEST, 16)).as("half of a piece").containsAnyOf(0, 1);

            seed.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));

            assertThat(pieces(seed, REQUEST, 16)).as("one that only it has").allMatch(piece -> piece > 1);
        }
    }

    private List<Integer> fourPieces(RawPeer seed) throws Exception {
        seed.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));
        return pieces(seed, REQUEST, 16).stream().distinct().toList();
    }

    private static List<Integer> pieces(RawPeer peer, int id, int count) throws Exception {
        List<Integer> pieces = new ArrayList<>();
        while (pieces.size() < count) {
            pieces.add(peer.readFrame(id).number(0));
        }
        return pieces;
    }
}
