package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.RawPeer.Frame;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.wire.ExchangeMessage;
import org.sallyport.core.wire.ExchangeMessage.Told;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.WireViolation;

/** What peers tell of peers, and what we tell them (BEP 11). */
@Timeout(60)
class PeerExchangeTest {
    private static final int EXTENDED = 20;
    private static final long THEIR_ID = 9;
    private static final byte[] BARRIER = RawPeer.frame(2); // interested: answered with an unchoke when all before it was read

    @TempDir
    Path folder;
    private OneSwarm one;
    private final Set<RawPeer> introduced = new HashSet<>();
    private int pexId;

    @BeforeEach
    void open() throws Exception {
        one = new OneSwarm(SampleTorrent.single("a", 16 << 10, 100_000), folder);
    }

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void whatAPeerTellsIsDialled() throws Exception {
        try (RawPeer peer = one.dial("teller")) {
            tell(peer, new ExchangeMessage(List.of(told("127.0.0.1:7001"), told("127.0.0.1:7002")), List.of()));
            barrier(peer);

            assertThat(one.dialled).containsExactlyInAnyOrder(address("127.0.0.1:7001"), address("127.0.0.1:7002"));
        }
    }

    /** Private and own networks: only on connections within them. */
    @ParameterizedTest
    @CsvSource({
            "1.2.3.4:7000, 5.6.7.8, true", "1.2.3.4:1023, 5.6.7.8, false", "1.2.3.4:1024, 5.6.7.8, true", "10.0.0.1:7000, 5.6.7.8, false",
            "10.0.0.1:7000, 192.168.1.1, true", "10.0.0.1:7000, 127.0.0.1, true", "100.64.1.1:7000, 5.6.7.8, false",
            "172.16.0.1:7000, 5.6.7.8, false",
            "127.0.0.1:7000, 5.6.7.8, false", "127.0.0.1:7000, 10.0.0.1, false", "127.0.0.1:7000, 127.0.0.2, true",
            "169.254.169.254:7000, 10.0.0.1, false",
            "169.254.1.1:7000, 169.254.1.2, true", "224.0.0.1:7000, 127.0.0.1, false", "255.255.255.255:7000, 127.0.0.1, false",
            "0.0.0.0:7000, 127.0.0.1, false", "240.0.0.1:7000, 1.2.3.4, false", "[2a00::1]:7000, 1.2.3.4, true", "[::1]:7000, 1.2.3.4, false",
            "[fe80::1]:7000, 127.0.0.1, false", "[fd00::1]:7000, 1.2.3.4, false", "[fd00::1]:7000, fd00::2, true", "[ff02::1]:7000, ::1, false",
            "[::]:7000, ::1, false", "[2002:7f00:1::1]:7000, 1.2.3.4, false", "[64:ff9b::7f00:1]:7000, 1.2.3.4, false",
            "[::127.0.0.1]:7000, 1.2.3.4, false"})
    void onlyAddressesThatHurtNobodyAreTold(String address, String peer, boolean tellable) throws Exception {
        assertThat(Tellable.between(address(address), InetAddress.getByName(peer))).isEqualTo(tellable);
    }

    @Test
    void ourOwnAddressAndLowPortsAreNotTaken() throws Exception {
        int own = one.onLoop(one::listenPort);
        try (RawPeer peer = one.dial("trap")) {
            tell(peer, new ExchangeMessage(List.of(told("127.0.0.1:" + own), told("127.0.0.1:22"), told("224.0.0.1:7000"),
                    told("10.0.0.1:80")), List.of()));
            barrier(peer);

            assertThat(one.onLoop(one.swarm::knownPeers)).isZero();
        }
    }

    @Test
    void aPeerTellsAtMostTwoHundredAtFirstAndWhoComesTooSoonIsNotHeard() throws Exception {
        try (RawPeer peer = one.dial("talker")) {
            tell(peer, new ExchangeMessage(many(0, 300), List.of()));
            tell(peer, new ExchangeMessage(many(1000, 10), List.of()));
            barrier(peer);

            assertThat(one.onLoop(one.swarm::knownPeers)).isEqualTo(200);
        }
    }

    @Test
    void manyPeersTogetherFillHalfTheTable() throws Exception {
        for (int peer = 0; peer < 4; peer++) {
            try (RawPeer teller = one.dial("teller" + peer)) {
                tell(teller, new ExchangeMessage(many(peer * 1000, 200), List.of()));
                barrier(teller);
            }
        }
        assertThat(one.onLoop(one.swarm::knownPeers)).isEqualTo(PeerTable.MAX_EXCHANGED);

        one.run(() -> one.swarm.addPeers(many(20_000, 700).stream().map(Told::address).toList(), PeerSource.TRACKER));
        assertThat(one.onLoop(one.swarm::knownPeers)).isEqualTo(PeerTable.MAX_ADDRESSES);
    }

    @Test
    void whatIsDroppedIsForgottenUnlessAnotherToldIt() throws Exception {
        one.run(() -> one.swarm.addPeers(List.of(address("127.0.0.1:7009")), PeerSource.TRACKER));
        try (RawPeer peer = one.dial("teller")) {
            tell(peer, new ExchangeMessage(List.of(told("127.0.0.1:7001"), told("127.0.0.1:7009")),
                    List.of(address("127.0.0.1:7001"), address("127.0.0.1:7009"))));
            barrier(peer);

            assertThat(one.onLoop(one.swarm::knownPeers)).isEqualTo(1);
        }
    }

