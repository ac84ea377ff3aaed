package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.RawPeer.Frame;
import org.sallyport.core.testkit.SampleTorrent;

/** How we ask peers that refuse, choke and make exceptions (BEP 6). */
@Timeout(60)
class FastExtensionTest {
    private static final int BLOCK = 16 << 10;
    private static final int PIECE = 32 * BLOCK;
    private static final int CHOKE = 0;
    private static final int UNCHOKE = 1;
    private static final int REQUEST = 6;
    private static final int SUGGEST = 13;
    private static final int HAVE_ALL = 14;
    private static final int REJECT = 16;
    private static final int ALLOWED_FAST = 17;

    @TempDir
    Path folder;
    private final SampleTorrent torrent = SampleTorrent.single("a", PIECE, 4 * PIECE);

    @Test
    void whileChokedOnlyAllowedPiecesAreAskedForAndThoseThatThePeerHas() throws Exception {
        try (OneSwarm one = new OneSwarm(torrent, folder); RawPeer peer = one.dial("seed")) {
            peer.send(RawPeer.frame(ALLOWED_FAST, 2), RawPeer.frame(HAVE_ALL));

            assertThat(pieces(asks(peer, 16))).containsOnly(2);

            for (int block = 0; block < 8; block++) {
                peer.send(RawPeer.block(2, block * BLOCK, Arrays.copyOfRange(torrent.piece(2), block * BLOCK, (block + 1) * BLOCK)));
            }
            assertThat(pieces(asks(peer, 8))).containsOnly(2);

            peer.send(RawPeer.frame(UNCHOKE));
            for (int block = 8; block < 24; block++) {
                peer.send(RawPeer.block(2, block * BLOCK, Arrays.copyOfRange(torrent.piece(2), block * BLOCK, (block + 1) * BLOCK)));
            }
            assertThat(pieces(asks(peer, 16))).isNotEmpty().anyMatch(piece -> piece != 2);
        }
    }

    /** One block after another of the first piece was asked for, refused, and asked for again, for ever. */
    @Test
    void aPieceThatOnePeerRefusesDoesNotKeepItFromGivingOthers() throws Exception {
        try (OneSwarm one = new OneSwarm(torrent, folder); RawPeer peer = one.dial("fussy")) {
            peer.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));
            List<Frame> asked = asks(peer, 16);
            int refused = asked.get(0).number(0);

            Set<Integer> others = new LinkedHashSet<>();
            while (others.isEmpty()) {
                for (Frame ask : asked) {
                    peer.send(RawPeer.frame(REJECT, ask.number(0), ask.number(1), ask.number(2)));
                }
                peer.send(RawPeer.frame(REQUEST, 0, 0, BLOCK)); // we have nothing: refused when all before it was read
                asked = new ArrayList<>(OneSwarm.readUpTo(peer, REJECT).stream().filter(frame -> frame.id() == REQUEST).toList());
                one.run(() -> one.swarm.tick(System.nanoTime()));
                if (asked.isEmpty()) {
                    asked = asks(peer, 1);
                }
                asked.stream().map(ask -> ask.number(0)).filter(piece -> piece != refused).forEach(others::add);
            }
            assertThat(others).isNotEmpty();
        }
    }

    @Test
    void aSuggestedPieceIsAskedForFirst() throws Exception {
        SampleTorrent many = SampleTorrent.single("a", BLOCK, 64 * BLOCK);
        try (OneSwarm one = new OneSwarm(many, folder); RawPeer peer = one.dial("seed")) {
            for (int i = 0; i < 20; i++) {
                peer.send(RawPeer.frame(SUGGEST, 63 - i)); // eight count
            }
            peer.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));

            assertThat(pieces(asks(peer, 8))).containsExactly(63, 62, 61, 60, 59, 58, 57, 56);
        }
    }

    @Test
    void anUnchokeMakesUpForRefusals() throws Exception {
        SampleTorrent small = SampleTorrent.single("a", BLOCK, BLOCK);
        try (OneSwarm one = new OneSwarm(small, folder); RawPeer peer = one.dial("seed")) {
            peer.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));
            asks(peer, 1);
            peer.send(RawPeer.frame(CHOKE), RawPeer.frame(REJECT, 0, 0, BLOCK), RawPeer.frame(UNCHOKE));

            assertThat(asks(peer, 1)).singleElement().satisfies(ask -> assertThat(ask.number(0)).isZero());
        }
    }

    @Test
    void refusingAgainAndAgainWhatWasNotAskedEndsTheConnection() throws Exception {
        try (OneSwarm one = new OneSwarm(torrent, folder); RawPeer peer = one.dial("liar")) {
            for (int i = 0; i < 17; i++) {
                peer.send(RawPeer.frame(REJECT, 0, 0, BLOCK));
            }
            peer.drainToEnd();

            await().until(() -> !one.told.isEmpty());
            assertThat(one.told).containsExactly("ban 127.0.0.1 wire.unasked-rejects");
        }
    }

    private static List<Integer> pieces(List<Frame> asks) {
        return asks.stream().map(ask -> ask.number(0)).toList();
    }

    private static List<Frame> asks(RawPeer peer, int count) throws IOException {
        List<Frame> asks = new ArrayList<>();
        while (asks.size() < count) {
            asks.add(peer.readFrame(REQUEST));
        }
        return asks;
    }
}
