package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;
import static org.sallyport.core.discovery.TrackerFixtures.PEER_ID;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TrackerSnapshot.Status;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.testkit.Mischief;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.VirtualLoop;

/** Real trackers on loopback, but the time of the loop passes only when the test lets it. */
class AnnouncerTest {
    private static final PeerAddress OTHER = PeerAddress.parse("10.1.2.3:6000");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TestTracker first = TestTracker.start();
    private final TestTracker second = TestTracker.start();
    private final VirtualLoop loop = new VirtualLoop();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private final List<List<PeerAddress>> found = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private TrackerClient client = TrackerFixtures.client();
    private long left = 100;

    @AfterEach
    void close() {
        client.close();
        first.close();
        second.close();
    }

    private Announcer announcer(Executor threads, List<List<String>> tiers) {
        return new Announcer(HASH, tiers, new TrackerCalls(client, threads), loop,
                () -> new AnnounceFacts.Facts(PEER_ID, 6881, 10, 20, left), found::add, refused::add, loop, new Random(7));
    }

    /** Started; HTTP happens at once, on the test's thread. */
    private Announcer started(String... oneTierEach) {
        Announcer announcer = announcer(Runnable::run, List.of(oneTierEach).stream().map(List::of).toList());
        announcer.start();
        loop.run();
        return announcer;
    }

    private TrackerSnapshot only(Announcer announcer) {
        assertThat(announcer.snapshots()).hasSize(1);
        return announcer.snapshots().get(0);
    }

    @Test
    void startedThenRegularAnnouncesAtTheInterval() {
        first.addPeer(HASH, OTHER);
        first.swarms().say("interval", 600);
        Announcer announcer = started(first.announceUrl());

        assertThat(found).containsExactly(List.of(OTHER));
        assertThat(only(announcer)).isEqualTo(new TrackerSnapshot(first.announceUrl(), 0, Status.WORKING, "",
                loop.instant().plusSeconds(600), 0, 2, 0, 1));

        loop.advance(Duration.ofSeconds(599));
        assertThat(first.events()).containsExactly("started");
        loop.advance(Duration.ofSeconds(1));
        assertThat(first.events()).containsExactly("started", "");
        loop.advance(Duration.ofSeconds(1800));
        assertThat(first.events()).containsExactly("started", "", "", "", "");
    }

    @Test
    void factsAreThoseOfTheMomentAndTheKeyStays() {
        started(first.announceUrl());
        left = 40;
        loop.advance(Duration.ofSeconds(1800));

        assertThat(first.announces()).extracting(r -> r.number("left")).containsExactly(100L, 40L);
        assertThat(first.announces()).extracting(r -> r.raw("key")).allMatch(k -> k.length() == 8).containsOnly(first.announces().get(0).raw("key"));
        assertThat(first.announces()).extracting(r -> r.number("uploaded") + r.number("downloaded")).containsOnly(30L);
    }

