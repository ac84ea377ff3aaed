package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;
import static org.sallyport.core.discovery.TrackerFixtures.OPEN_GATE;
import static org.sallyport.core.discovery.TrackerFixtures.request;
import static org.sallyport.core.discovery.TrackerFixtures.rule;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.testkit.TestTracker;

/** No tracker and no torrent makes us talk to an address the gate did not see and allow. */
class SourceGuardTest {
    private static final Refusal NO_LOOPBACK = new Refusal("source.loopback", "Not on this computer.");
    private static final SourceGate NO_LOOPBACK_GATE = (hash, url, resolved) ->
            resolved.isLoopbackAddress() ? Optional.of(NO_LOOPBACK) : Optional.empty();

    private final TestTracker tracker = TestTracker.start();
    private final TestTracker internal = TestTracker.start();

    @AfterEach
    void close() {
        tracker.close();
        internal.close();
    }

    private static InetAddress ip(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"})
    void loopbackIsRefusedInEverySpelling(String host) {
        try (TrackerClient client = TrackerFixtures.client(NO_LOOPBACK_GATE)) {
            String url = "http://" + host + ":" + tracker.port() + "/announce";

            assertThat(rule(() -> client.announce(url, request(), ""))).isEqualTo("source.loopback");
            assertThat(tracker.connections()).isZero();
        }
    }

    @Test
    void gateIsToldHashUrlAndEveryAddress() throws TrackerException {
        List<String> asked = new CopyOnWriteArrayList<>();
        SourceGate gate = (hash, url, resolved) -> {
            asked.add(hash.shortHex() + " " + url.replaceAll("\\?.*", "") + " " + resolved.getHostAddress());
            return Optional.empty();
        };
        NameLookup.Names names = host -> new InetAddress[] {ip("127.0.0.1"), ip("127.0.0.2")};
        try (TrackerClient client = TrackerFixtures.client(gate, names, AddressScope::of)) {
            client.announce("http://t.example:" + tracker.port() + "/announce", request(), "");
        }

        String url = HASH.shortHex() + " http://t.example:" + tracker.port() + "/announce ";
        assertThat(asked).containsExactly(url + "127.0.0.1", url + "127.0.0.2");
    }

    @Test
    void oneRefusedAddressSpoilsTheName() {
        SourceGate gate = (hash, url, resolved) -> resolved.getHostAddress().equals("127.0.0.9") ? Optional.of(NO_LOOPBACK) : Optional.empty();
        NameLookup.Names names = host -> new InetAddress[] {ip("127.0.0.1"), ip("127.0.0.9")};
        try (TrackerClient client = TrackerFixtures.client(gate, names, AddressScope::of)) {
            assertThat(rule(() -> client.announce("http://t.example:" + tracker.port() + "/announce", request(), ""))).isEqualTo("source.loopback");
        }
        assertThat(tracker.connections()).isZero();
    }

    @Test
    void nameIsLookedUpOnceSoRebindingGainsNothing() throws Exception {
        Deque<InetAddress> answers = new ArrayDeque<>(List.of(ip("127.0.0.1"), ip("127.0.0.9"), ip("127.0.0.9")));
        SourceGate gate = (hash, url, resolved) -> resolved.getHostAddress().equals("127.0.0.1") ? Optional.empty() : Optional.of(NO_LOOPBACK);
        NameLookup.Names rebinding = host -> new InetAddress[] {answers.poll()};
        try (TrackerClient client = TrackerFixtures.client(gate, rebinding, AddressScope::of)) {
            client.announce("http://t.example:" + tracker.port() + "/announce", request(), "");

            assertThat(answers).hasSize(2);
            assertThat(tracker.requests().get(0).header("Host")).contains("t.example:" + tracker.port());
            assertThat(rule(() -> client.announce("http://t.example:" + tracker.port() + "/announce", request(), ""))).isEqualTo("source.loopback");
        }
        assertThat(tracker.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void fewRedirectsAreFollowed(int times) throws TrackerException {
        try (TrackerClient client = TrackerFixtures.client()) {
            client.announce(tracker.redirectUrl(times), request(), "");
        }
        assertThat(tracker.requests()).hasSize(times + 1);
        assertThat(tracker.announces()).hasSize(1);
    }

    @Test
    void fourthRedirectIsNotFollowed() {
        try (TrackerClient client = TrackerFixtures.client()) {
            assertThat(rule(() -> client.announce(tracker.redirectUrl(4), request(), ""))).isEqualTo("discovery.redirect-count");
        }
        assertThat(tracker.requests()).hasSize(4);
        assertThat(tracker.announces()).isEmpty();
    }

    @Test
    void gateIsAskedAgainForARedirect() {
        SourceGate onlyTracker = (hash, url, resolved) -> url.contains(":" + tracker.port() + "/") ? Optional.empty() : Optional.of(NO_LOOPBACK);
        try (TrackerClient client = TrackerFixtures.client(onlyTracker)) {
            assertThat(rule(() -> client.announce(tracker.redirectUrl(internal.announceUrl()), request(), ""))).isEqualTo("source.loopback");
        }
        assertThat(internal.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "GLOBAL, PRIVATE, discovery.redirect-private", "GLOBAL, LOOPBACK, discovery.redirect-private",
        "PRIVATE, LINK_LOCAL, discovery.redirect-private", "PRIVATE, LOOPBACK, discovery.redirect-private",
        "LINK_LOCAL, LOOPBACK, discovery.redirect-private",
    })
    void redirectNeverLeadsInwards(AddressScope from, AddressScope to, String rule) {
        try (TrackerClient client = clientSeeing(from, to)) {
            assertThat(rule(() -> client.announce(outerRedirect("http://inner.example:" + internal.port() + "/announce"), request(), "")))
                    .isEqualTo(rule);
        }
        assertThat(internal.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"LOOPBACK, LOOPBACK", "LOOPBACK, GLOBAL", "PRIVATE, PRIVATE", "PRIVATE, GLOBAL", "GLOBAL, GLOBAL"})
    void redirectMayLeadOutwards(AddressScope from, AddressScope to) throws TrackerException {
        try (TrackerClient client = clientSeeing(from, to)) {
            client.announce(outerRedirect("http://inner.example:" + internal.port() + "/announce"), request(), "");
        }
        assertThat(internal.announces()).hasSize(1);
    }

    @Test
    void wayOutAndBackInIsRefused() {
        try (TrackerClient client = clientSeeing(AddressScope.GLOBAL, AddressScope.PRIVATE)) {
            String twice = outerRedirect(outerRedirect("http://inner.example:" + internal.port() + "/announce"));

            assertThat(rule(() -> client.announce(twice, request(), ""))).isEqualTo("discovery.redirect-private");
        }
        assertThat(internal.connections()).isZero();
    }

    /** Both names lead to 127.0.0.1, where the test trackers are; how far it reaches is told apart by the name. */
    private TrackerClient clientSeeing(AddressScope outer, AddressScope inner) {
        NameLookup.Names names = host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
        Function<InetAddress, AddressScope> scopes = address -> address.getHostName().equals("outer.example") ? outer : inner;
        return TrackerFixtures.client(OPEN_GATE, names, scopes);
    }

    private String outerRedirect(String location) {
        return tracker.redirectUrl(location).replace("127.0.0.1", "outer.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/announce", "gopher://127.0.0.1/", "jar:file:/x!/y"})
    void redirectToAnotherKindOfAddressIsRefused(String location) {
        try (TrackerClient client = TrackerFixtures.client()) {
            assertThat(rule(() -> client.announce(tracker.redirectUrl(location), request(), ""))).isEqualTo("discovery.scheme");
        }
    }
}
