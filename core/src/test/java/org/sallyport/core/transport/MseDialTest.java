package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.OTHER_HASH;
import static org.sallyport.core.transport.Doors.soon;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawMse;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.wire.MseMethod;

/** Whom we call obfuscated, and what becomes of those who cannot. */
class MseDialTest {
    private static final Limits PATIENT = new Limits(NEVER, NEVER, NEVER, 1000, NEVER, 1000);

    @ParameterizedTest
    @EnumSource(MseMethod.class)
    void whoAnswersChooses(MseMethod method) throws Exception {
        try (Doors doors = new Doors(PATIENT); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), Encryption.PREFER, handler);
            RawMse peer = new RawMse(doors.keep(other.accept())).drip().answer(HASH, method);

            assertThat(peer.stream().initial().toArray()).as("no answer is waited for").isEqualTo(RawPeer.handshake(HASH, RawPeer.peerId("dialler")));
            peer.send(RawPeer.handshake(HASH, RawPeer.peerId("other")), RawPeer.frame(15));

            soon().until(() -> handler.lines().equals(List.of("opened", "have-none")));
            assertThat(handler.link().security()).isEqualTo(LinkSecurity.obfuscated(method == MseMethod.RC4));
            assertThat(handler.link().incoming()).isFalse();
        }
    }

    @Test
    void nothingButRc4IsOfferedWhenItIsRequired() throws Exception {
        try (Doors doors = new Doors(PATIENT); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), Encryption.REQUIRE, handler);

            assertThat(new RawMse(doors.keep(other.accept())).answer(HASH, MseMethod.PLAINTEXT, MseMethod.RC4).stream().method())
                    .isEqualTo(MseMethod.RC4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 95, 700})
    void whoClosesIsCalledOnceMoreInThePlainProtocol(int garbage) throws Exception {
        try (Doors doors = new Doors(PATIENT); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), Encryption.PREFER, handler);
            RawPeer first = other.accept();
            first.read(96);
            byte[] noise = new byte[garbage];
            Arrays.fill(noise, (byte) 5);
            first.send(noise);
            first.close();
            RawPeer second = doors.keep(other.accept());

            assertThat(second.readHandshake()).isEqualTo(RawPeer.handshake(HASH, RawPeer.peerId("dialler")));
            assertThat(handler.lines()).isEmpty();
            second.send(RawPeer.handshake(HASH, RawPeer.peerId("plain")), RawPeer.frame(15));
            soon().until(() -> handler.lines().equals(List.of("opened", "have-none")));
            assertThat(handler.link().security()).isEqualTo(LinkSecurity.plain());
            doors.awaitConnections(1);
        }
    }

    @Test
    void whoStaysSilentIsCalledOnceMoreInThePlainProtocol() throws Exception {
        try (Doors doors = new Doors(new Limits(NEVER, NEVER, NEVER, 1000, 200, 1000)); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), Encryption.PREFER, handler);
            RawPeer first = doors.keep(other.accept());

            assertThat(doors.keep(other.accept()).readHandshake()).isEqualTo(RawPeer.handshake(HASH, RawPeer.peerId("dialler")));
            assertThat(first.drainToEnd()).isBetween(96L, 96L + 512);
        }
    }

    @Test
    void nobodyIsCalledOnceMoreWhoMustNotBeCalledAnyMore() throws Exception {
        try (Doors doors = new Doors(PATIENT); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), Encryption.PREFER, handler);
            RawPeer first = other.accept();
            first.read(96);
            doors.again.set(false);
            first.close();

            soon().until(() -> handler.lines().equals(List.of("closed link.remote")));
            doors.awaitConnections(0);
        }
    }

    @Test
    void whoClosesBothIsGoneOnce() throws Exception {
        try (Doors doors = new Doors(PATIENT); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), Encryption.PREFER, handler);
            other.accept().close();
            other.accept().close();

            soon().until(() -> handler.lines().size() == 1);
            assertThat(handler.ends()).hasSize(1);
            doors.awaitConnections(0);
            assertThat(doors.get(doors.port::canDial)).isTrue();
        }
    }

    @Test
    void whenItIsRequiredNobodyIsCalledInThePlainProtocol() throws Exception {
        try (Doors doors = new Doors(PATIENT); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), Encryption.REQUIRE, handler);
            RawPeer peer = other.accept();
            assertThat(Arrays.copyOf(peer.read(96), 20)).isNotEqualTo(Arrays.copyOf(RawPeer.handshake(HASH, RawPeer.peerId("dialler")), 20));
            peer.close();

            soon().until(() -> handler.lines().equals(List.of("closed link.remote")));
            doors.awaitConnections(0);
        }
    }

    @Test
    void nobodyIsCalledTwiceWhereNobodyIs() throws Exception {
        try (Doors doors = new Doors(PATIENT)) {
            PeerAddress nobody;
            try (RawListener listener = RawPeer.listen()) {
                nobody = PeerAddress.of(listener.address());
            }
            LinkLog handler = new LinkLog();
            doors.dial(nobody, Encryption.PREFER, handler);

            soon().until(() -> handler.lines().equals(List.of("closed link.unreachable")));
        }
    }

    @Test
    void peerOfAnotherTorrentIsLeftAndNotCalledAgain() throws Exception {
        try (Doors doors = new Doors(PATIENT); RawListener other = RawPeer.listen()) {
            LinkLog handler = new LinkLog();
            doors.dial(PeerAddress.of(other.address()), Encryption.PREFER, handler);
            RawMse peer = new RawMse(doors.keep(other.accept())).answer(HASH, MseMethod.RC4);
            peer.send(RawPeer.handshake(OTHER_HASH, RawPeer.peerId("other")));

            soon().until(() -> handler.lines().equals(List.of("closed link.other-torrent")));
            doors.awaitConnections(0);
        }
    }
}
