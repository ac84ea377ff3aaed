package org.sallyport.core.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.sallyport.core.engine.Engine.Subscription;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.StateDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers, keeps and tells events, in order, on the journal's thread. {@link #tell} may be called on any thread. */
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    /** One event per rule and subject in this time, then a count: a flood must not fill the log, nor memory (security caps). */
    private static final long QUIET_MILLIS = 10_000;
    private static final int MAX_SUBJECTS = 1_000;

    private final Journal journal;
    private final Clock clock;
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Quiet> quiet = new HashMap<>();

    private static final class Quiet {
        long sinceMillis;
        int suppressed;

        /** Not when the clock was put back either: refusals would stay untold until it is where it was. */
        boolean holdsAt(long now) {
            return Math.abs(now - sinceMillis) <= QUIET_MILLIS;
        }
    }

    EventLog(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** A refusal is an event (invariant I9). @return the same outcome */
    <T> Outcome<T> told(String event, Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T> refused) {
            refused(event, refused.refusal(), refused.refusal().rule(), Map.of());
        }
        return outcome;
    }

    Subscription listen(Consumer<Event> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(Severity severity, String id, String sentence, Map<String, String> facts) {
        Instant at = clock.instant();
        journal.run(db -> keep(db, new Event(0, at, severity, id, sentence, facts))).exceptionally(failure -> {
            LOG.error("event {} could not be saved: {}", id, sentence, failure);
            return 0L;
        });
    }

    private long keep(StateDatabase db, Event unnumbered) throws PersistException {
        long seq = db.appendEvents(List.of(unnumbered));
        Event event = new Event(seq, unnumbered.at(), unnumbered.severity(), unnumbered.id(), unnumbered.sentence(), unnumbered.facts());
        listeners.forEach(listener -> listener.accept(event));
        return seq;
    }

    void info(String id, InfoHash hash, String sentence) {
        tell(Severity.INFO, id, sentence, Map.of("hash", hash.hex()));
    }

    /** A rule said no (invariant I9). @param subject whom it hit, such as an address; told at most once in ten seconds each */
    void refused(String id, Refusal refusal, String subject, Map<String, String> more) {
        Instant at = clock.instant();
        journal.run(db -> {
            int suppressed = suppressedBefore(refusal.rule(), subject, at.toEpochMilli());
            if (suppressed >= 0) {
                Map<String, String> facts = new HashMap<>(more);
                facts.put("rule", refusal.rule());
                facts.put("reason", refusal.sentence());
                if (suppressed > 0) {
                    facts.put("alsoBefore", Integer.toString(suppressed));
                }
                keep(db, new Event(0, at, Severity.REFUSED, id, refusal.sentence(), facts));
            }
            return suppressed;
        }).exceptionally(failure -> {
            LOG.error("refusal {} could not be saved: {}", refusal.rule(), refusal.sentence(), failure);
            return 0;
        });
    }

    /** How many like it were kept quiet; −1 when this one is, too. Journal thread. */
    private int suppressedBefore(String rule, String subject, long now) {
        String key = rule + ' ' + subject;
        if (quiet.size() >= MAX_SUBJECTS && !quiet.containsKey(key)) {
            quiet.values().removeIf(q -> !q.holdsAt(now));
            key = quiet.size() >= MAX_SUBJECTS ? rule : key; // more than can be told apart in this time are told as one
        }
        Quiet state = quiet.get(key);
        if (state != null && state.holdsAt(now)) {
            state.suppressed++;
            return -1;
        }
        int before = state == null ? 0 : state.suppressed;
        Quiet fresh = new Quiet();
        fresh.sinceMillis = now;
        quiet.put(key, fresh);
        return before;
    }
}
