package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.engine.QuitFacts.Standing;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;
import org.sallyport.core.model.QuitState.Kind;
import org.sallyport.core.model.QuitState.Unfinished;

/** The plan alone, on a time of its own: seconds since it began. */
class QuitPlanTest {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");

    private final QuitPlan plan = new QuitPlan(TimeUnit.SECONDS.toNanos(30), TimeUnit.SECONDS.toNanos(30));
    private final List<QuitFacts> torrents = new ArrayList<>();

    private void put(String name, Standing standing) {
        put(name, standing, true, false);
    }

    private void put(String name, Standing standing, boolean shared, boolean moving) {
        InfoHash hash = hash(name);
        String reason = switch (standing) {
            case DONE -> "";
            case STOPPED -> "stopped";
            case FAILED -> "The disk is full.";
            case AT_WORK -> "still downloading";
        };
        torrents.removeIf(t -> t.hash().equals(hash));
        torrents.add(new QuitFacts(hash, name, standing, reason, shared, standing == Standing.AT_WORK && !moving, moving));
    }

    private static InfoHash hash(String name) {
        return new InfoHash(Integer.toHexString(name.charAt(0)).repeat(20));
    }

    private QuitState at(int second) {
        return plan.look(torrents, TimeUnit.SECONDS.toNanos(second), START.plusSeconds(second));
    }

    @Test
    void whatHasEndedInAnyWayIsNotWaitedForAndIsNamed() {
        plan.choose(QuitMode.ALL_DONE);
        put("a", Standing.AT_WORK);
        put("b", Standing.FAILED);
        put("c", Standing.STOPPED);
        assertThat(at(0).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(0).sentence()).isEqualTo("Sallyport quits when all downloads are done: 1 is not yet.");

        put("a", Standing.DONE);

        assertThat(at(10).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(39).kind()).isEqualTo(Kind.WAITING);
        QuitState counting = at(40);
        assertThat(counting.kind()).isEqualTo(Kind.COUNTDOWN);
        assertThat(counting.secondsLeft()).isEqualTo(30);
        assertThat(counting.finished()).containsExactly("a");
        assertThat(counting.unfinished()).containsExactlyInAnyOrder(new Unfinished("b", "The disk is full."), new Unfinished("c", "stopped"));
        assertThat(counting.sentence()).isEqualTo("Sallyport quits in 30 s. Done: \"a\". Not done: \"b\" (The disk is full), \"c\" (stopped).");
        assertThat(at(69).secondsLeft()).isEqualTo(1);
        assertThat(at(70).kind()).isEqualTo(Kind.QUITTING);
    }

    @ParameterizedTest
    @EnumSource(value = Standing.class, names = {"STOPPED", "FAILED", "DONE"})
    void theLastOneMayEndInAnyWay(Standing end) {
        plan.choose(QuitMode.ALL_DONE);
        put("a", Standing.AT_WORK);
        at(0);

        put("a", end);

        assertThat(at(5).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(35).kind()).isEqualTo(Kind.COUNTDOWN);
        assertThat(at(65).kind()).isEqualTo(Kind.QUITTING);
    }

    @Test
    void removingTheLastOneEndsTheWaitToo() {
        plan.choose(QuitMode.ALL_DONE);
        put("a", Standing.AT_WORK);
        at(0);

        torrents.clear();

        at(5);
        assertThat(at(65).kind()).isEqualTo(Kind.QUITTING);
    }

    @Test
    void aNewDownloadStopsTheCountdownAndItBeginsAnew() {
        plan.choose(QuitMode.ALL_DONE);
        put("a", Standing.DONE);
        at(0);
        assertThat(at(40).secondsLeft()).isEqualTo(20);

        put("b", Standing.AT_WORK);
        assertThat(at(41).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(100).kind()).isEqualTo(Kind.WAITING);
        put("b", Standing.DONE);

        at(101);
        assertThat(at(130).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(131).secondsLeft()).isEqualTo(30);
    }

