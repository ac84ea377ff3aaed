package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.OTHER_HASH;
import static org.sallyport.core.transport.Doors.soon;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.trust.TestDevice;

/** Two paired devices on one port with everybody else: Ann answers, Ben calls. */
class TlsLinkTest {
    @TempDir
    static Path folder;
    private static TestDevice ann;
    private static TestDevice ben;

    @BeforeAll
    static void makeDevices() throws Exception {
        ann = TestDevice.make(folder);
        ben = TestDevice.make(folder);
    }

    @BeforeEach
    void pair() {
        ann.desk().serve(List.of(ben.paired()), List.of());
    }

    private static RawTls benCalls(Doors doors) throws Exception {
        return new RawTls(doors.stranger(), ben.tls().dial(ann.paired())).handshake();
    }

    @Test
    void pairedDevicesTalkBothWaysAndKnowEachOther() throws Exception {
        ByteBuffer data = ByteBuffer.allocateDirect(20_000).putInt(3, 99);
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(NEVER).answerAs(ann)) {
            theirs.house.share(HASH, () -> new LinkLog((link, line) -> {
                if (line.startsWith("request")) {
                    Blocks.send(link, 1, 16_384, data.duplicate(), new int[] {16_384, 3616}, link::unchoke);
                }
            }));
            LinkLog dialler = new LinkLog();
            ours.dialTls(theirs.address(), TlsTerms.dial(ben.tls(), ann.paired()), dialler);
            LinkLog guest = theirs.onlyGuest();
            soon().until(dialler::isOpened);
            ours.run(() -> {
                dialler.link().extended(9, new byte[5000]);
                dialler.link().request(1, 16_384, 20_000);
            });

            soon().until(() -> dialler.lines().contains("unchoke"));
            assertThat(guest.lines()).containsExactly("opened", "extended 9 5000", "request 1 16384 20000");
            assertThat(dialler.lines()).containsExactly("opened", "piece 1 16384 16384", "block " + data.slice(0, 16_384).hashCode(),
                    "piece 1 32768 3616", "block " + data.slice(16_384, 3616).hashCode(), "unchoke");
            assertThat(guest.link().security()).isEqualTo(LinkSecurity.tls(ben.identity().id()));
            assertThat(dialler.link().security()).isEqualTo(LinkSecurity.tls(ann.identity().id()));
            assertThat(guest.link().incoming()).isTrue();

            ours.run(() -> dialler.link().close(CloseReason.STOPPED));
            soon().until(() -> guest.ends().equals(List.of("closed link.remote")) && dialler.ends().equals(List.of("closed link.stopped")));
            ours.awaitConnections(0);
            theirs.awaitConnections(0);
            assertThat(theirs.house.turnedAway()).isEmpty();
        }
    }

    @Test
    void manyBlocksArriveWholeAndInOrder() throws Exception {
        ByteBuffer piece = ByteBuffer.allocateDirect(1 << 20);
        for (int i = 0; i < piece.capacity(); i += 4) {
            piece.putInt(i, i * 31);
        }
        int[] lengths = new int[64];
        Arrays.fill(lengths, 16_384);
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(NEVER).answerAs(ann)) {
            LinkLog dialler = new LinkLog();
            ours.dialTls(theirs.address(), TlsTerms.dial(ben.tls(), ann.paired()), dialler);
            LinkLog guest = theirs.onlyGuest();
            theirs.run(() -> {
                for (int i = 0; i < 8; i++) {
                    Blocks.send(guest.link(), i, 0, piece.duplicate(), lengths, () -> { });
                }
            });

            soon().until(() -> dialler.lines().size() == 1 + 2 * 64 * 8);
            for (int i = 0; i < 64 * 8; i++) {
                assertThat(dialler.lines().get(2 + 2 * i)).isEqualTo("block " + piece.slice(i % 64 * 16_384, 16_384).hashCode());
            }
            soon().until(() -> theirs.get(() -> guest.link().unsentBytes()) == 0);
            ours.run(() -> dialler.link().close(CloseReason.STOPPED));
        }
    }

    @Test
    void plainPeersAndDevicesShareThePortAndAreToldApart() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            doors.guest("plain");
            RawTls device = benCalls(doors);
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("secure")));
            assertThat(device.read(RawPeer.HANDSHAKE_LENGTH)).isEqualTo(RawPeer.handshake(HASH, OpenHouse.PEER_ID));

            assertThat(doors.guest(0).link().security()).isEqualTo(LinkSecurity.plain());
            assertThat(doors.guest(1).link().security()).isEqualTo(LinkSecurity.tls(ben.identity().id()));
            assertThat(doors.house.names()).hasSize(1);
        }
    }

    @Test
    void messagesMayComeWithTheHandshakeInOneRecord() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            first.writeBytes(RawPeer.handshake(HASH, RawPeer.peerId("quick")));
            first.writeBytes(RawPeer.frame(1));
            first.writeBytes(RawPeer.frame(4, 7));
            benCalls(doors).send(first.toByteArray());

            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "unchoke", "have 7")));
        }
    }

    @Test
    void firstMessageMayComeByteByByte() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            SSLEngine engine = ben.tls().dial(ann.paired());
            RawPeer peer = doors.stranger();
            peer.drip(RawTls.hello(engine));
            RawTls device = new RawTls(peer, engine).goOn();
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("slow")));

            assertThat(device.read(RawPeer.HANDSHAKE_LENGTH)).isEqualTo(RawPeer.handshake(HASH, OpenHouse.PEER_ID));
        }
    }

    @Test
    void deviceThatAsksForAnUnknownTorrentIsClosedInsideTls() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            RawTls device = benCalls(doors);
            device.send(RawPeer.handshake(OTHER_HASH, RawPeer.peerId("lost")));

            device.readToEnd();
            doors.awaitConnections(0);
        }
    }

    @Test
    void deviceThatSaysNothingInsideTlsIsClosedAtTheOneDeadline() throws Exception {
        try (Doors doors = new Doors(1000).answerAs(ann)) {
            benCalls(doors).readToEnd();
            doors.awaitConnections(0);
            assertThat(doors.house.guests()).isEmpty();
        }
    }

    @Test
    void whoSaysThatNoMoreComesIsGone() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            RawTls device = benCalls(doors);
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("leaver")));
            device.read(RawPeer.HANDSHAKE_LENGTH);
            device.send(RawPeer.frame(4, 2));
            device.sayEnd();

            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "have 2", "closed link.remote")));
            doors.awaitConnections(0);
        }
    }

    @Test
    void bytesThatAreNotTheDevicesEndTheConnectionOnly() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            doors.guest("bystander");
            RawPeer peer = doors.stranger();
            RawTls device = new RawTls(peer, ben.tls().dial(ann.paired())).handshake();
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("secure")));
            device.read(RawPeer.HANDSHAKE_LENGTH);
            peer.send(new byte[] {23, 3, 3, 0, 32}, new byte[32]);

            soon().until(() -> doors.guest(1).ends().equals(List.of("closed tls.handshake")));
            doors.awaitConnections(1);
        }
    }

    @Test
    void halfOpenPlacesAreGivenBackWhenTheDeviceIsIn() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            RawTls device = benCalls(doors);
            doors.stranger();
            doors.awaitConnections(2);
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("in")));
            device.read(RawPeer.HANDSHAKE_LENGTH);
            doors.stranger();
            doors.awaitConnections(3);

            assertThat(doors.house.asked()).extracting(OpenHouse.Asked::halfOpen).containsExactly(0, 1, 1);
        }
    }

    @Test
    void keysMayBeChangedOnTheWay() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            RawTls device = benCalls(doors);
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("careful")));
            device.read(RawPeer.HANDSHAKE_LENGTH);
            for (int i = 0; i < 5; i++) {
                device.updateKey();
                device.send(RawPeer.frame(4, i));
            }

            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "have 0", "have 1", "have 2", "have 3", "have 4")));
            doors.run(() -> doors.onlyGuest().link().have(9));
            assertThat(device.read(9)).isEqualTo(RawPeer.frame(4, 9));
        }
    }

    @Test
    void whoChangesKeysWithoutEndIsLeft() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            RawTls device = benCalls(doors);
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("restless")));
            device.read(RawPeer.HANDSHAKE_LENGTH);
            for (int i = 0; i < TlsRecords.MOST_ANSWERS; i++) {
                device.updateKey();
            }
            device.send(RawPeer.frame(4, 1));
            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "have 1")));
            device.updateKey();

            soon().until(() -> doors.onlyGuest().ends().equals(List.of("closed tls.handshake")));
            doors.awaitConnections(0);
        }
    }

    @Test
    void recordsMayComeByteByByteAndSeveralAtOnce() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            SSLEngine engine = ben.tls().dial(ann.paired());
            RawPeer peer = doors.stranger();
            RawTls device = new RawTls(peer, engine).handshake();
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("uneven")));
            device.read(RawPeer.HANDSHAKE_LENGTH);

            peer.drip(device.sealed(RawPeer.frame(4, 1)));
            byte[] two = device.sealed(RawPeer.frame(4, 2));
            byte[] three = device.sealed(RawPeer.frame(4, 3));
            byte[] four = device.sealed(RawPeer.frame(4, 4));
            peer.send(two, three, Arrays.copyOf(four, 7));
            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "have 1", "have 2", "have 3")));
            peer.send(Arrays.copyOfRange(four, 7, four.length));
            soon().until(() -> doors.onlyGuest().lines().contains("have 4"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {(1 << 14) + 257, (1 << 14) + 300, 0xffff})
    void recordsLongerThanTlsAllowsEndTheConnection(int length) throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            RawPeer peer = doors.stranger();
            RawTls device = new RawTls(peer, ben.tls().dial(ann.paired())).handshake();
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("long")));
            device.read(RawPeer.HANDSHAKE_LENGTH);
            peer.send(new byte[] {23, 3, 3, (byte) (length >> 8), (byte) length});

            soon().until(() -> doors.onlyGuest().ends().equals(List.of("closed tls.handshake")));
            doors.awaitConnections(0);
        }
    }

    /** A device that reads nothing any more, and a queue of what waits for it. */
    private static LinkLog fullQueue(Doors doors, AtomicInteger unfinished) throws Exception {
        RawTls device = benCalls(doors);
        device.send(RawPeer.handshake(HASH, RawPeer.peerId("greedy")));
        LinkLog guest = doors.onlyGuest();
        doors.run(() -> {
            while (guest.link().unsentBytes() < 1 << 20) {
                sendOne(guest.link(), unfinished);
                guest.link().flushNow();
            }
        });
        return guest;
    }

    private static void sendOne(PeerLink link, AtomicInteger unfinished) {
        unfinished.incrementAndGet();
        Blocks.send(link, 1, 0, ByteBuffer.allocateDirect(16_384), new int[] {16_384}, unfinished::decrementAndGet);
    }

    @Test
    void deviceThatTakesNothingIsClosedThoughMoreIsAdded() throws Exception {
        AtomicInteger unfinished = new AtomicInteger();
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            LinkLog guest = fullQueue(doors, unfinished);
            doors.run(() -> {
                long sent = guest.link().sentBytes();
                guest.link().have(1);
                guest.link().flushNow(); // grows by being encrypted, and that must not look like progress
                guest.link().checkProgress(sent);
                assertThat(guest.link().open()).isFalse();
            });

            soon().until(() -> guest.ends().equals(List.of("closed link.not-reading")));
            assertThat(unfinished).hasValue(0);
        }
    }

    @Test
    void deviceThatTakesNothingIsClosedAtOnceAndBuffersComeBack() throws Exception {
        AtomicInteger unfinished = new AtomicInteger();
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            LinkLog guest = fullQueue(doors, unfinished);
            doors.run(() -> {
                guest.link().close(CloseReason.STOPPED);
                assertThat(guest.link().open()).isFalse();
                sendOne(guest.link(), unfinished); // read from disk meanwhile
            });

            soon().until(() -> guest.ends().equals(List.of("closed link.stopped")));
            assertThat(doors.get(unfinished::get)).isZero();
            doors.awaitConnections(0);
        }
    }
}
