package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.RawPeer.Frame;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.wire.ExtendedHandshake;

/** Who wants nothing, who lost something, and the only seed of a torrent: BEP 16, 21 and 54. */
@Timeout(60)
class SeedingTest {
    private static final int PIECE = 16 << 10;
    private static final int UNCHOKE = 1;
    private static final int INTERESTED = 2;
    private static final int NOT_INTERESTED = 3;
    private static final int HAVE = 4;
    private static final int REQUEST = 6;
    private static final int HAVE_ALL = 14;
    private static final int HAVE_NONE = 15;
    private static final int EXTENDED = 20;

    @TempDir
    Path folder;
    private final SampleTorrent torrent = SampleTorrent.single("a", PIECE, 4 * PIECE);

    private OneSwarm seed() throws Exception {
        return new OneSwarm(torrent, folder, PiecePriorities.of(OneSwarm.all(torrent), 4), OneSwarm.all(torrent), false);
    }

    @Test
    void weSayThatWeWantNothingWhenThatIsSoAndWhenItIsNotAnyMore() throws Exception {
        PiecePriorities all = PiecePriorities.of(OneSwarm.all(torrent), 4);
        try (OneSwarm one = new OneSwarm(torrent, folder); RawPeer peer = one.dial("leech")) {
            assertThat(introduction(peer).uploadOnly()).isFalse();

            one.run(() -> one.swarm.prioritize(PiecePriorities.of(torrent.metainfo(), Map.of(0, FilePriority.SKIP), false)));
            assertThat(introduction(peer).uploadOnly()).isTrue();

            one.run(() -> one.swarm.prioritize(all));
            assertThat(introduction(peer).uploadOnly()).isFalse();
        }
    }

    @Test
    void weTellThePeerWhereWeSeeIt() throws Exception {
        try (OneSwarm one = seed(); RawPeer peer = one.dial("leech", "127.0.0.5")) {
            assertThat(introduction(peer).yourIp().toArray()).containsExactly(127, 0, 0, 5);
        }
    }

    @Test
    void twoThatWantNothingLeaveEachOther() throws Exception {
        try (OneSwarm one = seed(); RawPeer inHandshake = one.dial("one", "127.0.0.2"); RawPeer later = one.dial("two", "127.0.0.3")) {
            inHandshake.send(RawPeer.frame(5, new byte[] {0x40}), OneSwarm.extended(0, Map.of("upload_only", 1L)));
            inHandshake.drainToEnd();

            int id = introduction(later).extensions().get("upload_only");
            later.send(RawPeer.frame(EXTENDED, (byte) id, (byte) 1));
            later.drainToEnd();
            assertThat(one.told).isEmpty();
        }
    }

    @Test
    void whatAPeerTakesBackIsNotAskedOfIt() throws Exception {
        try (OneSwarm one = new OneSwarm(torrent, folder); RawPeer peer = one.dial("forgetful")) {
            int id = introduction(peer).extensions().get("lt_donthave");
            peer.send(RawPeer.frame(HAVE_ALL));
            peer.readFrame(INTERESTED);
            peer.send(dontHave(id, 0), dontHave(id, 1), dontHave(id, 1), dontHave(id, 3));
            peer.send(RawPeer.frame(UNCHOKE));

            assertThat(peer.readFrame(REQUEST).number(0)).isEqualTo(2);
            peer.send(dontHave(id, 2));
            peer.readFrame(NOT_INTERESTED);
            assertThat(one.onLoop(() -> one.swarm.availability(2))).isZero();
            assertThat(one.onLoop(() -> one.swarm.peerSnapshots().get(0).progress())).isZero();

            peer.send(RawPeer.frame(HAVE, 2));
            assertThat(peer.readFrame(REQUEST).number(0)).isEqualTo(2);
        }
    }

    @Test
    void theOnlySeedShowsEachPeerOnePieceAndTheNextWhenThatHasSpread() throws Exception {
        try (OneSwarm one = seed()) {
            one.run(() -> one.swarm.superSeeding(true));
            try (RawPeer first = one.dial("one", "127.0.0.2"); RawPeer second = one.dial("two", "127.0.0.3")) {
                first.readFrame(HAVE_NONE);
                int shownFirst = first.readFrame(HAVE).number(0);
                int shownSecond = second.readFrame(HAVE).number(0);
                assertThat(shownFirst).isNotEqualTo(shownSecond);

                first.send(RawPeer.frame(INTERESTED), RawPeer.frame(HAVE, shownFirst)); // it has it, nobody else does
                first.readFrame(UNCHOKE);
                first.send(RawPeer.frame(REQUEST, shownSecond, 0, PIECE)); // not shown to it: as if we did not have it
                assertThat(first.readFrame(16).number(0)).isEqualTo(shownSecond);

                second.send(RawPeer.frame(HAVE, shownFirst));
                int next = first.readFrame(HAVE).number(0);
                assertThat(next).isNotIn(shownFirst, shownSecond);

                one.run(() -> one.swarm.superSeeding(false));
                assertThat(Set.of(first.readFrame(HAVE).number(0), first.readFrame(HAVE).number(0))).doesNotContain(shownFirst, next);
            }
            await().until(() -> one.onLoop(one.swarm::connectedPeers) == 0);
        }
    }

    private static byte[] dontHave(int id, int piece) {
        return RawPeer.frame(EXTENDED, ByteBuffer.allocate(5).put((byte) id).putInt(piece).array());
    }

    private static ExtendedHandshake introduction(RawPeer peer) throws Exception {
        Frame frame = peer.readFrame(EXTENDED);
        byte[] payload = frame.payload().toArray();
        if (payload[0] != 0) {
            throw new IOException("not a handshake");
        }
        return ExtendedHandshake.decode(Arrays.copyOfRange(payload, 1, payload.length));
    }
}
