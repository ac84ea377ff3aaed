package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.TrackerSnapshot.Status;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.testkit.Mischief;

/** What one tracker is told, and when. */
class AnnouncerTest extends AnnouncerFixture {

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
        assertThat(only(announcer)).extracting(TrackerSnapshot::seeds, TrackerSnapshot::leechers, TrackerSnapshot::downloads)
                .containsExactly(0, 2, 0);
    }

    @Test
    void trackerWithoutNumbersOrScrapeWorksAllTheSame() {
        String url = first.answeringUrl("d8:intervali1800ee".getBytes(StandardCharsets.ISO_8859_1));
        Announcer announcer = started(url.replace("/announce", "/a"));

        assertThat(only(announcer)).extracting(TrackerSnapshot::status, TrackerSnapshot::seeds).containsExactly(Status.WORKING, -1);
        assertThat(first.requests()).hasSize(1);
    }
}
