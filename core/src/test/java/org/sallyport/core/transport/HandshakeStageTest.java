package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.OTHER_HASH;
import static org.sallyport.core.transport.Doors.soon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.transport.OpenHouse.Asked;

/** Who gets past the handshake, and what a stranger learns and costs before it. */
class HandshakeStageTest {
    private static final long SHORT = 200;

    @Test
    void handshakeMayComeByteByByte() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            RawPeer peer = doors.stranger();
            peer.drip(RawPeer.handshake(0x04, HASH, RawPeer.peerId("slow")));
            peer.drip(RawPeer.frame(4, 3));

            assertThat(peer.readHandshake()).isEqualTo(RawPeer.handshake(HASH, OpenHouse.PEER_ID));
            LinkLog guest = doors.onlyGuest();
            soon().until(() -> guest.lines().equals(List.of("opened", "have 3")));
            assertThat(guest.theirs().peerId()).isEqualTo(RawPeer.peerId("slow"));
            assertThat(guest.theirs().supportsFast()).isTrue();
            assertThat(guest.theirs().supportsExtensions()).isFalse();
            assertThat(guest.link().incoming()).isTrue();
            assertThat(guest.link().remote()).isEqualTo(peer.local());
        }
    }

    @Test
    void messagesMayComeWithTheHandshake() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            RawPeer peer = doors.stranger();
            byte[] have = RawPeer.frame(4, 7);
            peer.send(RawPeer.handshake(HASH, RawPeer.peerId("quick")), RawPeer.frame(1), Arrays.copyOf(have, 6));
            peer.readHandshake();
            peer.send(Arrays.copyOfRange(have, 6, have.length));

            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "unchoke", "have 7")));
        }
    }

    static List<byte[]> notHandshakes() {
        byte[] handshake = RawPeer.handshake(HASH, RawPeer.peerId("nearly"));
        byte[] nearly = handshake.clone();
        nearly[19] = 'L';
        return List.of(
                new byte[0],
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01},
                new byte[300_000],
                Arrays.copyOf(handshake, 67),
                nearly);
    }

    @ParameterizedTest
    @MethodSource("notHandshakes")
    void strangerGetsNoAnswerAndIsClosedAtTheDeadline(byte[] bytes) throws Exception {
        try (Doors doors = new Doors(SHORT)) {
            RawPeer stranger = doors.stranger();
            stranger.send(bytes);

            assertThat(stranger.drainToEnd()).isZero();
            doors.awaitConnections(0);
            assertThat(doors.house.guests()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("notHandshakes")
    void strangerIsNotClosedBeforeTheDeadline(byte[] bytes) throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.stranger().send(bytes);
            for (int i = 0; i < 3; i++) {
                doors.guest("later"); // each a turn of the network thread in which the stranger's bytes are there
            }

            assertThat(doors.connections()).isEqualTo(4);
        }
    }

    @Test
    void peerThatShookHandsIsNotClosedAtTheDeadline() throws Exception {
        try (Doors doors = new Doors(SHORT)) {
            RawPeer peer = doors.guest("early");
            assertThat(doors.stranger().drainToEnd()).isZero(); // came later, so its deadline is past the peer's

            peer.send(RawPeer.frame(0));

            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "choke")));
        }
    }

    @Test
    void whoAsksForAnUnknownTorrentIsClosedWithoutAnAnswer() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            RawPeer peer = doors.greeter(OTHER_HASH, "lost");

            assertThat(peer.drainToEnd()).isZero();
            doors.awaitConnections(0);
        }
    }

    @Test
    void hostIsAskedWithTheCountsOfTheMoment() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            RawPeer first = doors.stranger();
            doors.stranger();
            doors.awaitConnections(2);
            first.send(RawPeer.handshake(HASH, RawPeer.peerId("first")));
            first.readHandshake();
            RawPeer third = doors.stranger();
            doors.awaitConnections(3);
            third.close();
            doors.awaitConnections(2);
            doors.stranger();
            doors.awaitConnections(3);

            assertThat(doors.house.asked()).extracting(Asked::from).hasOnlyElementsOfType(Inet4Address.class);
            assertThat(doors.house.asked()).extracting(Asked::connections).containsExactly(0, 1, 2, 2);
            assertThat(doors.house.asked()).extracting(Asked::halfOpen).containsExactly(0, 1, 1, 1);
            assertThat(doors.house.asked()).extracting(Asked::halfOpenFromHost).containsExactly(0, 1, 1, 1);
            assertThat(doors.house.asked()).extracting(Asked::halfOpenFromNetwork).containsExactly(0, 1, 1, 1);
        }
    }

    @Test
    void refusedConnectionIsClosedAndCountsForNothing() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.allow(asked -> false);
            assertThat(doors.stranger().drainToEnd()).isZero();
            assertThat(doors.greeter(HASH, "eager").drainToEnd()).isZero();

            doors.house.allow(asked -> true);
            doors.guest("welcome");

            assertThat(doors.connections()).isEqualTo(1);
            assertThat(doors.house.asked()).extracting(Asked::connections).containsOnly(0);
            assertThat(doors.house.asked()).extracting(Asked::halfOpen).containsOnly(0);
        }
    }

    @Test
    void honestPeerComesInWhenOneOfManySilentOnesEnds() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.allow(asked -> asked.halfOpen() < 64);
            List<RawPeer> silent = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                silent.add(doors.stranger());
            }
            assertThat(doors.greeter(HASH, "honest").drainToEnd()).isZero();

            silent.get(30).close();
            doors.awaitConnections(63);
            doors.guest("honest");
            doors.guest("another"); // the first takes no half-open place any more

            assertThat(doors.connections()).isEqualTo(65);
        }
    }

    @Test
    void silentOnesGiveTheirPlacesBackAtTheDeadline() throws Exception {
        try (Doors doors = new Doors(SHORT)) {
            IntStream.range(0, 64).forEach(i -> {
                try {
                    doors.stranger();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            soon().until(() -> doors.house.asked().size() == 64);
            doors.awaitConnections(0);

            doors.guest("honest");

            assertThat(doors.house.asked().get(64))
                    .extracting(Asked::connections, Asked::halfOpen, Asked::halfOpenFromHost, Asked::halfOpenFromNetwork)
                    .containsExactly(0, 0, 0, 0);
        }
    }

    @Test
    void hostThatFailsCostsOnlyThatConnection() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.share(OTHER_HASH, () -> {
                throw new StackOverflowError("planted");
            });
            RawPeer bystander = doors.guest("bystander");
            assertThat(doors.greeter(OTHER_HASH, "trouble").drainToEnd()).isZero();
            doors.house.allow(asked -> {
                throw new IllegalStateException("planted");
            });
            assertThat(doors.stranger().drainToEnd()).isZero();
            doors.house.allow(asked -> true);
            doors.guest("next");

            bystander.send(RawPeer.frame(1));
            soon().until(() -> doors.guest(0).lines().contains("unchoke"));
            assertThat(doors.connections()).isEqualTo(2);
        }
    }

    @Test
    void nothingIsLeftAfterManyConnectionsOfEveryKind() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            byte[] handshake = RawPeer.handshake(HASH, RawPeer.peerId("churn"));
            for (int i = 0; i < 500; i++) {
                try (RawPeer peer = RawPeer.connect(doors.number)) {
                    switch (i % 7) {
                        case 0 -> peer.send(handshake);
                        case 1 -> peer.send(Arrays.copyOf(handshake, i % 68));
                        case 2 -> peer.send(new byte[1000]);
                        case 3 -> peer.send(handshake, new byte[] {-1, -1, -1, -1});
                        case 4 -> {
                            peer.send(handshake, RawPeer.frame(4, 1));
                            peer.readHandshake();
                            peer.resetOnClose();
                        }
                        case 5 -> peer.resetOnClose();
                        default -> peer.send(RawPeer.handshake(OTHER_HASH, RawPeer.peerId("churn")));
                    }
                }
            }
            soon().until(() -> doors.house.asked().size() >= 500);
            doors.awaitConnections(0);
            doors.guest("last");

            assertThat(doors.house.asked().get(doors.house.asked().size() - 1))
                    .extracting(Asked::connections, Asked::halfOpen, Asked::halfOpenFromHost, Asked::halfOpenFromNetwork).containsExactly(0, 0, 0, 0);
            List<LinkLog> gone = doors.house.guests().subList(0, doors.house.guests().size() - 1);
            soon().untilAsserted(() -> assertThat(gone).hasSizeGreaterThan(70).allSatisfy(guest -> assertThat(guest.ends()).hasSize(1)));
        }
    }
}
