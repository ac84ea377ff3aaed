package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.TestSwarms;

class TrackerReplyTest {
    private static final InfoHash HASH = InfoHash.parse("e9".repeat(20));

    private static AnnounceResponse read(Map<String, ?> answer) throws TrackerException {
        return TrackerReply.announce(Bytes.copyOf(Bencode.encode(answer)));
    }

    private static List<PeerAddress> peers(String... texts) {
        return List.of(texts).stream().map(PeerAddress::parse).toList();
    }

    @Test
    void wholeAnswerIsRead() throws TrackerException {
        Map<String, Object> answer = new HashMap<>(Map.of(
                "interval", 900, "min interval", 120, "complete", 3, "incomplete", 4, "downloaded", 5,
                "warning message", "slow today", "tracker id", new byte[] {'x', (byte) 0xff}));
        answer.put("peers", TestSwarms.compact(peers("10.0.0.1:6881", "10.0.0.2:65535")));
        answer.put("peers6", TestSwarms.compact(peers("[2001:db8::1]:443")));

        assertThat(read(answer)).isEqualTo(new AnnounceResponse(peers("10.0.0.1:6881", "10.0.0.2:65535", "[2001:db8::1]:443"),
                Duration.ofSeconds(900), 3, 4, 5, "slow today", Duration.ofSeconds(120), "x\u00ff"));
    }

    @Test
    void emptyAnswerHasDefaults() throws TrackerException {
        assertThat(read(Map.of())).isEqualTo(new AnnounceResponse(
                List.of(), Duration.ofMinutes(30), -1, -1, -1, "", Duration.ofSeconds(60), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808, 60", "-1, 60", "0, 60", "59, 60", "60, 60", "1800, 1800", "3600, 3600", "3601, 3600", "9223372036854775807, 3600",
    })
    void intervalIsClamped(long told, long seconds) throws TrackerException {
        assertThat(read(Map.of("interval", told)).interval()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(read(Map.of("min interval", told)).minInterval()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void intervalIsNeverShorterThanTheMinimum() throws TrackerException {
        assertThat(read(Map.of("interval", 60, "min interval", 600)).interval()).isEqualTo(Duration.ofSeconds(600));
    }

    @Test
    void listOfDictionariesIsReadAndNamesAreNotLookedUp() throws TrackerException {
        List<Map<String, Object>> list = List.of(
                Map.of("ip", "10.0.0.1", "port", 1), Map.of("ip", "2001:db8::2", "port", 2), Map.of("ip", "tracker.example", "port", 3),
                Map.of("ip", "999.1.1.1", "port", 4), Map.of("ip", "zz:1", "port", 5), Map.of("port", 6), Map.of("ip", "10.0.0.7"),
                Map.of("ip", "10.0.0.8", "port", 0), Map.of("ip", "10.0.0.9", "port", 65536), Map.of("ip", "10.0.0.10", "port", -1));

        assertThat(read(Map.of("peers", list)).peers()).isEqualTo(peers("10.0.0.1:1", "[2001:db8::2]:2"));
    }

    @Test
    void uselessCompactAddressesAreDropped() throws TrackerException {
        byte[] compact = {10, 0, 0, 1, 0, 0, /**/ 0, 0, 0, 0, 1, 1, /**/ (byte) 224, 0, 0, 1, 1, 1, /**/
            10, 0, 0, 2, 0, 9, /**/ 10, 0, 0, 2, 0, 9, /**/ 10, 0, 0};

        assertThat(read(Map.of("peers", compact)).peers()).isEqualTo(peers("10.0.0.2:9"));
    }

    @Test
    void atMost200PeersAreTaken() throws TrackerException {
        List<PeerAddress> many = new ArrayList<>();
        for (int port = 1; port <= 500; port++) {
            many.add(PeerAddress.parse("10.0.0.1:" + port));
        }
        List<Map<String, Object>> listed = many.stream().map(p -> Map.<String, Object>of("ip", "10.0.0.1", "port", p.port())).toList();
        byte[] compact = TestSwarms.compact(many);

        assertThat(read(Map.of("peers", compact)).peers()).isEqualTo(many.subList(0, 200));
        assertThat(read(Map.of("peers", listed)).peers()).isEqualTo(many.subList(0, 200));
        assertThat(read(Map.of("peers", compact, "peers6", TestSwarms.compact(peers("[2001:db8::1]:1")))).peers()).hasSize(200);
    }

    @ParameterizedTest
    @CsvSource({"-5, -1", "9999999999, 2147483647", "7, 7"})
    void countsAreClamped(long told, int count) throws TrackerException {
        assertThat(read(Map.of("complete", told)).seeds()).isEqualTo(count);
    }

    @Test
    void failureReasonIsShownSafely() {
        String evil = "no\u0007 \u202eway\n<b>" + "x".repeat(500);

        assertThatThrownBy(() -> read(Map.of("failure reason", evil))).isInstanceOfSatisfying(TrackerException.class, e -> {
            assertThat(e).hasMessageStartingWith("The tracker said no: no  way <b>xxx");
            assertThat(e.getMessage()).hasSizeLessThan(250);
            assertThat(e.refusal()).isEmpty();
        });
    }

    @Test
    void emptyFailureReasonIsAFailure() {
        assertThatThrownBy(() -> read(Map.of("failure reason", ""))).hasMessage("The tracker said no: it gave no reason.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "de trailing", "d", "i5e", "le", "d2147483647:", "d3:key", "di1e1:xe"})
    void anythingElseIsRefused(String body) {
        assertThatThrownBy(() -> TrackerReply.announce(Bytes.copyOf(body.getBytes(StandardCharsets.ISO_8859_1))))
                .isInstanceOfSatisfying(TrackerException.class,
                        e -> assertThat(e.refusal().orElseThrow().rule()).isEqualTo("discovery.reply"));
    }

    @Test
    void scrapeFindsTheBinaryKey() throws TrackerException {
        String key = new String(HASH.bytes(), StandardCharsets.ISO_8859_1);
        byte[] body = Bencode.encode(Map.of("files", Map.of(key, Map.of("complete", 1, "incomplete", 2, "downloaded", 3))));

        assertThat(TrackerReply.scrape(Bytes.copyOf(body), HASH)).isEqualTo(new ScrapeResponse(1, 2, 3));
    }

    @Test
    void scrapeOfAnUnknownTorrentFails() {
        byte[] body = Bencode.encode(Map.of("files", Map.of()));

        assertThatThrownBy(() -> TrackerReply.scrape(Bytes.copyOf(body), HASH)).hasMessage("The tracker does not know this torrent.");
    }
}
