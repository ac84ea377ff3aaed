package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;
import static org.sallyport.core.discovery.TrackerFixtures.request;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.testkit.VirtualLoop;
import org.sallyport.core.transport.DatagramPort.Receiver;

/** Questions by UDP, when they are repeated and which answers count. The test is the network; time passes when it says so. */
class UdpTrackersTest {
    private static final String URL = "udp://t.example:1337/announce";
    private static final InetSocketAddress FOUR = new InetSocketAddress(Addresses.of("203.0.113.1"), 1337);
    private static final InetSocketAddress SIX = new InetSocketAddress(Addresses.of("2001:db8::1"), 1337);
    private static final long CONNECTION = 0x1122334455667788L;

    private final VirtualLoop loop = new VirtualLoop();
    private final List<Out> sent = new ArrayList<>();
    private List<InetAddress> addresses = List.of(FOUR.getAddress());
    private Optional<Refusal> gate = Optional.empty();
    private Optional<Refusal> wire = Optional.empty();
    private int opens;
    private int closes;
    private final UdpTrackers trackers = new UdpTrackers((hash, url, resolved) -> gate, new NameLookup(this::names), new TrackerSocket() {
        @Override
        public void open(Receiver receiver) {
            opens++;
        }

        @Override
        public CompletableFuture<Void> opened() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Optional<Refusal> send(ByteBuffer datagram, InetSocketAddress to) {
            sent.add(new Out(datagram, to));
            return wire;
        }

        @Override
        public void close() {
            closes++;
        }
    }, loop, loop, new Random(3));

    private record Out(ByteBuffer datagram, InetSocketAddress to) {
        int action() {
            return datagram.getInt(8);
        }

        int transaction() {
            return datagram.getInt(12);
        }
    }

    private InetAddress[] names(String host) throws UnknownHostException {
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses.toArray(InetAddress[]::new);
    }

    private CompletableFuture<AnnounceResponse> announce() {
        CompletableFuture<AnnounceResponse> answer = trackers.announce(URL, request(), Runnable::run);
        loop.run();
        return answer;
    }

    private Out last() {
        return sent.get(sent.size() - 1);
    }

    private boolean reply(int action, Out to, InetSocketAddress from, byte[] rest) {
        boolean claimed = trackers.receive(ByteBuffer.allocate(8 + rest.length).putInt(action).putInt(to.transaction()).put(rest).flip(), from);
        loop.run();
        return claimed;
    }

    private void connect() {
        reply(0, last(), last().to(), ByteBuffer.allocate(8).putLong(CONNECTION).array());
    }

    private static byte[] peers() {
        return ByteBuffer.allocate(18).putInt(1800).putInt(2).putInt(3).put(new byte[] {10, 0, 0, 1, 0x1a, (byte) 0xe1}).array();
    }

    private static TrackerException failure(CompletableFuture<?> answer) {
        assertThat(answer).isCompletedExceptionally();
        Throwable thrown = catchThrowable(answer::join);
        while (thrown instanceof CompletionException) {
            thrown = thrown.getCause();
        }
        return (TrackerException) thrown;
    }

    @Test
    void connectsThenAnnouncesAndKnowsTheConnectionForAMinute() {
        CompletableFuture<AnnounceResponse> first = announce();
        assertThat(last().action()).isZero();
        connect();
        assertThat(last().action()).isEqualTo(1);
        assertThat(last().datagram().getLong(0)).isEqualTo(CONNECTION);
        assertThat(sent.get(0).transaction()).isNotEqualTo(sent.get(1).transaction());
        reply(1, last(), FOUR, peers());
        assertThat(first.join().peers()).hasSize(1);
        assertThat(trackers.waiting()).isZero();

        loop.advance(Duration.ofSeconds(59));
        announce();
        assertThat(last().action()).as("the connection is known").isEqualTo(1);
        reply(1, last(), FOUR, peers());
        loop.advance(Duration.ofSeconds(1));
        announce();
        assertThat(last().action()).as("a minute later it is not").isZero();
    }

    @Test
    void aLostQuestionIsRepeatedAfterFifteenSecondsAndGivenUpAfterThirty() {
        CompletableFuture<AnnounceResponse> answer = announce();
        loop.advance(Duration.ofMillis(14_999));
        assertThat(sent).hasSize(1);
        loop.advance(Duration.ofMillis(1));
        assertThat(sent).hasSize(2);
        loop.advance(Duration.ofMillis(14_999));
        assertThat(answer).isNotDone();
        loop.advance(Duration.ofMillis(1));

        assertThat(failure(answer)).hasMessage("The tracker did not answer within 30 seconds.");
        assertThat(failure(answer).refusal()).isEmpty();
        loop.advance(Duration.ofHours(1));
        assertThat(sent).hasSize(2);
        assertThat(trackers.waiting()).isZero();
    }

    @Test
    void theAnswerToTheFirstQuestionCountsAlsoAfterTheSecond() {
        CompletableFuture<AnnounceResponse> answer = announce();
        Out first = last();
        loop.advance(Duration.ofSeconds(15));
        reply(0, first, FOUR, ByteBuffer.allocate(8).putLong(CONNECTION).array());
        reply(1, last(), FOUR, peers());
        assertThat(answer).isCompleted();
    }

