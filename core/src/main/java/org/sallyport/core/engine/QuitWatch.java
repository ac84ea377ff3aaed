package org.sallyport.core.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.sallyport.core.engine.Engine.Subscription;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.Decision;
import org.sallyport.core.policy.PolicyRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the {@link QuitPlan}: asks the policy, keeps the reason for the next start, and tells who runs the program. Network thread. */
final class QuitWatch {
    private static final Logger LOG = LoggerFactory.getLogger(QuitWatch.class);
    private static final String LAST = "quit.last";

    private final Services services;
    private final QuitPlan plan;
    private final List<Runnable> handlers = new CopyOnWriteArrayList<>();
    private QuitState state = QuitState.NONE;
    private boolean due;
    private volatile String last = "";

    QuitWatch(Services services) {
        this.services = services;
        this.plan = new QuitPlan(services.surroundings().quitStable().toNanos(), services.surroundings().quitCountdown().toNanos());
        if (services.settings().get().quit().whenComplete()) {
            plan.expect(QuitMode.ALL_DONE);
        }
    }

    /** Tells once why the run before ended by itself. Waits for the database; before the network thread calls anything here. */
    void recall() {
        try {
            last = services.journal().run(db -> {
                String kept = db.meta(LAST);
                if (!kept.isEmpty()) {
                    db.putMeta(LAST, "");
                }
                return kept;
            }).join();
        } catch (CompletionException e) {
            LOG.error("why the last run ended cannot be read", e);
        }
        if (!last.isEmpty()) {
            services.events().tell(Severity.INFO, LAST, last, Map.of());
        }
    }

    /** Any thread. */
    Subscription onQuit(Runnable handler) {
        handlers.add(handler);
        return () -> handlers.remove(handler);
    }

    Outcome<QuitMode> choose(QuitMode mode, Roster roster) {
        if (mode.kind() != QuitMode.Kind.OFF) {
            if (handlers.isEmpty()) {
                return Outcome.refused("quit.own-end", "This Sallyport runs one command and ends when that is done. Nothing was changed.");
            }
            Decision decision = services.policy().decide(new PolicyRequest.Quit(true));
            if (!decision.allowed()) {
                return decision.reason().map(this::<QuitMode>denied).orElseThrow();
            }
            if (mode.torrent().filter(hash -> roster.find(hash).isEmpty() && roster.magnets().find(hash).isEmpty()).isPresent()) {
                return Outcome.failed("There is no such torrent in the list.");
            }
        }
        if (state.kind() != QuitState.Kind.QUITTING) {
            plan.choose(mode);
        }
        return Outcome.done(plan.mode());
    }

    private <T> Outcome<T> denied(Refusal refusal) {
        services.events().refused("policy.denied", refusal, "quit", Map.of());
        return Outcome.refused(refusal);
    }

    /** The standing wish of the settings was changed. */
    void expect(boolean whenComplete) {
        if (whenComplete && plan.mode().kind() == QuitMode.Kind.OFF) {
            plan.expect(QuitMode.ALL_DONE);
        } else if (!whenComplete && plan.mode().kind() == QuitMode.Kind.ALL_DONE) {
            plan.choose(QuitMode.OFF);
        }
    }

    Outcome<QuitMode> keepOpen() {
        if (state.kind() == QuitState.Kind.QUITTING) {
            return Outcome.failed("It is too late: Sallyport is closing.");
        }
        if (state.kind() == QuitState.Kind.COUNTDOWN) {
            plan.keepOpen();
            services.events().tell(Severity.INFO, "quit.kept-open", "Sallyport was to quit by itself and is kept open.", Map.of());
        }
        return Outcome.done(plan.mode());
    }

    /** Looks at the library, and decides when the countdown is over; with each snapshot. */
    QuitState look(Roster roster, long now) {
        boolean mayEnd = !handlers.isEmpty() && state.kind() != QuitState.Kind.QUITTING;
        if (mayEnd) {
            // while nothing is waited for, only what is being fetched is of interest
            Stream<TorrentStory> looked = plan.mode().kind() == QuitMode.Kind.OFF ? roster.awake().stream() : roster.all().stream();
            List<QuitFacts> facts = Stream.concat(looked.map(story -> QuitFacts.of(story.torrent(), now)),
                    roster.magnets().all().stream().map(QuitFacts::of)).toList();
            QuitState.Kind before = state.kind();
            state = plan.look(facts, now, services.clock().instant());
            if (state.kind() == QuitState.Kind.COUNTDOWN && before != QuitState.Kind.COUNTDOWN) {
                services.events().tell(Severity.INFO, "quit.countdown", state.sentence(), Map.of());
            } else if (state.kind() == QuitState.Kind.QUITTING) {
                decideEnd();
            }
        }
        return state.withLast(last);
    }

    private void decideEnd() {
        Decision decision = services.policy().decide(new PolicyRequest.Quit(true));
        if (!decision.allowed()) {
            decision.reason().ifPresent(this::denied);
            plan.keepOpen();
            state = QuitState.NONE;
            return;
        }
        String sentence = QuitSentences.last(state, services.clock().instant());
        LOG.info("the program ends by itself: {} done, {} not", state.finished().size(), state.unfinished().size());
        services.events().tell(Severity.INFO, "quit.now", sentence, Map.of("mode", state.mode().kind().name(),
                "finished", Integer.toString(state.finished().size()), "unfinished", Integer.toString(state.unfinished().size())));
        services.journal().run(db -> {
            db.putMeta(LAST, sentence);
            return true;
        }).exceptionally(failure -> {
            LOG.error("why this run ended cannot be kept", failure);
            return false;
        });
        due = true;
    }

    /** After the snapshot that tells of it is out: has the program ended, once. */
    void endIfDue() {
        if (due) {
            due = false;
            handlers.forEach(Runnable::run);
        }
    }
}
