package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;

/**
 * After each hostile case, while its engines still run: each of them serves an honest peer, has all its threads, was never stuck, told of
 * each offender once, and lost no event.
 */
final class EngineAftermath implements AfterTestExecutionCallback {
    /** Without any of these an engine only looks alive. */
    private static final List<String> THREADS = List.of("sallyport-network", "sallyport-commands", "sallyport-state", "sallyport-watchdog",
            "sallyport-networks");
    private static final Duration QUIET = Duration.ofSeconds(9);
    private static final AtomicInteger HOSTS = new AtomicInteger();

    private final Supplier<Collection<Engine>> engines;

    /** @param engines those that run at the end of the case */
    EngineAftermath(Supplier<Collection<Engine>> engines) {
        this.engines = engines;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            return; // that says more
        }
        check();
    }

    void check() throws IOException {
        Collection<Engine> running = engines.get();
        assertThat(running).isNotEmpty();
        for (Engine engine : running) {
            assertServes(engine);
            assertToldOnce(events(engine));
        }
        assertThreads(running.size());
    }

    /** @param engines that did some work: some threads begin with the first */
    static void assertThreads(int engines) {
        for (String name : THREADS) {
            assertThat(Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.isAlive() && thread.getName().startsWith(name)).count())
                    .as(name).isGreaterThanOrEqualTo(engines);
        }
    }

    /** A new torrent, checked and given: every part of the engine has to work for that. */
    private static void assertServes(Engine engine) throws IOException {
        Path home = Files.createTempDirectory("aftermath").toRealPath();
        try {
            TorrentFixture torrent = TorrentFixture.single(home, "aftermath" + HOSTS.incrementAndGet(), 16 << 10, 20_000);
            done(engine.add(AddRequest.seed(torrent.file(), home)));
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            await("an honest peer is served").atMost(SOON).until(() -> isServed(engine, torrent));
            done(engine.remove(torrent.hash(), false));
        } finally {
            try (var files = Files.list(home)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(home);
        }
    }

    private static boolean isServed(Engine engine, TorrentFixture torrent) {
        String host = "127.0." + (200 + HOSTS.incrementAndGet() / 250 % 50) + "." + (1 + HOSTS.get() % 250);
        try (RawPeer peer = RawPeer.connect(InetAddress.getByName(host), socketOf(engine))) {
            peer.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("after")), RawPeer.frame(2));
            peer.readHandshake();
            peer.readFrame(1);
            peer.send(RawPeer.frame(6, 1, 0, 20_000 - (16 << 10)));
            return peer.readFrame(7).number(0) == 1;
        } catch (IOException turnedAway) {
            return false;
        }
    }

    static void assertToldOnce(List<Event> events) {
        assertThat(events).extracting(Event::seq).as("numbers, none of which is missing")
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events).extracting(Event::id).doesNotContain("engine.stuck", "engine.dead");
        Set<String> banned = new HashSet<>();
        Map<Object, Instant> refused = new HashMap<>();
        for (Event event : events) {
            if (event.id().equals("peer.banned")) {
                assertThat(banned.add(event.fact("address"))).as("told twice: %s", event).isTrue();
            } else if (event.severity() == Event.Severity.REFUSED) {
                Map<String, String> what = new HashMap<>(event.facts());
                what.remove("alsoBefore");
                Instant last = refused.put(Map.of(event.id(), what), event.at());
                assertThat(last == null || Duration.between(last, event.at()).compareTo(QUIET) > 0).as("told again too soon: %s", event).isTrue();
            }
        }
    }
}
