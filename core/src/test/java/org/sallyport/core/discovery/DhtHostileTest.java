package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.discovery.DhtNetwork.Member;
import org.sallyport.core.discovery.DhtNetwork.Stranger;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.Aftermath;

@Tag("hostile")
class DhtHostileTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    private static final InfoHash HASH = InfoHash.parse("0123456789abcdef0123456789abcdef01234567");

    private final DhtNetwork network = new DhtNetwork();
    private final Random random = new Random(11);

    private Stranger stranger(String address) {
        return network.new Stranger(address);
    }

    @Test
    void aStrangerGetsAtMostThreeTimesWhatHeSent() {
        Member node = network.crowd(40).get(7);
        for (Map<String, Object> query : List.of(DhtMessages.ping("a", DhtMessages.ID), DhtMessages.findNode("a", DhtMessages.ID, DhtMessages.ID),
                DhtMessages.getPeers("a", DhtMessages.ID, HASH, false), DhtMessages.getPeers("a", DhtMessages.ID, HASH, true),
                DhtMessages.query("a", "what", Map.of("id", DhtMessages.ID)), DhtMessages.announce("a", DhtMessages.ID, HASH, 5000, new byte[1]))) {
            Stranger stranger = stranger("10.99." + random.nextInt(250) + ".7:9000").say(node, query);

            assertThat(stranger.answers()).hasSize(1);
            assertThat(stranger.got.stream().mapToInt(packet -> packet.length).sum()).isLessThanOrEqualTo(3 * Bencode.encode(query).length);
        }
    }

    @Test
    void alsoWhenManyPeersAreKnown() {
        Member node = network.crowd(20).get(7);
        for (int i = 0; i < 60; i++) {
            announce(node, stranger("10.50." + i + ".1:9000"), HASH, 5000);
            network.pass(Duration.ofSeconds(1));
        }
        Map<String, Object> query = DhtMessages.getPeers("a", DhtMessages.ID, HASH, true);

        Stranger stranger = stranger("10.60.0.1:9000").say(node, query);

        BencodeDict r = stranger.answers().get(0).dict("r").orElseThrow();
        assertThat(stranger.got.get(0).length).isLessThanOrEqualTo(3 * Bencode.encode(query).length);
        assertThat(r.list("values").orElseThrow().size()).isGreaterThan(2);
        assertThat(r.bytes("nodes").orElseThrow().length).isPositive();
    }

    @Test
    void nobodyIsAnnouncedWithoutATokenOfHisOwn() {
        Member node = network.member("10.0.0.1:7000").start();
        Stranger honest = stranger("10.0.0.2:9000");
        byte[] token = token(node, honest, HASH);
        Stranger thief = stranger("10.0.0.3:9000");

        thief.say(node, DhtMessages.announce("b", DhtMessages.ID, HASH, 5000, token));
        thief.say(node, DhtMessages.announce("b", DhtMessages.ID, HASH, 5000, new byte[8]));
        honest.say(node, DhtMessages.announce("b", DhtMessages.ID, InfoHash.parse("f".repeat(40)), 5000, token));

        assertThat(thief.answers()).hasSize(2).allSatisfy(answer -> assertThat(answer.text("y", "")).isEqualTo("e"));
        assertThat(valuesFor(node, HASH)).isEmpty();

        honest.say(node, DhtMessages.announce("c", DhtMessages.ID, HASH, 5000, token));
        assertThat(valuesFor(node, HASH)).containsExactly(PeerAddress.parse("10.0.0.2:5000"));
    }

    @Test
    void aTokenIsGoodForTenMinutesAtMost() {
        Member node = network.member("10.0.0.1:7000").start();
        Stranger stranger = stranger("10.0.0.2:9000");
        byte[] token = token(node, stranger, HASH);

        network.pass(Duration.ofMinutes(11));
        stranger.say(node, DhtMessages.announce("c", DhtMessages.ID, HASH, 5000, token));

        assertThat(valuesFor(node, HASH)).isEmpty();
    }

    @Test
    void anAnswerCountsFromWhomWasAskedOnly() {
        Member node = network.member("10.0.0.1:7000").start("10.0.0.2:9000");
        Stranger asked = stranger("10.0.0.2:9000");
        Stranger liar = stranger("10.0.0.3:9000");
        network.pass(Duration.ofSeconds(1));
        byte[] transaction = asked.questions().get(0).bytes("t").orElseThrow();
        Map<String, Object> answer = Map.of("t", transaction, "y", "r", "r", Map.of("id", DhtMessages.ID));

        liar.say(node, answer);
        assertThat(node.dht.nodes()).isZero();
        asked.say(node, answer);
        assertThat(node.dht.nodes()).isEqualTo(1);
    }

    /** Not to this computer, not to name servers, nowhere that is no address. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:7000", "224.0.0.1:7000", "0.0.0.0:7000", "255.255.255.255:7000", "169.254.169.254:7000", "10.0.0.9:53",
            "10.0.0.9:80"})
    void nobodySendsUsToPlacesWhereNoNodeIs(String victim) {
        Stranger target = stranger(victim);
        Member node = network.member("10.0.0.1:7000").start("10.0.0.2:9000");
        Stranger liar = stranger("10.0.0.2:9000");
        node.dht.find(HASH, peers -> { });
        network.pass(Duration.ofSeconds(1));
        ByteArrayOutputStream nodes = new ByteArrayOutputStream();
        nodes.writeBytes(HASH.bytes());
        nodes.writeBytes(CompactNodes.write(PeerAddress.parse(victim)));

        answerAll(node, liar, Map.of("id", DhtMessages.ID, "nodes", nodes.toByteArray(), "token", "t",
                "values", List.of(CompactNodes.write(PeerAddress.parse(victim)))));

        assertThat(target.got).isEmpty();
    }

    @Test
    void aNodeOnTheInternetNamesNobodyAtHome() {
        Stranger home = stranger("192.168.1.1:7000");
        Member node = network.member("90.0.0.1:7000").start("80.0.0.2:9000");
        Stranger liar = stranger("80.0.0.2:9000");
        List<PeerAddress> found = new ArrayList<>();
        node.dht.find(HASH, found::addAll);
        network.pass(Duration.ofSeconds(1));
        ByteArrayOutputStream nodes = new ByteArrayOutputStream();
        nodes.writeBytes(HASH.bytes());
        nodes.writeBytes(CompactNodes.write(home.address));

        answerAll(node, liar, Map.of("id", DhtMessages.ID, "nodes", nodes.toByteArray(), "token", "t",
                "values", List.of(CompactNodes.write(PeerAddress.parse("192.168.1.7:7001")),
                        CompactNodes.write(PeerAddress.parse("80.1.1.1:7001")))));

        assertThat(home.got).isEmpty();
        assertThat(found).containsExactly(PeerAddress.parse("80.1.1.1:7001"));
    }

    @Test
    void aFloodFromOneAddressIsNotAnsweredAndToldOnce() {
        Member node = network.member("10.0.0.1:7000").start();
        Stranger stranger = stranger("10.0.0.2:9000");

        for (int i = 0; i < 500; i++) {
            stranger.say(node, DhtMessages.ping("a", DhtMessages.ID));
        }

        assertThat(stranger.answers()).hasSizeBetween(10, 60);
        assertThat(node.tooMany).containsExactly(stranger.address.host());
        network.pass(Duration.ofMinutes(1));
        Stranger other = stranger("10.0.0.3:9000").say(node, DhtMessages.ping("a", DhtMessages.ID));
        assertThat(other.answers()).hasSize(1);
    }

    @Test
    void aFloodFromEverywhereIsAnsweredWithinBounds() {
        Member node = network.member("10.0.0.1:7000").start();
        List<Stranger> crowd = new ArrayList<>();

        for (int i = 0; i < 3_000; i++) {
            crowd.add(stranger("20." + i / 250 + "." + i % 250 + ".1:9000").say(node, DhtMessages.findNode("a", bytes(20), bytes(20))));
        }

        assertThat(crowd.stream().mapToInt(stranger -> stranger.answers().size()).sum()).isBetween(100, 300);
        assertThat(crowd.stream().mapToInt(stranger -> stranger.questions().size()).sum()).isLessThan(50);
        assertThat(node.dht.nodes()).isZero();
    }

    @Test
    void onlyWhoAnsweredIsPassedOn() {
        Member node = network.member("10.0.0.1:7000").start();
        for (int i = 2; i < 20; i++) {
            stranger("10.0.0." + i + ":9000").say(node, DhtMessages.findNode("a", bytes(20), bytes(20)));
        }

        Stranger asker = stranger("10.0.1.1:9000").say(node, DhtMessages.findNode("a", bytes(20), bytes(20)));

        assertThat(asker.answers().get(0).dict("r").orElseThrow().has("nodes")).isFalse();
    }

    private void answerAll(Member node, Stranger liar, Map<String, Object> r) {
        for (int i = 0; i < 20; i++) {
            List<BencodeDict> questions = liar.questions();
            liar.got.clear();
            questions.forEach(question -> liar.say(node, Map.of("t", question.bytes("t").orElseThrow(), "y", "r", "r", r)));
            network.pass(Duration.ofSeconds(1));
        }
    }

    private byte[] bytes(int length) {
        byte[] made = new byte[length];
        random.nextBytes(made);
        return made;
    }

    private static byte[] token(Member node, Stranger stranger, InfoHash hash) {
        stranger.say(node, DhtMessages.getPeers("a", DhtMessages.ID, hash, true));
        byte[] token = stranger.answers().get(0).dict("r").orElseThrow().bytes("token").orElseThrow();
        stranger.got.clear();
        return token;
    }

    private static void announce(Member node, Stranger stranger, InfoHash hash, int port) {
        byte[] token = token(node, stranger, hash);
        stranger.say(node, DhtMessages.announce("b", DhtMessages.ID, hash, port, token));
    }

    private List<PeerAddress> valuesFor(Member node, InfoHash hash) {
        Stranger asker = stranger("10.77.0.1:9000");
        asker.say(node, DhtMessages.getPeers("z", DhtMessages.ID, hash, true));
        return asker.answers().get(0).dict("r").orElseThrow().list("values").map(list -> {
            List<PeerAddress> peers = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                peers.add(CompactNodes.address(list.bytes(i).orElseThrow()).orElseThrow());
            }
            return peers;
        }).orElse(List.of());
    }
}
