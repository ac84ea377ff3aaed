package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.testkit.RangeServer;

/** Connections to web servers that are used again, counted by the servers. */
@Timeout(60)
class HttpLinesTest {
    /** Less than what one waits for that nobody uses. */
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final InfoHash HASH = new InfoHash("01".repeat(20));
    private static final int MANY = 100;

    private final AtomicBoolean forbidden = new AtomicBoolean();
    private WebSeedClient client;

    @BeforeEach
    void open() throws NoSuchAlgorithmException {
        SourceGate gate = (hash, url, address) -> forbidden.get() ? Optional.of(new Refusal("test.forbidden", "Not there.")) : Optional.empty();
        client = new WebSeedClient(gate, "test", new TrackerSurroundings(InetAddress::getAllByName, AddressScope::of, SSLContext.getDefault(),
                Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private int fetch(RangeServer server, int bytes) throws WebSeedException, InterruptedException {
        AtomicInteger taken = new AtomicInteger();
        client.fetch(new WebQuestion(HASH, server.url(), 5, bytes, true), (data, length) -> {
            taken.addAndGet(length);
            return true;
        }, new WebSeedClient.Stop());
        return taken.get();
    }

    @Test
    void oneConnectionIsEnoughForQuestionsThatFollowEachOther() throws Exception {
        try (RangeServer server = RangeServer.start(MANY)) {
            for (int i = 1; i <= 20; i++) {
                assertThat(fetch(server, 1000 * i)).isEqualTo(1000 * i);
            }

            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileIsReplaced() throws Exception {
        try (RangeServer server = RangeServer.start(2)) {
            for (int i = 0; i < 6; i++) {
                assertThat(fetch(server, 5000)).isEqualTo(5000);
            }

            assertThat(server.accepted()).isEqualTo(3);
        }
    }

    @Test
    void anAnswerThatWasNotReadToItsEndEndsTheConnection() throws Exception {
        try (RangeServer server = RangeServer.start(MANY)) {
            client.fetch(new WebQuestion(HASH, server.url(), 0, 500_000, true), (data, length) -> false, new WebSeedClient.Stop());

            await().atMost(SOON).until(() -> server.open() == 0);
            assertThat(fetch(server, 10)).isEqualTo(10);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void whatMayNotBeAskedAnyMoreIsNotAskedOnAnOldConnection() throws Exception {
        try (RangeServer server = RangeServer.start(MANY)) {
            fetch(server, 10);
            forbidden.set(true);

            assertThatThrownBy(() -> fetch(server, 10)).isInstanceOf(WebSeedException.class).hasMessage("Not there.");

            await().atMost(SOON).until(() -> server.open() == 0);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void fewConnectionsWaitAndNoneWhenItIsClosed() throws Exception {
        List<RangeServer> servers = new ArrayList<>();
        try {
            for (int i = 0; i < HttpLines.MOST + 4; i++) {
                servers.add(RangeServer.start(MANY));
                fetch(servers.get(i), 10);
            }

            await().atMost(SOON).until(() -> open(servers) == HttpLines.MOST);
            client.close();
            await().atMost(SOON).until(() -> open(servers) == 0);
        } finally {
            for (RangeServer server : servers) {
                server.close();
            }
        }
    }

    private static int open(List<RangeServer> servers) {
        return servers.stream().mapToInt(RangeServer::open).sum();
    }
}