    @Test
    void trackerIdIsSentBack() {
        first.swarms().say("tracker id", new byte[] {'i', (byte) 0xfe});
        started(first.announceUrl());
        first.swarms().keepQuiet("tracker id");
        loop.advance(Duration.ofSeconds(3600));

        assertThat(first.announces()).extracting(r -> r.raw("trackerid")).containsExactly("", "i%FE", "i%FE");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void foolishIntervalDoesNotMakeUsHammer(int interval) {
        first.swarms().say("interval", interval);
        started(first.announceUrl());

        loop.advance(Duration.ofMinutes(10).minusMillis(1));

        assertThat(first.announces()).hasSize(10);
    }

    @Test
    void completedIsSaidOnceAtOnce() {
        Announcer announcer = started(first.announceUrl());
        left = 0;
        announcer.completed();
        loop.run();
        loop.advance(Duration.ofSeconds(1800));

        assertThat(first.events()).containsExactly("started", "completed", "");
    }

    @Test
    void completedWhileNoTrackerAnswersIsSaidLater() {
        first.deaf(true);
        Announcer announcer = started(first.announceUrl());
        announcer.completed();
        first.deaf(false);
        loop.advance(Duration.ofSeconds(60));

        assertThat(first.events()).containsExactly("started", "completed");
    }

    @Test
    void stoppedIsSaidToThoseThatKnowUs() {
        Announcer announcer = started(first.announceUrl(), second.announceUrl());
        first.deaf(true);
        loop.advance(Duration.ofSeconds(1800));
        first.deaf(false);
        assertThat(second.events()).containsExactly("started");

        CompletableFuture<Void> done = announcer.stop(PATIENCE);
        loop.run();

        assertThat(done).isCompleted();
        assertThat(first.events()).containsExactly("started", "stopped");
        assertThat(second.events()).containsExactly("started", "stopped");
        assertThat(second.announces().get(1).number("numwant")).isZero();
        assertThat(first.swarms().peers(HASH)).isEmpty();
        loop.advance(Duration.ofHours(5));
        assertThat(first.announces()).hasSize(2);
        assertThat(announcer.snapshots()).allMatch(t -> t.nextAnnounce().equals(Instant.EPOCH));
    }

    @Test
    void nobodyIsToldThatNeverHeardOfUs() {
        first.deaf(true);
        Announcer announcer = started(first.announceUrl());
        first.deaf(false);

        assertThat(announcer.stop(PATIENCE)).isCompleted();
        loop.run();
        assertThat(first.announces()).isEmpty();
    }

    @Test
    void stopEndsAtItsDeadlineWhenATrackerHangs() {
        Announcer announcer = announcer(held::add, List.of(List.of(first.announceUrl())));
        announcer.start();
        held.poll().run();
        loop.run();

        CompletableFuture<Void> done = announcer.stop(PATIENCE);
        loop.advance(PATIENCE.minusMillis(1));
        assertThat(done).isNotDone();
        loop.advance(Duration.ofMillis(1));
        assertThat(done).isCompleted();
    }

    @Test
    void announceOnItsWayIsFollowedByStopped() {
        Announcer announcer = announcer(held::add, List.of(List.of(first.announceUrl())));
        announcer.start();
        CompletableFuture<Void> done = announcer.stop(PATIENCE);
        assertThat(held).hasSize(1);

        held.poll().run();
        loop.run();
        held.poll().run();
        loop.run();

        assertThat(done).isCompleted();
        assertThat(first.events()).containsExactly("started", "stopped");
        assertThat(found).isEmpty();
    }

    @Test
    void startAfterStopBeginsAnew() {
        Announcer announcer = started(first.announceUrl());
        announcer.stop(PATIENCE);
        loop.run();
        announcer.start();
        loop.run();
        announcer.start();
        loop.run();

        assertThat(first.events()).containsExactly("started", "stopped", "started");
        assertThat(only(announcer).status()).isEqualTo(Status.WORKING);
    }

    @Test
    void answerOfAnEarlierRunChangesNothing() {
        Announcer announcer = announcer(held::add, List.of(List.of(first.hostileUrl(Mischief.HTML))));
        announcer.start();
        announcer.stop(PATIENCE);
        announcer.start();
        held.poll().run();
        loop.run();

        assertThat(only(announcer).status()).isEqualTo(Status.ANNOUNCING);
        assertThat(refused).isEmpty();
    }

    @Test
    void deadTrackerIsLeftAloneLongerAndLonger() {
        first.deaf(true);
        Announcer announcer = started(first.announceUrl());
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long before = first.connections();
            Duration pause = Duration.between(loop.instant(), only(announcer).nextAnnounce());
            pauses.add(pause.toSeconds());
            loop.advance(pause.minusMillis(1));
            assertThat(first.connections()).isEqualTo(before);
            loop.advance(Duration.ofMillis(1));
            assertThat(first.connections()).isEqualTo(before + 1);
        }

        assertThat(only(announcer).status()).isEqualTo(Status.FAILED);
        assertThat(only(announcer).message()).isEqualTo("The connection to the tracker broke before its answer was complete.");
        int[] expected = {30, 60, 120, 240, 480, 900, 900, 900};
        for (int i = 0; i < expected.length; i++) {
            assertThat(pauses.get(i)).isBetween(expected[i] * 9L / 10, expected[i] * 11L / 10);
        }
        first.deaf(false);
        loop.advance(Duration.ofMinutes(17));
        assertThat(only(announcer).status()).isEqualTo(Status.WORKING);
        assertThat(first.events()).containsExactly("started");
    }

    @Test
    void nextTierIsUsedWhileTheFirstIsDeadAndLeftWhenItIsBack() {
        first.deaf(true);
        second.swarms().say("interval", 300);
        Announcer announcer = started(first.announceUrl(), second.announceUrl());
        assertThat(second.events()).containsExactly("started");
        assertThat(announcer.snapshots()).extracting(TrackerSnapshot::status).containsExactly(Status.FAILED, Status.WORKING);

        first.deaf(false);
        loop.advance(Duration.ofSeconds(300));

        assertThat(first.events()).containsExactly("started");
        assertThat(second.events()).containsExactly("started");
    }

    @Test
    void trackerThatAnswersMovesToTheFrontOfItsTier() {
        first.deaf(true);
        Announcer announcer = announcer(Runnable::run, List.of(List.of(first.announceUrl(), first.redirectUrl(1), second.announceUrl())));
        announcer.start();
        loop.run();

        assertThat(announcer.snapshots().get(0).url()).isEqualTo(second.announceUrl());
        assertThat(announcer.snapshots()).allMatch(t -> t.tier() == 0);
    }

