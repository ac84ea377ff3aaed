package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.TrackerSnapshot;

/** Trackers that are replaced or asked by a person while they are in use. */
class AnnouncerEditTest extends AnnouncerFixture {

    private void replace(Announcer announcer, List<List<String>> tiers) {
        announcer.replace(tiers);
        loop.run();
    }

    @Test
    void whatStaysIsLeftAloneAndWhatIsNewIsAskedAtOnce() {
        Announcer announcer = started(first.announceUrl());

        replace(announcer, List.of(List.of(second.announceUrl()), List.of(first.announceUrl())));

        assertThat(first.events()).containsExactly("started");
        assertThat(second.events()).containsExactly("started");
        assertThat(announcer.snapshots()).extracting(TrackerSnapshot::tier).containsExactly(0, 1);
        assertThat(announcer.snapshots()).extracting(TrackerSnapshot::url).containsExactly(second.announceUrl(), first.announceUrl());
    }

    @Test
    void whatGoesIsToldAndTheOthersTakeOver() {
        Announcer announcer = started(first.announceUrl(), second.announceUrl());

        replace(announcer, List.of(List.of(second.announceUrl())));

        assertThat(first.events()).containsExactly("started", "stopped");
        assertThat(second.events()).containsExactly("started");
        announcer.stop(PATIENCE);
        loop.run();
        assertThat(first.events()).containsExactly("started", "stopped");
        assertThat(second.events()).containsExactly("started", "stopped");
    }

    @Test
    void theOnlyOneMayGoAndComeBack() {
        Announcer announcer = started(first.announceUrl());

        replace(announcer, List.of());
        assertThat(first.events()).containsExactly("started", "stopped");
        assertThat(announcer.snapshots()).isEmpty();
        replace(announcer, List.of(List.of(first.announceUrl())));

        assertThat(first.events()).containsExactly("started", "stopped", "started");
    }

    @Test
    void oneThatComesBackBeforeItsFarewellIsThroughIsGreetedAfterIt() {
        Announcer announcer = announcer(held::add, List.of(List.of(first.announceUrl())));
        announcer.start();
        loop.run();
        held.poll().run();
        loop.run();

        replace(announcer, List.of());
        replace(announcer, List.of(List.of(first.announceUrl())));
        while (!held.isEmpty()) {
            held.pollLast().run(); // threads keep no order
            loop.run();
        }

        assertThat(first.events()).containsExactly("started", "stopped", "started");
    }

    @Test
    void oneThatGoesWhileItIsAskedIsToldWhenItsAnswerIsHere() {
        Announcer announcer = announcer(held::add, List.of(List.of(first.announceUrl())));
        announcer.start();
        loop.run();

        replace(announcer, List.of(List.of(second.announceUrl())));
        while (!held.isEmpty()) {
            held.poll().run();
            loop.run();
        }

        assertThat(first.events()).containsExactly("started", "stopped");
        assertThat(second.events()).containsExactly("started");
    }

    @Test
    void anAddedOneThatFailsLeavesTheOneThatWorks() {
        first.swarms().say("interval", 600);
        Announcer announcer = started(first.announceUrl());
        second.deaf(true);

        replace(announcer, List.of(List.of(first.announceUrl()), List.of(second.announceUrl())));
        loop.advance(Duration.ofSeconds(600));

        assertThat(first.events()).containsExactly("started", "");
    }

    @Test
    void aPersonAsksWhenAMinuteIsOver() {
        Announcer announcer = started(first.announceUrl());

        assertThat(announcer.askNow()).contains(Duration.ofSeconds(60));
        loop.advance(Duration.ofSeconds(45));
        assertThat(announcer.askNow()).contains(Duration.ofSeconds(15));
        loop.advance(Duration.ofSeconds(15));
        assertThat(announcer.askNow()).contains(Duration.ZERO);
        loop.run();

        assertThat(first.events()).containsExactly("started", "");
        assertThat(announcer.askNow()).contains(Duration.ofSeconds(60));
        assertThat(announcer(Runnable::run, List.of()).askNow()).isEqualTo(Optional.empty());
    }
}