    @Test
    void eachRepetitionAsksTheNextAddress() {
        addresses = List.of(SIX.getAddress(), FOUR.getAddress());
        CompletableFuture<AnnounceResponse> answer = announce();
        loop.advance(Duration.ofSeconds(15));
        assertThat(sent).extracting(Out::to).containsExactly(SIX, FOUR);
        connect();
        reply(1, last(), FOUR, peers());
        assertThat(answer.join().peers()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"wrong transaction, false", "wrong source, false", "wrong port, false", "too short for anything, false"})
    void whatIsNotFromTheTrackerIsAsIfItHadNotCome(String what, boolean claimed) {
        CompletableFuture<AnnounceResponse> answer = announce();
        int transaction = last().transaction();
        InetSocketAddress from = switch (what) {
            case "wrong source" -> SIX;
            case "wrong port" -> new InetSocketAddress(FOUR.getAddress(), 1338);
            default -> FOUR;
        };
        ByteBuffer datagram = what.startsWith("too short") ? ByteBuffer.allocate(7)
                : ByteBuffer.allocate(16).putInt(0).putInt(what.equals("wrong transaction") ? ~transaction : transaction).putLong(1).flip();

        assertThat(trackers.receive(datagram, from)).isEqualTo(claimed);
        assertThat(sent).hasSize(1);
        loop.advance(Duration.ofSeconds(30));
        assertThat(failure(answer).refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 12", "0, 4", "7, 12", "2, 12"})
    void garbageInTheTrackersNameIsIgnoredAndToldOnceInTheEnd(int action, int bytes) {
        CompletableFuture<AnnounceResponse> answer = announce();
        assertThat(reply(action, last(), FOUR, new byte[bytes])).isTrue();
        assertThat(answer).isNotDone();
        loop.advance(Duration.ofSeconds(30));
        assertThat(failure(answer).refusal()).map(Refusal::rule).contains("discovery.udp-reply");
    }

    @Test
    void afterGarbageTheRightAnswerCounts() {
        CompletableFuture<AnnounceResponse> answer = announce();
        reply(1, last(), FOUR, new byte[40]);
        connect();
        reply(1, last(), FOUR, new byte[3]);
        reply(1, last(), FOUR, peers());
        assertThat(answer).isCompleted();
    }

    @Test
    void theTrackersNoIsItsLastWord() {
        CompletableFuture<AnnounceResponse> answer = announce();
        connect();
        reply(3, last(), FOUR, "not\u0007 registered".getBytes(StandardCharsets.UTF_8));
        assertThat(failure(answer)).hasMessage("The tracker said no: not  registered");
    }

    @Test
    void aTrackerThatForgotTheConnectionIsAskedOnceForANewOne() {
        announce();
        connect();
        reply(1, last(), FOUR, peers());
        CompletableFuture<AnnounceResponse> second = announce();
        reply(3, last(), FOUR, "Connection ID missmatch.".getBytes(StandardCharsets.UTF_8));
        assertThat(last().action()).isZero();
        connect();
        reply(1, last(), FOUR, peers());
        assertThat(second).isCompleted();
    }

    @Test
    void whatMayNotBeAskedIsNotAsked() {
        gate = Optional.of(new Refusal("policy.source-local-address", "Not there."));
        assertThat(failure(announce()).refusal()).contains(gate.get());
        gate = Optional.empty();
        wire = Optional.of(new Refusal("network.waiting", "Waiting."));
        assertThat(failure(announce()).refusal()).contains(wire.get());
        wire = Optional.of(new Refusal("udp.closed", "Shut."));
        assertThat(failure(announce()).refusal()).isEmpty();
        addresses = List.of();
        assertThat(failure(announce())).hasMessageContaining("could not be looked up");
        assertThat(failure(trackers.announce("udp://t.example/", request(), Runnable::run)).refusal()).map(Refusal::rule).contains("discovery.url");
        assertThat(trackers.waiting()).isZero();
    }

    @Test
    void numbersAreAskedForByScrape() {
        CompletableFuture<ScrapeResponse> answer = trackers.scrape(URL, HASH, Runnable::run);
        loop.run();
        connect();
        assertThat(last().action()).isEqualTo(2);
        reply(2, last(), FOUR, ByteBuffer.allocate(12).putInt(5).putInt(7).putInt(6).array());
        assertThat(answer.join()).isEqualTo(new ScrapeResponse(5, 6, 7));
    }

    @Test
    void thePortIsHeldWhileSomebodyHoldsIt() {
        UdpTrackers.Hold first = trackers.hold();
        UdpTrackers.Hold second = trackers.hold();
        first.close();
        first.close();
        assertThat(opens).isEqualTo(1);
        assertThat(closes).isZero();
        second.close();
        assertThat(closes).isEqualTo(1);
    }

    @Property(tries = 300)
    void whateverComesNothingBreaks(@ForAll @Size(max = 60) byte[] rest, @ForAll int action, @ForAll boolean small) {
        CompletableFuture<AnnounceResponse> answer = announce();
        assertThatCode(() -> {
            reply(small ? Math.floorMod(action, 5) : action, last(), FOUR, rest);
            trackers.receive(ByteBuffer.wrap(rest), FOUR);
            reply(small ? Math.floorMod(action, 5) : action, last(), FOUR, rest);
        }).doesNotThrowAnyException();
        loop.advance(Duration.ofMinutes(1));
        assertThat(answer).isDone();
        assertThat(trackers.waiting()).isZero();
    }
}