    @Test
    void orderInsideATierIsShuffledButTiersStayInOrder() {
        List<String> tier = List.of("http://a/", "http://b/", "http://c/", "http://d/", "http://e/", "http://f/");
        List<List<String>> orders = new ArrayList<>();
        for (int seed = 0; seed < 5; seed++) {
            Tiers tiers = new Tiers(List.of(tier, List.of("http://z/", "http://a/")), new Random(seed));
            List<String> order = tiers.all().map(TrackerEntry::url).toList();
            assertThat(order.subList(0, 6)).containsExactlyInAnyOrderElementsOf(tier);
            assertThat(order.subList(6, order.size())).containsExactly("http://z/");
            orders.add(order);
        }
        assertThat(orders.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void moreThan50TrackersAreLeftOut() {
        List<String> many = IntStream.range(0, 80).mapToObj(i -> "http://t" + i + "/").toList();

        assertThat(new Tiers(List.of(many), new Random(1)).all()).hasSize(50);
    }

    @Test
    void otherKindsOfTrackersAreShownAndNotAsked() {
        Announcer announcer = started("udp://t.example:80/announce", "wss://t.example/", first.announceUrl());

        assertThat(announcer.snapshots()).extracting(TrackerSnapshot::status).containsExactly(Status.REFUSED, Status.REFUSED, Status.WORKING);
        assertThat(announcer.snapshots()).extracting(TrackerSnapshot::message)
                .containsExactly("UDP trackers come later", "This kind of tracker is not supported", "");
        assertThat(refused).isEmpty();
    }

    @Test
    void onlyUnusableTrackersPlanNothing() {
        Announcer announcer = started("udp://t.example:80/announce");
        announcer.needPeers();
        announcer.completed();
        loop.advance(Duration.ofDays(1));

        assertThat(only(announcer).nextAnnounce()).isEqualTo(Instant.EPOCH);
        assertThat(announcer.stop(PATIENCE)).isCompleted();
    }

    @Test
    void refusalIsToldOnceAndTheNextTierIsTried() {
        client.close();
        client = TrackerFixtures.client((hash, url, resolved) -> url.contains(":" + first.port() + "/")
                ? Optional.of(new Refusal("source.loopback", "Not on this computer.")) : Optional.empty());
        Announcer announcer = started(first.announceUrl(), second.announceUrl());
        loop.advance(Duration.ofHours(2));

        assertThat(refused).containsExactly(new Refusal("source.loopback", "Not on this computer."));
        assertThat(announcer.snapshots().get(0).status()).isEqualTo(Status.REFUSED);
        assertThat(announcer.snapshots().get(0).message()).isEqualTo("Not on this computer.");
        assertThat(first.connections()).isZero();
        assertThat(second.announces()).hasSizeGreaterThan(1);
    }

    @Test
    void needPeersAnnouncesEarlierButNotBeforeTheMinimum() {
        first.swarms().say("min interval", 120);
        Announcer announcer = started(first.announceUrl());

        announcer.needPeers();
        announcer.needPeers();
        loop.advance(Duration.ofSeconds(119));
        assertThat(first.announces()).hasSize(1);
        loop.advance(Duration.ofSeconds(1));
        assertThat(first.announces()).hasSize(2);
        loop.advance(Duration.ofSeconds(500));
        assertThat(first.announces()).hasSize(2);
        announcer.needPeers();
        loop.run();
        assertThat(first.announces()).hasSize(3);
    }

    @Test
    void needPeersNeverGoesBelow60Seconds() {
        Announcer announcer = started(first.announceUrl());
        for (int i = 0; i < 300; i++) {
            announcer.needPeers();
            loop.advance(Duration.ofSeconds(1));
        }

        assertThat(first.announces()).hasSize(6);
    }

    @Test
    void missingNumbersAreScraped() {
        first.swarms().tellNumbersInScrapeOnly();
        first.addPeer(HASH, OTHER);
        Announcer announcer = started(first.announceUrl());

        assertThat(first.requests()).extracting(r -> r.path()).containsExactly("/announce", "/scrape");
        assertThat(only(announcer)).extracting(TrackerSnapshot::seeds, TrackerSnapshot::leechers, TrackerSnapshot::downloads).containsExactly(0, 2, 0);
    }

    @Test
    void trackerWithoutNumbersOrScrapeWorksAllTheSame() {
        String url = first.answeringUrl("d8:intervali1800ee".getBytes(StandardCharsets.ISO_8859_1));
        Announcer announcer = started(url.replace("/announce", "/a"));

        assertThat(only(announcer)).extracting(TrackerSnapshot::status, TrackerSnapshot::seeds).containsExactly(Status.WORKING, -1);
        assertThat(first.requests()).hasSize(1);
    }

    @Test
    void bugInsideACallDoesNotEndTheAnnounces() {
        client.close();
        client = TrackerFixtures.client((hash, url, resolved) -> {
            throw new IllegalStateException("planted");
        });
        Announcer announcer = started(first.announceUrl(), second.announceUrl());

        assertThat(announcer.snapshots()).extracting(TrackerSnapshot::status).containsOnly(Status.FAILED);
        assertThat(announcer.snapshots()).allMatch(t -> t.nextAnnounce().isAfter(loop.instant()));
    }

    @Test
    void closedThreadsAreAFailureNotAnException() {
        Announcer announcer = announcer(task -> {
            throw new RejectedExecutionException("closed");
        }, List.of(List.of(first.announceUrl())));
        announcer.start();
        loop.run();

        assertThat(only(announcer).status()).isEqualTo(Status.FAILED);
        assertThat(announcer.stop(PATIENCE)).isCompleted();
    }
}
