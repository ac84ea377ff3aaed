package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sallyport.core.discovery.DhtNetwork.Member;
import org.sallyport.core.discovery.DhtNetwork.Stranger;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.testkit.FuzzTarget;

/** What trackers, nodes of the DHT, name servers and neighbours send. */
public final class DiscoveryTargets {
    private static final InfoHash HASH = InfoHash.parse("61".repeat(20));
    private static final InetSocketAddress NEIGHBOUR = new InetSocketAddress(Addresses.of("192.168.1.7"), 6771);

    private DiscoveryTargets() { }

    public static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of("tracker-http", DiscoveryTargets::http,
                        "d8:completei1e5:filesd20:" + "a".repeat(20) + "d8:completei1eee10:incompletei2e8:intervali1800e"
                                + "12:min intervali60e5:peersld2:ip8:10.0.0.14:porti6881eee6:peers618:aaaaaaaaaaaaaaaaaae",
                        "d8:intervali0e5:peers12:abcdefghijkle", "d14:failure reason4:nonoe", "d15:warning message1:x10:tracker id2:ab5:peers0:e"),
                FuzzTarget.of("tracker-udp", DiscoveryTargets::udp)
                .and(new byte[16], new byte[20], ByteBuffer.allocate(32).putInt(1).putInt(9).putInt(1800).array(),
                        ByteBuffer.allocate(20).putInt(3).putInt(9).put("go away".getBytes(StandardCharsets.US_ASCII)).array()),
                FuzzTarget.of("dht", DiscoveryTargets::dht).and(dhtSamples()),
                FuzzTarget.of("dns", DiscoveryTargets::dns).and(HexFormat.of().parseHex(
                        "123481800001000100000000" + "07747261636b6572036f726700" + "00010001" + "c00c0001000100000e10000408080808")),
                FuzzTarget.of("local-search", DiscoveryTargets::localSearch,
                        "BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\nInfohash: " + HASH.hex() + "\r\ncookie: x\r\n\r\n\r\n"));
    }

    private static void http(byte[] raw) {
        Bytes body = Bytes.copyOf(raw);
        try {
            within(TrackerReply.announce(body));
        } catch (TrackerException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500);
        }
        try {
            assertThat(TrackerReply.scrape(body, HASH).seeds()).isGreaterThanOrEqualTo(-1);
        } catch (TrackerException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500);
        }
        TrackerReply.failureReason(body).ifPresent(reason -> assertThat(reason).hasSizeLessThan(300));
    }

    private static void within(AnnounceResponse answer) {
        assertThat(answer.peers()).hasSizeLessThanOrEqualTo(AnnounceResponse.MAX_PEERS).doesNotHaveDuplicates();
        assertThat(answer.interval()).isBetween(AnnounceResponse.SHORTEST_INTERVAL, AnnounceResponse.LONGEST_INTERVAL);
        assertThat(answer.trackerId()).hasSizeLessThanOrEqualTo(256);
        assertThat(answer.warning()).hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
    }

    private static void udp(byte[] raw) {
        if (raw.length < UdpTrackerMessage.HEADER_BYTES) {
            return; // too short for its number to be looked at
        }
        UdpTrackerMessage.connection(ByteBuffer.wrap(raw));
        UdpTrackerMessage.announced(ByteBuffer.wrap(raw), false).ifPresent(DiscoveryTargets::within);
        UdpTrackerMessage.announced(ByteBuffer.wrap(raw), true).ifPresent(DiscoveryTargets::within);
        UdpTrackerMessage.scraped(ByteBuffer.wrap(raw)).ifPresent(numbers -> assertThat(numbers.seeds()).isGreaterThanOrEqualTo(-1));
        assertThat(UdpTrackerMessage.error(ByteBuffer.wrap(raw))).hasSizeLessThan(300);
    }

    /** To a node that has asked somebody, from that one and from a stranger, as it is and as the answer to the question. */
    private static void dht(byte[] packet) {
        DhtNetwork network = new DhtNetwork();
        Member node = network.member("10.0.0.1:7000").start("10.0.0.2:9000");
        Stranger asked = network.new Stranger("10.0.0.2:9000");
        node.dht.join(HASH, peers -> assertThat(peers).hasSizeLessThanOrEqualTo(DhtReader.MAX_PEERS));
        network.pass(Duration.ofSeconds(1));
        Stranger stranger = network.new Stranger("10.9.0.2:9000");

        asked.say(node, packet.clone());
        stranger.say(node, packet.clone());
        network.pass(Duration.ofSeconds(1));
        DhtNotes.read(packet);

        assertThat(stranger.got.stream().mapToInt(each -> each.length).sum()).isLessThanOrEqualTo(3 * packet.length);
        assertThat(network.new Stranger("10.7.7.7:9000").say(node, DhtMessages.ping("aa", DhtMessages.ID)).answers()).hasSize(1);
    }

    private static byte[][] dhtSamples() {
        byte[] id = DhtMessages.ID;
        return List.of(DhtMessages.ping("x", id), DhtMessages.findNode("x", id, id), DhtMessages.getPeers("x", id, HASH, true),
                DhtMessages.announce("x", id, HASH, 6881, new byte[8]), Map.of("t", "aa", "y", "e", "e", List.of(203, "no")),
                Map.of("t", new byte[] {0, 0}, "y", "r", "ip", new byte[6], "r",
                        Map.of("id", id, "nodes", new byte[52], "nodes6", new byte[38], "token", "tok",
                        "values", List.of(new byte[6], new byte[18]))),
                Map.of("id", id, "id6", id, "nodes", new byte[26], "nodes6", new byte[38])).stream().map(Bencode::encode).toArray(byte[][]::new);
    }

    private static void dns(byte[] raw) {
        try {
            DnsQuestion question = DnsQuestion.of(0x1234, "tracker.org", false);
            Bytes reply = Bytes.copyOf(raw);
            if (question.isAnsweredBy(reply)) {
                assertThat(question.addresses(reply)).hasSizeLessThanOrEqualTo(16);
            }
            // what is behind the header and the question is what a hostile server is free to choose
            byte[] right = Arrays.copyOf(question.message().toArray(), question.message().length() + raw.length);
            right[2] = (byte) 0x81;
            right[7] = raw.length > 0 ? raw[0] : 0;
            System.arraycopy(raw, 0, right, question.message().length(), raw.length);
            assertThat(question.addresses(Bytes.copyOf(right))).hasSizeLessThanOrEqualTo(16);
        } catch (UnknownHostException refused) {
            assertThat(refused).hasMessageMatching("[a-z' ]+");
        }
    }

    private static void localSearch(byte[] raw) {
        new LocalSearch(new Random(1)).read(ByteBuffer.wrap(raw), NEIGHBOUR).ifPresent(found -> {
            assertThat(found.hashes()).hasSizeLessThanOrEqualTo(100);
            assertThat(found.address().port()).isPositive();
        });
    }
}