    @Test
    void anyOtherChangeBeginsTheWaitAnew() {
        plan.choose(QuitMode.ALL_DONE);
        put("a", Standing.FAILED);
        at(0);
        at(25);

        put("a", Standing.STOPPED);

        at(26);
        assertThat(at(55).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(56).kind()).isEqualTo(Kind.COUNTDOWN);
    }

    @Test
    void keepOpenHoldsOnceAndTheNextDownloadCountsAgain() {
        plan.choose(QuitMode.ALL_DONE);
        put("a", Standing.DONE);
        at(0);
        at(31);

        plan.keepOpen();

        assertThat(at(32).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(500).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(500).sentence()).isEqualTo("Sallyport quits when all downloads are done, from the next one on.");
        put("b", Standing.AT_WORK);
        at(501);
        put("b", Standing.DONE);
        at(502);
        assertThat(at(562).kind()).isEqualTo(Kind.QUITTING);
    }

    @Test
    void aStandingWishDoesNothingBeforeThereIsADownload() {
        plan.expect(QuitMode.ALL_DONE);
        put("seed", Standing.AT_WORK, true, true); // looked at after the start
        at(0);
        put("seed", Standing.DONE);

        assertThat(at(1).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(100).kind()).isEqualTo(Kind.WAITING);
        put("a", Standing.AT_WORK);
        at(101);
        put("a", Standing.STOPPED);
        at(102);
        assertThat(at(162).kind()).isEqualTo(Kind.QUITTING);
    }

    @Test
    void oneTorrentIsWaitedForWhateverTheOthersDoButNotInTheMiddleOfAMove() {
        plan.choose(new QuitMode.OneDone(hash("a")));
        put("a", Standing.AT_WORK);
        put("b", Standing.AT_WORK);
        assertThat(at(0).sentence()).isEqualTo("Sallyport quits when \"a\" is done.");

        put("a", Standing.DONE);
        put("b", Standing.AT_WORK, true, true);
        assertThat(at(100).kind()).isEqualTo(Kind.WAITING);
        put("b", Standing.AT_WORK);
        at(101);

        assertThat(at(131).unfinished()).containsExactly(new Unfinished("b", "still downloading"));
        plan.keepOpen();
        assertThat(at(132)).isEqualTo(QuitState.NONE);
    }

    @Test
    void theShareGoalIsWaitedFor() {
        plan.choose(QuitMode.SHARED);
        put("a", Standing.DONE, false, false);
        assertThat(at(0).sentence()).isEqualTo("Sallyport quits when everything is done and shared as much as was asked: 1 to go.");
        assertThat(at(100).kind()).isEqualTo(Kind.WAITING);

        put("a", Standing.DONE, true, false);

        at(101);
        assertThat(at(161).kind()).isEqualTo(Kind.QUITTING);
    }

    @Test
    void atATimeTheCountdownBeginsThenWhateverIsAtWork() {
        plan.choose(new QuitMode.AtTime(START.plusSeconds(60)));
        put("a", Standing.AT_WORK);

        assertThat(at(59).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(60).secondsLeft()).isEqualTo(30);
        put("b", Standing.AT_WORK);
        assertThat(at(90).kind()).isEqualTo(Kind.QUITTING);
    }

    @Test
    void afterASleepOfTheComputerTheWaitBeginsAnew() {
        plan.choose(QuitMode.ALL_DONE);
        at(0);
        at(40);

        assertThat(at(4000).kind()).isEqualTo(Kind.WAITING);
        assertThat(at(4030).secondsLeft()).isEqualTo(30);
    }

    @Test
    void takenBackItDoesNothing() {
        plan.choose(QuitMode.ALL_DONE);
        at(0);
        at(40);

        plan.choose(QuitMode.OFF);

        assertThat(at(100)).isEqualTo(QuitState.NONE);
    }
}
