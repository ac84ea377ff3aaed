package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.OTHER_HASH;
import static org.sallyport.core.transport.Doors.soon;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;

/** Connections that we make, and that their owner hears of the end in any case. */
class DialTest {

    @Test
    void dialledPeerIsGreetedAndHeard() throws Exception {
        try (Doors doors = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), handler);
            RawPeer peer = doors.keep(other.accept());

            assertThat(peer.readHandshake()).isEqualTo(RawPeer.handshake(HASH, RawPeer.peerId("dialler")));
            assertThat(handler.lines()).isEmpty();
            peer.drip(RawPeer.handshake(HASH, RawPeer.peerId("other")));
            peer.send(RawPeer.frame(15));

            soon().until(() -> handler.lines().equals(List.of("opened", "have-none")));
            assertThat(handler.theirs().peerId()).isEqualTo(RawPeer.peerId("other"));
            assertThat(handler.link().incoming()).isFalse();
            assertThat(handler.link().remote()).isEqualTo(other.address());
            assertThat(doors.connections()).isEqualTo(1);
        }
    }

    @Test
    void nobodyAnswersAtAClosedPort() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            PeerAddress nobody = PeerAddress.of(closedPort());
            LinkLog handler = new LinkLog();
            doors.dial(nobody, handler);

            soon().until(() -> handler.lines().equals(List.of("closed link.unreachable")));
            doors.awaitConnections(0);
        }
    }

    @Test
    void peerOfAnotherTorrentIsLeft() throws Exception {
        try (Doors doors = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), handler);
            RawPeer peer = doors.keep(other.accept());
            peer.readHandshake();
            peer.send(RawPeer.handshake(OTHER_HASH, RawPeer.peerId("other")), RawPeer.frame(1));

            assertThat(peer.drainToEnd()).isZero();
            soon().until(() -> handler.lines().equals(List.of("closed link.other-torrent")));
            doors.awaitConnections(0);
        }
    }

    @Test
    void serverThatSpeaksSomethingElseIsLeftAtTheDeadline() throws Exception {
        try (Doors doors = new Doors(200); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), handler);
            RawPeer peer = doors.keep(other.accept());
            peer.send("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(peer.drainToEnd()).isEqualTo(RawPeer.HANDSHAKE_LENGTH);
            soon().until(() -> handler.lines().equals(List.of("closed link.handshake-deadline")));
        }
    }

    @Test
    void peerThatClosesBeforeItsHandshakeIsGone() throws Exception {
        try (Doors doors = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), handler);
            RawPeer peer = other.accept();
            peer.readHandshake();
            peer.close();

            soon().until(() -> handler.lines().equals(List.of("closed link.remote")));
            doors.awaitConnections(0);
        }
    }

    @Test
    void noMoreDialsAreUnderWayThanAllowed() throws Exception {
        try (Doors doors = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            List<LinkLog> handlers = new ArrayList<>();
            List<RawPeer> peers = new ArrayList<>();
            for (int i = 0; i < PeerPort.MAX_PENDING_DIALS; i++) {
                assertThat(doors.get(doors.port::canDial)).isTrue();
                handlers.add(new LinkLog());
                doors.dial(PeerAddress.of(other.address()), handlers.get(i));
                peers.add(doors.keep(other.accept()));
            }
            assertThat(doors.get(doors.port::canDial)).isFalse();

            peers.get(0).send(RawPeer.handshake(HASH, RawPeer.peerId("answers")));
            soon().until(() -> doors.get(doors.port::canDial));
            for (RawPeer peer : peers) {
                peer.close();
            }

            soon().untilAsserted(() -> assertThat(handlers).allSatisfy(handler -> assertThat(handler.ends()).hasSize(1)));
            for (int i = 0; i < PeerPort.MAX_PENDING_DIALS; i++) {
                doors.dial(PeerAddress.of(closedPort()), new LinkLog());
            }
            soon().until(() -> doors.get(doors.port::canDial));
            doors.awaitConnections(0);
        }
    }

    @Test
    void dialledConnectionsAreNotHalfOpenOnes() throws Exception {
        try (Doors doors = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            doors.dial(PeerAddress.of(other.address()), new LinkLog());
            doors.keep(other.accept()).readHandshake();
            doors.guest("guest");

            assertThat(doors.house.asked()).extracting(OpenHouse.Asked::connections, OpenHouse.Asked::halfOpen)
                    .containsExactly(tuple(1, 0));
        }
    }

    private static InetSocketAddress closedPort() throws Exception {
        try (RawListener listener = RawPeer.listen()) {
            return listener.address();
        }
    }
}
