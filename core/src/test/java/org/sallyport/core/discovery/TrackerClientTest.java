package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;
import static org.sallyport.core.discovery.TrackerFixtures.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.FreePort;
import org.sallyport.core.testkit.Mischief;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TrackerRequest;

/** Against a decent tracker on a real socket. */
class TrackerClientTest {
    private static final PeerAddress OTHER = PeerAddress.parse("10.1.2.3:6000");
    private static final PeerAddress OTHER6 = PeerAddress.parse("[2001:db8::7]:7000");

    private final TestTracker tracker = TestTracker.start();
    private final TrackerClient client = TrackerFixtures.client();

    @AfterEach
    void close() {
        client.close();
        tracker.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void announceBringsPeersOfBothFamilies(boolean dictionaries) throws TrackerException {
        tracker.addPeer(HASH, OTHER);
        tracker.addPeer(HASH, OTHER6);
        tracker.swarms().say("interval", 900);
        tracker.swarms().say("warning message", "be kind");
        if (dictionaries) {
            tracker.swarms().useDictionaries();
        }

        AnnounceResponse answer = client.announce(tracker.announceUrl(), request(), "");

        assertThat(answer).isEqualTo(new AnnounceResponse(
                List.of(OTHER, OTHER6), Duration.ofSeconds(900), 0, 3, 0, "be kind", Duration.ofSeconds(60), ""));
    }

    @Test
    void trackerReceivesExactlyWhatWasSaid() throws TrackerException {
        client.announce(tracker.announceUrl() + "?passkey=a%2fb", request(), "id\u00fe");

        TrackerRequest asked = tracker.requests().get(0);
        assertThat(asked.query())
                .startsWith("passkey=a%2fb&info_hash=%00%FF%20%25~-_aAz%2F%2B%26%25%2B%D0%0F%FE%01%02&peer_id=-SY0100-012345678901&");
        assertThat(asked.bytes("info_hash")).isEqualTo(HASH.bytes());
        assertThat(asked.bytes("trackerid")).isEqualTo("id\u00fe".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(asked.number("port")).isEqualTo(6881);
        assertThat(tracker.swarms().peers(HASH)).containsExactly(PeerAddress.parse("127.0.0.1:6881"));
    }

    @Test
    void requestTellsNothingBesides() throws TrackerException {
        client.announce(tracker.announceUrl(), request(), "");

        assertThat(tracker.requests().get(0).headers()).containsExactlyInAnyOrder(
                "Host: 127.0.0.1:" + tracker.port(), "User-Agent: Sallyport/0.1", "Connection: close");
    }

    @Test
    void cookiesAreNotKeptAndConnectionsNotReused() throws TrackerException {
        String url = tracker.answeringUrl("HTTP/1.1 200 OK\r\nSet-Cookie: spy=1\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n",
                "de".getBytes(StandardCharsets.ISO_8859_1));

        client.announce(url, request(), "");
        client.announce(url, request(), "");

        assertThat(tracker.requests()).hasSize(2).allMatch(r -> r.header("Cookie").isEmpty());
        assertThat(tracker.connections()).isEqualTo(2);
    }

    @Test
    void passwordQuestionIsNotAnswered() {
        String url = tracker.answeringUrl("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n", new byte[0]);

        assertThatThrownBy(() -> client.announce(url, request(), "")).hasMessageContaining("HTTP status 401");
        assertThat(tracker.requests()).hasSize(1);
    }

    @Test
    void scrapeAsksForNumbersOnly() throws TrackerException {
        tracker.addPeer(HASH, OTHER);

        assertThat(client.scrape(tracker.announceUrl(), HASH)).isEqualTo(new ScrapeResponse(0, 1, 0));
        assertThat(tracker.requests().get(0).path()).isEqualTo("/scrape");
    }

    @Test
    void scrapeOfAnAddressWithoutOneFailsBeforeAnythingIsSent() {
        assertThatThrownBy(() -> client.scrape("http://127.0.0.1:" + tracker.port() + "/a", HASH)).hasMessageContaining("no scrape form");
        assertThat(tracker.connections()).isZero();
    }

    @Test
    void failureReasonIsPassedOn() {
        tracker.swarms().say("failure reason", "torrent not registered");

        assertThatThrownBy(() -> client.announce(tracker.announceUrl(), request(), "")).isInstanceOf(TrackerException.class)
                .hasMessage("The tracker said no: torrent not registered");
    }

    @Test
    void failureReasonBehindAnErrorStatusIsPassedOnToo() {
        byte[] body = Bencode.encode(Map.of("failure reason", "gone"));
        String url = tracker.answeringUrl("HTTP/1.1 410 Gone\r\nContent-Length: " + body.length + "\r\n\r\n", body);

        assertThatThrownBy(() -> client.announce(url, request(), "")).hasMessage("The tracker said no: gone");
    }

    @Test
    void literalIpv6AddressWorks() throws TrackerException, IOException {
        try (TestTracker six = TestTracker.start(InetAddress.getByName("::1"))) {
            client.announce(six.announceUrl(), request(), "");

            assertThat(six.requests().get(0).header("Host")).contains("[0:0:0:0:0:0:0:1]:" + six.port());
        } catch (UncheckedIOException e) {
            Assumptions.abort("this computer has no IPv6 loopback: " + e.getMessage());
        }
    }

    @Test
    void nobodyThereIsAPlainSentence() {
        int free = FreePort.any();

        assertThatThrownBy(() -> client.announce("http://127.0.0.1:" + free + "/announce", request(), ""))
                .isInstanceOf(TrackerException.class).hasMessage("Nobody answers at the tracker's address http://127.0.0.1:" + free + ".");
    }

    @Test
    void unknownNameIsAPlainSentence() {
        NameLookup.Names nothing = host -> {
            throw new UnknownHostException(host);
        };
        try (TrackerClient lost = TrackerFixtures.client(TrackerFixtures.OPEN_GATE, nothing, AddressScope::of)) {
            assertThatThrownBy(() -> lost.announce("http://t.example/announce", request(), ""))
                    .hasMessage("The tracker's name could not be looked up: the name t.example is not known.");
        }
    }

    @Test
    void systemProxyIsNotUsed() throws TrackerException {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("http.nonProxyHosts", "");
        // Java spares loopback from the SOCKS proxy unless told otherwise
        System.setProperty("socksNonProxyHosts", "");
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", "1");
        try {
            assertThat(client.announce(tracker.announceUrl(), request(), "").peers()).isEmpty();
        } finally {
            List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts",
                    "socksNonProxyHosts", "socksProxyHost", "socksProxyPort").forEach(System::clearProperty);
        }
    }

    @Test
    void closeBreaksOffAWaitingQuestion() {
        CompletableFuture<TrackerException> ended = CompletableFuture.supplyAsync(() -> TrackerFixtures.failure(
                () -> client.announce(tracker.hostileUrl(Mischief.DRIP_BODY), request(), "")));
        await().until(() -> tracker.bytesSent() > 0);

        client.close();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).satisfies(e -> assertThat(e).hasMessageContaining("the program is closing"));
        assertThatThrownBy(() -> client.announce(tracker.announceUrl(), request(), "")).hasMessageContaining("the program is closing");
    }
}