    @Test
    void tellingTooOftenAgainAndAgainEndsTheConnection() throws Exception {
        try (RawPeer peer = one.dial("gossip")) {
            introduce(peer);
            for (int i = 0; i < 12; i++) {
                peer.send(message(new ExchangeMessage(many(i, 1), List.of())));
            }
            peer.drainToEnd();
            await().until(() -> !one.told.isEmpty());
            assertThat(one.told).containsExactly("ban 127.0.0.1 wire.exchange-often");
        }
    }

    @Test
    void whoListensIsToldOnceAMinuteAndTakenBackWhenItLeaves() throws Exception {
        long start = System.nanoTime();
        try (RawPeer listener = one.dial("listener", "127.0.0.2")) {
            introduce(listener);
            listener.send(BARRIER);
            listener.readFrame(1);
            try (RawPeer other = one.dial("other", "127.0.0.3"); RawPeer silent = one.dial("silent", "127.0.0.4")) {
                other.send(OneSwarm.extended(0, Map.of("p", 7003L, "upload_only", 1L)), BARRIER);
                other.readFrame(1);
                silent.send(BARRIER); // does not tell where it listens
                silent.readFrame(1);

                one.run(() -> one.swarm.tick(start));
                assertThat(exchange(listener)).isEqualTo(new ExchangeMessage(List.of(new Told(address("127.0.0.3:7003"), Told.SEED)), List.of()));
            }
            await().until(() -> one.onLoop(one.swarm::connectedPeers) == 1);
            one.run(() -> one.swarm.tick(start + TimeUnit.SECONDS.toNanos(59)));
            one.run(() -> one.swarm.tick(start + TimeUnit.SECONDS.toNanos(61)));

            assertThat(exchange(listener)).isEqualTo(new ExchangeMessage(List.of(), List.of(address("127.0.0.3:7003"))));
        }
    }

    @Test
    void switchedOffNobodyIsOfferedItAndNothingIsTaken() throws Exception {
        try (RawPeer before = one.dial("before")) {
            introduce(before);
            one.exchange = false;
            before.send(message(new ExchangeMessage(many(0, 3), List.of())), BARRIER);
            before.readFrame(1);
            assertThat(one.onLoop(one.swarm::knownPeers)).isZero();
        }
        try (RawPeer after = one.dial("after")) {
            assertThat(ids(after)).doesNotContainKey("ut_pex");
        }
    }

    @Test
    void aPrivateTorrentDoesNotOfferIt() throws Exception {
        try (OneSwarm hidden = new OneSwarm(SampleTorrent.single("p", 16 << 10, 50_000).asPrivate(), folder); RawPeer peer = hidden.dial("curious")) {
            assertThat(ids(peer)).doesNotContainKey("ut_pex");
            for (int id = 1; id < 10; id++) {
                byte[] dict = new ExchangeMessage(many(0, 3), List.of()).encode();
                byte[] payload = new byte[1 + dict.length];
                payload[0] = (byte) id;
                System.arraycopy(dict, 0, payload, 1, dict.length);
                if (id > 2) { // 1 and 2 are other extensions
                    peer.send(RawPeer.frame(EXTENDED, payload));
                }
            }
            barrier(peer);
            assertThat(hidden.onLoop(hidden.swarm::knownPeers)).isZero();
        }
    }

    private void introduce(RawPeer peer) throws IOException {
        pexId = ids(peer).get("ut_pex");
        peer.send(OneSwarm.extended(0, Map.of("m", Map.of("ut_pex", THEIR_ID))));
    }

    private static Map<String, Integer> ids(RawPeer peer) throws IOException {
        try {
            return ExtendedHandshake.decode(body(peer.readFrame(EXTENDED))).extensions();
        } catch (WireViolation e) {
            throw new IOException(e);
        }
    }

    private void tell(RawPeer peer, ExchangeMessage message) throws IOException {
        if (introduced.add(peer)) {
            introduce(peer);
        }
        peer.send(message(message));
    }

    private byte[] message(ExchangeMessage message) {
        byte[] dict = message.encode();
        byte[] payload = new byte[1 + dict.length];
        payload[0] = (byte) pexId;
        System.arraycopy(dict, 0, payload, 1, dict.length);
        return RawPeer.frame(EXTENDED, payload);
    }

    private static void barrier(RawPeer peer) throws IOException {
        peer.send(BARRIER);
        peer.readFrame(1);
    }

    private static ExchangeMessage exchange(RawPeer peer) throws Exception {
        Frame frame = peer.readFrame(EXTENDED);
        while (frame.payload().toArray()[0] != THEIR_ID) {
            frame = peer.readFrame(EXTENDED);
        }
        return ExchangeMessage.decode(body(frame));
    }

    private static byte[] body(Frame frame) {
        byte[] payload = frame.payload().toArray();
        return Arrays.copyOfRange(payload, 1, payload.length);
    }

    private static List<Told> many(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> told("127.1." + i / 250 + "." + (1 + i % 250) + ":7000")).toList();
    }

    private static Told told(String address) {
        return new Told(address(address), 0);
    }

    private static PeerAddress address(String text) {
        return PeerAddress.parse(text);
    }
}
