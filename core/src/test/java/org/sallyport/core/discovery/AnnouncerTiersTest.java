package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TrackerSnapshot.Status;
import org.sallyport.core.model.TrackerSnapshot;

/** Which tracker is asked, and what happens when it does not answer. */
class AnnouncerTiersTest extends AnnouncerFixture {

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
    void moreThan100TrackersAreLeftOut() {
        List<String> many = IntStream.range(0, 180).mapToObj(i -> "http://t" + i + "/").toList();

        assertThat(new Tiers(List.of(many), new Random(1)).all()).hasSize(100);
    }

    @Test
    void otherKindsOfTrackersAreShownAndNotAsked() {
        Announcer announcer = started("ftp://t.example:80/announce", "wss://t.example/", first.announceUrl());

        assertThat(announcer.snapshots()).extracting(TrackerSnapshot::status).containsExactly(Status.REFUSED, Status.REFUSED, Status.WORKING);
        assertThat(announcer.snapshots()).extracting(TrackerSnapshot::message)
                .containsExactly("This kind of tracker is not supported", "This kind of tracker is not supported", "");
        assertThat(refused).isEmpty();
    }

    @Test
    void onlyUnusableTrackersPlanNothing() {
        Announcer announcer = started("wss://t.example:80/announce");
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
