package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;
import static org.sallyport.core.discovery.TrackerFixtures.failure;
import static org.sallyport.core.discovery.TrackerFixtures.request;
import static org.sallyport.core.discovery.TrackerFixtures.rule;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.Mischief;
import org.sallyport.core.testkit.TestTracker;

/** Against a tracker that means harm: every answer ends in a sentence, within the bounds of size and time. */
@Tag("hostile")
@Timeout(60)
class HostileTrackerTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    // what both kernels may hold in socket buffers besides the 1 MiB we read
    private static final long SOCKET_BUFFERS = 16L << 20;

    private final TestTracker tracker = TestTracker.start();
    private final TrackerClient client = TrackerFixtures.client();

    @AfterEach
    void close() {
        client.close();
        tracker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ENDLESS_BODY, discovery.body-size", "ENDLESS_CHUNKS, discovery.body-size", "GZIP_BOMB, discovery.encoding",
        "HEADER_FLOOD, discovery.header-size", "LONG_LINE, discovery.header-size",
        "REDIRECT_LOOP, discovery.redirect-count", "HTML, discovery.reply", "NOT_HTTP, none", "CUT_SHORT, none",
    })
    void mischiefIsRefused(Mischief mischief, String rule) {
        String url = tracker.hostileUrl(mischief);

        assertThat(rule(() -> client.announce(url, request(), ""))).isEqualTo(rule);
        assertThat(rule(() -> client.scrape(url, HASH))).isEqualTo(rule);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDLESS_BODY", "ENDLESS_CHUNKS", "HEADER_FLOOD", "LONG_LINE"})
    void endlessAnswerIsNotReadOn(Mischief mischief) {
        failure(() -> client.announce(tracker.hostileUrl(mischief), request(), ""));

        long sent = tracker.bytesSent();
        assertThat(sent).isLessThan((1 << 20) + SOCKET_BUFFERS);
        // the connection is closed for good, not drained in the background
        await().during(Duration.ofMillis(200)).until(() -> tracker.bytesSent() < sent + SOCKET_BUFFERS);
    }

    @ParameterizedTest
    @EnumSource(names = {"DRIP_BODY", "DRIP_HEADER", "ENDLESS_CONTINUE"})
    void drippingAnswerEndsWithTheDeadline(Mischief mischief) {
        try (TrackerClient hasty = TrackerFixtures.clientWithin(Duration.ofMillis(2500))) {
            assertThat(failure(() -> hasty.announce(tracker.hostileUrl(mischief), request(), "")))
                    .hasMessage("The tracker did not finish its answer within 2500 milliseconds.");
        }
    }

    @Test
    void silentNameServerEndsWithTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        NameLookup.Names silent = host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        };
        try (TrackerClient hasty = new TrackerClient(TrackerFixtures.OPEN_GATE, "Sallyport/0.1", new TrackerSurroundings(
                silent, AddressScope::of, TrackerFixtures.systemTls(), Duration.ofMillis(300), Duration.ofSeconds(10)))) {
            assertThat(failure(() -> hasty.announce("http://t.example/announce", request(), "")))
                    .hasMessage("The tracker's name could not be looked up: the name servers did not answer.");
        }
    }

    @Test
    void announcedGiantIsRefusedUnread() {
        String url = tracker.answeringUrl("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", new byte[0]);

        assertThat(rule(() -> client.announce(url, request(), ""))).isEqualTo("discovery.body-size");
    }

    @Test
    void answerOfExactlyOneMebibyteIsRead() throws TrackerException {
        byte[] body = bodyOf(1 << 20);

        assertThat(client.announce(tracker.answeringUrl(body), request(), "").peers()).isEmpty();
        assertThat(rule(() -> client.announce(tracker.answeringUrl(bodyOf((1 << 20) + 1)), request(), ""))).isEqualTo("discovery.body-size");
    }

    private static byte[] bodyOf(int size) {
        String head = "d3:pad" + (size - 6 - 7 - 1 - 1) + ":";
        byte[] body = (head + "x".repeat(size - head.length() - 1) + "e").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(body).hasSize(size);
        return body;
    }

    @Test
    void manyHeadersWithinTheLineLimitsAreStillBounded() {
        String head = "HTTP/1.1 200 OK\r\n" + ("X-A: " + "a".repeat(4000) + "\r\n").repeat(5) + "Content-Length: 2\r\n\r\n";

        assertThat(rule(() -> client.announce(tracker.answeringUrl(head, "de".getBytes(StandardCharsets.ISO_8859_1)), request(), "")))
                .isEqualTo("discovery.header-size");
    }
}
