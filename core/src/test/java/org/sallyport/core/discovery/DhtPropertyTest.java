package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.sallyport.core.discovery.DhtNetwork.Member;
import org.sallyport.core.discovery.DhtNetwork.Stranger;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/** Whatever comes in from strangers: the node lives on, answers within bounds, and keeps no more than it may. */
@Tag("hostile")
class DhtPropertyTest {
    private static final InfoHash HASH = InfoHash.parse("0123456789abcdef0123456789abcdef01234567");

    @Property(tries = 300)
    void anyBytesAreReadOrPassedOver(@ForAll @Size(max = 600) byte[] packet) {
        DhtReader.read(packet);
        byte[] dictionary = packet.clone();
        if (dictionary.length > 0) {
            dictionary[0] = 'd';
        }
        DhtReader.read(dictionary);
        CompactNodes.nodes(packet, false, 16);
        CompactNodes.nodes(packet, true, 16);
        CompactNodes.address(packet);
        DhtNotes.read(packet);
    }

    @Property(tries = 20)
    void damagedMessagesHurtNobody(@ForAll long seed, @ForAll @IntRange(max = 20) int damage) {
        Random random = new Random(seed);
        DhtNetwork network = new DhtNetwork();
        Member node = network.member("10.0.0.1:7000").start("10.0.0.2:9000");
        Stranger stranger = network.new Stranger("10.0.0.2:9000");
        node.dht.join(HASH, peers -> { });
        network.pass(Duration.ofSeconds(1));
        long sent = 0;
        long got = 0;
        for (int i = 0; i < 40; i++) {
            byte[] transaction = stranger.questions().isEmpty() || random.nextBoolean() ? bytes(random, random.nextInt(40))
                    : stranger.questions().get(random.nextInt(stranger.questions().size())).bytes("t").orElseThrow();
            byte[] packet = damaged(message(random, transaction), damage, random);
            Stranger from = random.nextInt(4) == 0 ? network.new Stranger("10.1." + random.nextInt(250) + "." + (1 + random.nextInt(250)) + ":9000")
                    : stranger;
            from.say(node, packet);
            if (from != stranger) {
                sent += packet.length;
                got += from.got.stream().mapToInt(each -> each.length).sum();
            }
            network.pass(Duration.ofMillis(random.nextInt(3000)));
        }
        assertThat(got).isLessThanOrEqualTo(3 * sent);

        network.pass(Duration.ofMinutes(1));
        Stranger honest = network.new Stranger("10.7.7.7:9000").say(node, DhtMessages.ping("aa", DhtMessages.ID));
        assertThat(honest.answers()).hasSize(1);
    }

    private static byte[] message(Random random, byte[] transaction) {
        byte[] id = bytes(random, 20);
        Map<String, Object> answer = Map.of("t", transaction, "y", "r", "ip", bytes(random, random.nextBoolean() ? 6 : 18), "r", Map.of("id", id,
                "nodes", bytes(random, 26 * random.nextInt(20)), "nodes6", bytes(random, 38 * random.nextInt(10)), "token",
                bytes(random, random.nextInt(40)), "values", List.of(bytes(random, 6), bytes(random, 18), bytes(random, random.nextInt(10)))));
        return Bencode.encode(switch (random.nextInt(6)) {
            case 0 -> DhtMessages.ping("x", id);
            case 1 -> DhtMessages.findNode("x", id, bytes(random, 20));
            case 2 -> DhtMessages.getPeers("x", id, HASH, random.nextBoolean());
            case 3 -> DhtMessages.announce("x", id, HASH, random.nextInt(70_000), bytes(random, 8));
            case 4 -> Map.of("t", transaction, "y", "e", "e", List.of(203, "no"));
            default -> answer;
        });
    }

    private static byte[] damaged(byte[] packet, int damage, Random random) {
        for (int i = 0; i < damage && random.nextInt(3) > 0; i++) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
        }
        return packet;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] made = new byte[length];
        random.nextBytes(made);
        return made;
    }

    @Property(tries = 30)
    void theStoreStaysWithinItsBounds(@ForAll long seed) {
        Random random = new Random(seed);
        PeerStore store = new PeerStore();
        int networks = 1 + random.nextInt(300);
        for (int i = 0; i < 5_000; i++) {
            NodeId hash = new NodeId(0, 0, random.nextInt(2_000));
            PeerAddress peer = PeerAddress.parse("20.0." + random.nextInt(networks) % 250 + "." + random.nextInt(1 + networks / 250 * 200 + 20) + ":"
                    + (2000 + random.nextInt(30)));
            store.add(hash, peer, i);
            assertThat(store.hashes()).isLessThanOrEqualTo(PeerStore.MAX_HASHES);
        }
        assertThat(store.size()).isLessThanOrEqualTo(PeerStore.MAX_PEERS);

        store.expire(5_000 + PeerStore.LIFE_MILLIS + 1);
        assertThat(store.size()).isZero();
        assertThat(store.hashes()).isZero();
    }
}
