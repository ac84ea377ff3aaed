package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.transport.DatagramPort.Lane;

/** Whose a datagram is, and how many are looked at; the clock stands still unless a test moves it. */
class DatagramDeskTest {
    private static final InetSocketAddress STRANGER = new InetSocketAddress(Addresses.of("203.0.113.1"), 6881);
    private static final InetSocketAddress ASKED = new InetSocketAddress(Addresses.of("203.0.113.2"), 6969);
    private static final InetSocketAddress BLOCKED = new InetSocketAddress(Addresses.of("203.0.113.3"), 6881);
    private static final byte[] DHT = {'d', '1', ':'};
    private static final byte[] OTHER = {0x41, 0};

    private long now = 1;
    private final List<String> got = new ArrayList<>();
    private final DatagramDesk desk = new DatagramDesk(new DatagramHost() {
        @Override
        public Optional<Refusal> refusal(InetSocketAddress remote, boolean incoming) {
            return remote.equals(BLOCKED) ? Optional.of(new Refusal("test.blocked", "blocked")) : Optional.empty();
        }

        @Override
        public void busy(int port) {
            throw new AssertionError("nothing is opened here");
        }
    }, () -> now);

    private DatagramPort.Receiver note(Lane lane, boolean takes) {
        return (datagram, from) -> {
            got.add(lane + " " + datagram.remaining());
            return takes;
        };
    }

    private void came(byte[] datagram, InetSocketAddress from) {
        desk.came(datagram, from).increment();
    }

    @ParameterizedTest
    @CsvSource({"d1:, true, DHT 3", "d1:, false, DHT 3", "xyz, true, TRACKER 3", "xyz, false, 'TRACKER 3, OTHER 3'"})
    void theFirstByteAndTheTrackersSayWhoseItIs(String text, boolean trackerKnowsIt, String expected) {
        desk.attach(Lane.DHT, note(Lane.DHT, true));
        desk.attach(Lane.TRACKER, note(Lane.TRACKER, trackerKnowsIt));
        desk.attach(Lane.OTHER, note(Lane.OTHER, true));

        came(text.getBytes(StandardCharsets.US_ASCII), STRANGER);

        assertThat(String.join(", ", got)).isEqualTo(expected);
        assertThat(desk.counts().taken()).isEqualTo(1);
    }

    @Test
    void whatNobodyTakesIsCounted() {
        came(DHT, STRANGER);
        came(OTHER, STRANGER);

        assertThat(desk.counts()).isEqualTo(new DatagramCounts(0, 0, 0, 2, 0));
    }

    @Test
    void aLaneHasOneConsumerAtATime() {
        desk.attach(Lane.DHT, note(Lane.DHT, true));
        assertThatIllegalStateException().isThrownBy(() -> desk.attach(Lane.DHT, note(Lane.DHT, true)));
        desk.detach(Lane.DHT);
        desk.attach(Lane.DHT, note(Lane.DHT, true));
    }

    @Test
    void aConsumerThatThrowsCostsOneDatagram() {
        desk.attach(Lane.DHT, (datagram, from) -> {
            got.add("thrown");
            throw new StackOverflowError("planted");
        });

        came(DHT, STRANGER);
        came(DHT, STRANGER);

        assertThat(got).containsExactly("thrown", "thrown");
    }

    @Test
    void aBlockedAddressAndPortNullAreRefused() {
        desk.attach(Lane.DHT, note(Lane.DHT, true));
        came(DHT, BLOCKED);
        came(DHT, new InetSocketAddress(STRANGER.getAddress(), 0));

        assertThat(desk.counts().refused()).isEqualTo(2);
        assertThat(got).isEmpty();
    }

    @Test
    void aFloodOfStrangersDoesNotKeepAnswersOut() {
        desk.attach(Lane.DHT, note(Lane.DHT, true));
        desk.asked(ASKED);
        for (int i = 0; i < 10_000; i++) {
            came(DHT, STRANGER);
        }
        assertThat(desk.counts().taken()).isEqualTo(DatagramDesk.STRANGERS_PER_SECOND);
        assertThat(desk.counts().overRate()).isEqualTo(10_000 - DatagramDesk.STRANGERS_PER_SECOND);

        came(DHT, ASKED);
        assertThat(desk.counts().taken()).isEqualTo(DatagramDesk.STRANGERS_PER_SECOND + 1);
        now += TimeUnit.SECONDS.toNanos(1);
        came(DHT, STRANGER);
        assertThat(desk.counts().taken()).isEqualTo(DatagramDesk.STRANGERS_PER_SECOND + 2);
    }

    @Test
    void evenThoseWeAskedAreBounded() {
        desk.attach(Lane.DHT, note(Lane.DHT, true));
        desk.asked(ASKED);
        for (int i = 0; i < 2 * DatagramDesk.ANSWERS_PER_SECOND; i++) {
            came(DHT, ASKED);
        }
        assertThat(desk.counts().taken()).isEqualTo(DatagramDesk.ANSWERS_PER_SECOND);
    }

    @Test
    void forAnswersOnlyAStrangerIsNotHeardAndAnAnswerIs() {
        desk.attach(Lane.DHT, note(Lane.DHT, true));
        desk.onlyAnswers(true);
        desk.asked(ASKED);
        came(DHT, STRANGER);
        came(DHT, ASKED);
        assertThat(desk.counts()).isEqualTo(new DatagramCounts(1, 1, 0, 0, 0));

        now += AskedHosts.MEMORY_NANOS;
        came(DHT, ASKED);
        assertThat(desk.counts().refused()).as("long after the question").isEqualTo(2);
    }

    @Test
    void whomWeAskedIsForgottenOldestFirst() {
        AskedHosts asked = new AskedHosts(() -> now);
        asked.asked(ASKED);
        for (int port = 1; port < AskedHosts.CAPACITY; port++) {
            asked.asked(new InetSocketAddress(STRANGER.getAddress(), port));
        }
        assertThat(asked.contains(ASKED)).isTrue();
        for (int port = 1; port <= AskedHosts.CAPACITY; port++) {
            asked.asked(new InetSocketAddress(BLOCKED.getAddress(), port));
        }
        assertThat(asked.contains(ASKED)).isFalse();
        assertThat(asked.size()).isEqualTo(AskedHosts.CAPACITY);
    }

    @Test
    void aDatagramMayBeKept() {
        List<ByteBuffer> kept = new ArrayList<>();
        desk.attach(Lane.DHT, (datagram, from) -> kept.add(datagram));
        byte[] bytes = DHT.clone();
        came(bytes, STRANGER);
        assertThat(kept).containsExactly(ByteBuffer.wrap(DHT));
    }
}
