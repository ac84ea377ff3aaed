package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;
import static org.sallyport.core.discovery.TrackerFixtures.PEER_ID;
import static org.sallyport.core.discovery.TrackerFixtures.rule;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** The bytes of BEP 15, written down from its tables. */
class UdpTrackerMessageTest {
    private static final String ID = HexFormat.of().formatHex(PEER_ID.toArray());

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static String hex(ByteBuffer buffer) {
        byte[] raw = new byte[buffer.remaining()];
        buffer.get(raw);
        return HexFormat.of().formatHex(raw);
    }

    private static AnnounceRequest request(AnnounceEvent event, int port) {
        return new AnnounceRequest(HASH, PEER_ID, port, 0x11, 0x22, 0x33, event, 200, Bytes.copyOf(new byte[] {1, 2, 3, 4}));
    }

    @Test
    void connectAndScrapeAreAsTheTableSays() {
        assertThat(hex(UdpTrackerMessage.connect(0xcafe))).isEqualTo("0000041727101980" + "00000000" + "0000cafe");
        assertThat(hex(UdpTrackerMessage.scrape(5, 0xcafe, HASH))).isEqualTo("0000000000000005" + "00000002" + "0000cafe" + HASH.hex());
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "COMPLETED, 1", "STARTED, 2", "STOPPED, 3"})
    void announceIsAsTheTableSays(AnnounceEvent event, int number) throws Exception {
        assertThat(hex(UdpTrackerMessage.announce(5, 0xcafe, request(event, 6881), "", false))).isEqualTo(
                "0000000000000005" + "00000001" + "0000cafe" + HASH.hex() + ID + "0000000000000022" + "0000000000000033" + "0000000000000011"
                        + "0000000" + number + "00000000" + "01020304" + "000000c8" + "1ae1");
    }

    @Test
    void whoDoesNotListenAnnouncesPortOneAndIpv6AsksForWhatFits() throws Exception {
        String announce = hex(UdpTrackerMessage.announce(5, 1, request(AnnounceEvent.NONE, 0), "", true));
        assertThat(announce).endsWith("01020304" + "00000070" + "0001"); // 112 entries of 18 bytes
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "/a, 02022f61", "/announce?key=1, 020f2f616e6e6f756e63653f6b65793d31"})
    void pathAndQueryGoAlongByBep41(String target, String option) throws Exception {
        assertThat(hex(UdpTrackerMessage.announce(5, 1, request(AnnounceEvent.NONE, 1), target, false)).substring(2 * 98)).isEqualTo(option);
    }

    @Test
    void aLongPathIsSentInPartsAndATooLongOneIsRefused() throws Exception {
        String options = hex(UdpTrackerMessage.announce(5, 1, request(AnnounceEvent.NONE, 1), "/" + "x".repeat(299), false)).substring(2 * 98);
        assertThat(options).hasSize(2 * (2 + 255 + 2 + 45)).startsWith("02ff2f78");
        assertThat(options.substring(2 * 257)).startsWith("022d7878");

        assertThat(rule(() -> UdpTrackerMessage.announce(5, 1, request(AnnounceEvent.NONE, 1), "/" + "x".repeat(1500), false)))
                .isEqualTo("discovery.url");
    }

    @Test
    void anAnswerToAnAnnounceIsRead() {
        ByteBuffer reply = bytes("00000001 0000cafe 00000708 00000002 00000003" + "0a000001 1ae1" + "0a000002 0000" + "7f0000");

        assertThat(UdpTrackerMessage.announced(reply, false)).contains(new AnnounceResponse(List.of(PeerAddress.parse("10.0.0.1:6881")),
                Duration.ofSeconds(1800), 3, 2, -1, "", AnnounceResponse.SHORTEST_INTERVAL, ""));
    }

    @Test
    void ofATrackerAtAnIpv6AddressPeersHaveSuchToo() {
        ByteBuffer reply = bytes("00000001 0000cafe 00000708 00000002 00000003" + "20010db8000000000000000000000001 1ae1");

        assertThat(UdpTrackerMessage.announced(reply, true).orElseThrow().peers()).containsExactly(PeerAddress.parse("[2001:db8::1]:6881"));
    }

    @ParameterizedTest
    @CsvSource({"00000000, 60", "ffffffff, 60", "7fffffff, 3600", "80000000, 60", "00000e10, 3600", "00000064, 100"})
    void intervalsStayWithinBounds(String interval, long seconds) {
        ByteBuffer reply = bytes("00000001 0000cafe " + interval + " ffffffff 80000000");

        AnnounceResponse answer = UdpTrackerMessage.announced(reply, false).orElseThrow();
        assertThat(answer.interval()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(answer.seeds()).isEqualTo(-1);
        assertThat(answer.leechers()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 15, 16, 19})
    void whatIsTooShortIsNoAnswer(int length) {
        ByteBuffer reply = ByteBuffer.allocate(length);

        assertThat(UdpTrackerMessage.announced(reply, false)).isEmpty();
        assertThat(UdpTrackerMessage.scraped(reply)).isEmpty();
        assertThat(UdpTrackerMessage.connection(reply).isPresent()).isEqualTo(length >= 16);
    }

    @Test
    void theNumbersOfAScrapeAreSeedsDownloadsLeechers() {
        assertThat(UdpTrackerMessage.scraped(bytes("00000002 0000cafe 00000005 00000007 00000006"))).contains(new ScrapeResponse(5, 6, 7));
    }

    @Test
    void anErrorIsMadeSafeToShow() {
        assertThat(UdpTrackerMessage.error(bytes("00000003 0000cafe" + "6e6f1b5b6d2e" + "ff"))).isEqualTo("no [m.\ufffd");
    }

    @ParameterizedTest
    @CsvSource({"udp://t.example:80, t.example, 80, ''", "UDP://t.example:80/, t.example, 80, ''",
            "udp://[2001:db8::1]:1337/announce, 2001:db8::1, 1337, /announce",
            "udp://t.example:80/a%20b?k=v#f, t.example, 80, /a%20b?k=v"})
    void goodAddressesAreUsed(String url, String host, int port, String target) throws Exception {
        assertThat(UdpTrackerUrl.parse(url)).isEqualTo(new UdpTrackerUrl(host, port, target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp://t.example", "udp://t.example:0/", "udp://t.example:70000/", "udp://:80/", "udp://u:p@t.example:80/",
            "udp://t ex:80/",
            "http://t.example:80/", "udp:t.example:80", "udp://t.example:-1/"})
    void otherAddressesAreNot(String url) {
        assertThat(rule(() -> UdpTrackerUrl.parse(url))).isEqualTo("discovery.url");
        assertThat(rule(() -> UdpTrackerUrl.parse("udp://t.example:80/" + "x".repeat(2048)))).isEqualTo("discovery.url");
    }
}
