package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.storage.Trash;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.TorrentFixture;

/** Real engines for one test, each with a data directory of its own; closes them. */
final class TestEngines implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration HURRY = Duration.ofMillis(500);

    private final Path temp;
    private Duration snubAfter = Surroundings.ofUser().snubAfter();
    private Duration quitCountdown = HURRY;
    private Clock clock = Clock.systemUTC();
    private Duration handshake = Surroundings.ofUser().handshake();
    private Duration shareLook = HURRY;
    private ScreeningWays screening = ScreeningWays.USUAL;
    private final Map<String, Engine> running = new LinkedHashMap<>();

    TestEngines(Path temp) {
        this.temp = temp;
    }

    private Surroundings surroundings() {
        return Surroundings.ofUser().withTrash(new Trash(trash(), Clock.systemUTC())).withSnubAfter(snubAfter).withTroubleWait(HURRY)
                .withQuitTimes(HURRY, quitCountdown).withClock(clock).withHandshake(handshake)
                .withHome(home()).withShareLook(shareLook).withScreening(screening);
    }

    /** Engines that start from now on go by this clock. */
    TestEngines withClock(Clock other) {
        clock = other;
        return this;
    }

    /** Engines that start from now on give a connection so long to come to its first message. */
    TestEngines withHandshake(Duration value) {
        handshake = value;
        return this;
    }

    /** Engines that start from now on look at shared files so often. */
    TestEngines lookingEvery(Duration value) {
        shareLook = value;
        return this;
    }

    /** Engines that start from now on have files looked at by this, and try again what could not be scanned at once. */
    TestEngines withInspector(Inspector inspector) {
        return withInspector(inspector, ReleaseStep.Listener.NONE);
    }

    /** And tell of each step of a file out of quarantine. */
    TestEngines withInspector(Inspector inspector, ReleaseStep.Listener steps) {
        screening = new ScreeningWays(usual -> inspector, steps, Duration.ofMillis(100), Duration.ofMillis(100));
        return this;
    }

    /** What the engines take for the home folder of their user. */
    Path home() {
        return temp.resolve("ann");
    }

    /** Engines that start from now on count down so long before they end by themselves. */
    TestEngines countingDown(Duration value) {
        quitCountdown = value;
        return this;
    }

    /** Makes engines that start from now on give up on silent peers after half a second. */
    TestEngines impatient() {
        snubAfter = HURRY;
        return this;
    }

    Path trash() {
        return temp.resolve("trash");
    }

    Path downloads(String name) {
        return temp.resolve("downloads-" + name);
    }

    EngineOptions options(String name) {
        return EngineOptions.in(temp.resolve("data-" + name)).withDht(false); // tests ask nobody on the internet
    }

    /** Starts the engine of this name, or starts it again. */
    Engine start(String name) throws EngineStartException {
        return start(options(name));
    }

    Engine start(EngineOptions options) throws EngineStartException {
        Engine engine = StartUp.start(options, surroundings());
        running.put(options.dataDirectory().toString(), engine);
        return engine;
    }

    Engine restart(String name) throws EngineStartException {
        running.get(options(name).dataDirectory().toString()).close();
        return start(name);
    }

    /** An engine that has and offers a torrent, unpaused and checked. */
    Engine seeding(String name, TorrentFixture torrent) throws EngineStartException {
        Engine engine = start(name);
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        return engine;
    }

    /** A request for {@code torrent} that dials these peers. */
    AddRequest download(String name, TorrentFixture torrent, PeerAddress... peers) {
        return AddRequest.download(torrent.file(), downloads(name)).withPeers(List.of(peers));
    }

    static PeerAddress addressOf(Engine engine) {
        return PeerAddress.of(socketOf(engine));
    }

    static InetSocketAddress socketOf(Engine engine) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), engine.snapshot().port().port());
    }

    static <T> T done(CompletableFuture<Outcome<T>> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join().fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        }, problem -> {
            throw new AssertionError("failed: " + problem);
        });
    }

    static <T> Refusal refused(CompletableFuture<Outcome<T>> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join().fold(value -> {
            throw new AssertionError("done: " + value);
        }, refusal -> refusal, problem -> {
            throw new AssertionError("failed: " + problem);
        });
    }

    static <T> String failed(CompletableFuture<Outcome<T>> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join().fold(value -> {
            throw new AssertionError("done: " + value);
        }, refusal -> {
            throw new AssertionError("refused: " + refusal);
        }, problem -> problem);
    }

    static TorrentSnapshot at(Engine engine, InfoHash hash) {
        return engine.snapshot().find(hash).orElseThrow();
    }

    static void awaitState(Engine engine, InfoHash hash, TorrentState state) {
        await("state " + state).atMost(SOON).until(() -> engine.snapshot().find(hash), there -> there.isPresent() && there.get().state() == state);
    }

    static void awaitThat(Engine engine, InfoHash hash, Predicate<TorrentSnapshot> condition) {
        await("torrent").atMost(SOON).until(() -> engine.snapshot().find(hash), there -> there.isPresent() && condition.test(there.get()));
    }

    /** All events kept so far, oldest first. */
    static List<Event> events(Engine engine) {
        List<Event> all = new ArrayList<>();
        List<Event> page;
        do {
            page = engine.events(all.isEmpty() ? 0 : all.get(all.size() - 1).seq(), 500).join();
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    static List<Event> events(Engine engine, String id) {
        return events(engine).stream().filter(event -> event.id().equals(id)).toList();
    }

    static void awaitEvent(Engine engine, String id) {
        await("event " + id).atMost(SOON).until(() -> !events(engine, id).isEmpty());
    }

    /** The engine of that name, once it has downloaded the torrent; it offers it now. */
    Engine downloaded(String name, TorrentFixture torrent) throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", ScriptedSeed.Talk::give)) {
            Engine engine = start(name);
            done(engine.add(download(name, torrent, seed.address())));
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            awaitEvent(engine, "torrent.released");
            return engine;
        }
    }

    /** Another engine gets all of the torrent from this one. */
    void gives(Engine engine, TorrentFixture torrent) throws Exception {
        Engine other = start("other");
        done(other.add(download("other", torrent, addressOf(engine))));
        awaitEvent(other, "torrent.released");
        assertThat(torrent.differencesTo(downloads("other"))).isEmpty();
    }

    /** Those started here, the last of each name. */
    Collection<Engine> all() {
        return List.copyOf(running.values());
    }

    @Override
    public void close() {
        running.values().forEach(Engine::close);
    }
}
