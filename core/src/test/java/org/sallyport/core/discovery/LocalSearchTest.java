package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.testkit.VirtualLoop;

/** BEP 14: what is said, when, and what is believed. */
class LocalSearchTest {
    private static final InetSocketAddress NEIGHBOUR = new InetSocketAddress(Addresses.of("192.168.1.7"), 6771);
    private static final String GOOD = "BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\nInfohash: "
            + HASH.hex() + "\r\ncookie: x\r\n\r\n\r\n";

    private final VirtualLoop time = new VirtualLoop();
    private final LocalSearch search = new LocalSearch(time, new Random(1));

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(ByteBuffer message) {
        return StandardCharsets.US_ASCII.decode(message.duplicate()).toString();
    }

    private static List<InfoHash> hashes(int count) {
        return IntStream.range(0, count).mapToObj(i -> InfoHash.parse(String.format("%040x", i + 1))).toList();
    }

    private Optional<LocalSearch.Found> read(String text) {
        return search.read(bytes(text), NEIGHBOUR);
    }

    @Test
    void aTorrentIsSaidAtOnceAgainAfterAMinuteAndThenEveryFive() {
        assertThat(search.due(List.of(HASH), 6881)).singleElement().satisfies(message -> assertThat(text(message))
                .matches("BT-SEARCH \\* HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\nInfohash: "
                        + HASH.hex() + "\r\ncookie: [0-9a-f]{8}\r\n\r\n\r\n"));
        for (int wait : new int[] {60, 300, 300}) {
            time.advance(Duration.ofSeconds(wait - 1));
            assertThat(search.due(List.of(HASH), 6881)).isEmpty();
            time.advance(Duration.ofSeconds(1));
            assertThat(search.due(List.of(HASH), 6881)).hasSize(1);
        }
    }

    @Test
    void aNewTorrentWaitsAMinuteAfterTheLastWord() {
        search.due(hashes(1), 6881);
        time.advance(Duration.ofSeconds(60));
        search.due(hashes(1), 6881);
        time.advance(Duration.ofSeconds(59));
        assertThat(search.due(hashes(2), 6881)).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(search.due(hashes(2), 6881)).singleElement()
                .satisfies(message -> assertThat(text(message)).contains(hashes(2).get(1).hex()).doesNotContain(hashes(1).get(0).hex()));
    }

    @Test
    void manyTorrentsAreSaidInFewMessagesThatFit() {
        List<ByteBuffer> messages = search.due(hashes(500), 6881);

        assertThat(messages).hasSize(LocalSearch.MAX_HASHES / LocalSearch.HASHES_PER_MESSAGE).allMatch(message -> message.remaining() <= 1400);
        time.advance(Duration.ofMinutes(1));
        assertThat(text(search.due(hashes(500), 6881).get(0))).as("the next ones").contains(hashes(101).get(100).hex());
    }

    @Test
    void whoDoesNotListenSaysNothing() {
        assertThat(search.due(List.of(HASH), 0)).isEmpty();
        assertThat(search.due(List.of(), 6881)).isEmpty();
    }

    @Test
    void aNeighbourIsFound() {
        assertThat(read(GOOD)).contains(new LocalSearch.Found(new PeerAddress(NEIGHBOUR.getAddress(), 6881), Set.of(HASH)));
        assertThat(read(GOOD.replace("Port", "port").replace("Infohash", "INFOHASH"))).isPresent();
    }

    @Test
    void weDoNotFindOurselves() {
        ByteBuffer own = search.due(List.of(HASH), 6881).get(0);

        assertThat(search.read(own.duplicate(), NEIGHBOUR)).isEmpty();
        assertThat(new LocalSearch(time, new Random(2)).read(own, NEIGHBOUR)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"192.168.1.7, true", "10.0.0.1, true", "172.16.0.1, true", "169.254.7.7, true", "127.0.0.1, true", "100.64.0.1, true",
            "fe80::1, true",
            "fd00::1, true",
            "8.8.8.8, false", "172.32.0.1, false", "2001:db8::1, false", "239.192.152.143, false"})
    void onlyTheOwnNetworkIsListenedTo(String from, boolean heard) {
        assertThat(search.read(bytes(GOOD), new InetSocketAddress(Addresses.of(from), 6771)).isPresent()).isEqualTo(heard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BT-SEARCH * HTTP/1.0\r\n", "M-SEARCH * HTTP/1.1\r\nPort: 6881\r\n"})
    void whatDoesNotBeginSoIsNoMessage(String text) {
        assertThat(read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"6881, 0", "6881, 65536", "6881, 99999999999", "6881, -1", "6881, 68x", "'6881', ''"})
    void aWrongPortIsNoPeer(String right, String wrong) {
        assertThat(read(GOOD.replace(right, wrong))).isEmpty();
    }

    @Test
    void wrongHashesAreLeftOut() {
        assertThat(read(GOOD.replace(HASH.hex(), "zz"))).isEmpty();
        assertThat(read(GOOD.replace("cookie", "Infohash: 12\r\ncookie")).orElseThrow().hashes()).containsExactly(HASH);
        assertThat(read(GOOD + "x".repeat(1400))).as("too long").isEmpty();
    }

    @Property(tries = 500)
    void whateverIsSaidNothingBreaks(@ForAll @Size(max = 200) byte[] raw, @ForAll @StringLength(max = 80) String line) {
        search.read(ByteBuffer.wrap(raw), NEIGHBOUR);
        Optional<LocalSearch.Found> found = read("BT-SEARCH * HTTP/1.1\r\n" + line + "\r\nPort:" + line + "\r\nInfohash: " + line + "\r\n");
        found.ifPresent(f -> assertThat(f.hashes()).isNotEmpty());
    }
}
