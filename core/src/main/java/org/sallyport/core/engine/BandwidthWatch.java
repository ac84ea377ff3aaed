package org.sallyport.core.engine;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sallyport.core.engine.BandwidthPlan.Cause;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.BandwidthState.Mode;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Bandwidth.AtCap;
import org.sallyport.core.settings.Settings.Rates;
import org.sallyport.core.transport.Limiter;

/**
 * Puts in force what {@link BandwidthPlan} decides: looks once a second, when settings change and when a cap is reached, sets the limits,
 * counts the data used, and has everything stopped and started again. Network thread only, but for {@link #state} and {@link #stopped}.
 */
final class BandwidthWatch {
    /** The day on which was told that a cap is reached. */
    static final String TOLD = "traffic.told";

    private final Limiter limiter;
    private final Supplier<Settings> settings;
    private final Clock clock;
    private final Journal journal;
    private final EventLog events;
    private final DataUse use;
    /** For this run only, and only until the user chooses others. */
    private final Rates given;
    private final Rates usualAtStart;
    private Runnable changed = () -> { };
    private long received;
    private long sent;
    private String told;
    private Mode mode = Mode.RUN;
    private Cause cause = Cause.USUAL;
    private volatile BandwidthState state = BandwidthState.FREE;

    /** @param given rates for this run, {@code NONE} for those of the settings @param told what is kept under {@link #TOLD} */
    BandwidthWatch(Limiter limiter, Supplier<Settings> settings, Clock clock, Journal journal, EventLog events, Rates given, DataUse use,
            String told) {
        this.limiter = limiter;
        this.settings = settings;
        this.clock = clock;
        this.journal = journal;
        this.events = events;
        this.given = given;
        this.usualAtStart = settings.get().bandwidth().usual();
        this.use = use;
        this.told = told;
    }

    /** @param then hears that everything must stop, or may go on */
    void onChanged(Runnable then) {
        changed = then;
    }

    BandwidthState state() {
        return state;
    }

    /** No torrent may have a connection now. */
    boolean stopped() {
        return state.mode() == Mode.STOP;
    }

    /**
     * What the user chose, and what was given for this run: who says how fast a run may be means its computers all, so that is not for
     * strangers only.
     */
    private Bandwidth chosen() {
        Bandwidth chosen = settings.get().bandwidth();
        if (given.equals(Rates.NONE) || !chosen.usual().equals(usualAtStart)) {
            return chosen;
        }
        Rates usual = new Rates(given.down() > 0 ? given.down() : usualAtStart.down(), given.up() > 0 ? given.up() : usualAtStart.up());
        return new Bandwidth(usual, chosen.slow(), chosen.slowNow(), chosen.week(), true, chosen.dayCapBytes(), chosen.monthCapBytes(),
                chosen.atCap(),
                chosen.slowBelow());
    }

    /** Looks at clock, counts and settings, and puts in force what follows from them. */
    void look() {
        ZonedDateTime now = clock.instant().atZone(clock.getZone());
        LocalDate today = now.toLocalDate();
        count(today);
        Bandwidth chosen = chosen();
        long day = use.day(today);
        long month = use.month(today);
        BandwidthPlan plan = BandwidthPlan.decide(chosen, now, day, month);
        limiter.countLocal(chosen.limitLocal());
        limiter.total().limit(plan.rates().down(), plan.rates().up());
        limiter.alarm(limiter.total().received() + limiter.total().sent() + untilCap(chosen, day, month), this::look);
        state = new BandwidthState(plan.mode(), BandwidthSentences.state(plan, chosen), plan.rates().down(), plan.rates().up(), day, month);
        tellOfCap(chosen, today, day, month);
        if (plan.mode() != mode || plan.cause() != cause) {
            Mode before = mode;
            tellOfChange(plan, chosen);
            mode = plan.mode();
            cause = plan.cause();
            if (before != mode && (before == Mode.STOP || mode == Mode.STOP)) {
                changed.run();
            }
        }
    }

    private void count(LocalDate today) {
        long nowReceived = limiter.total().received();
        long nowSent = limiter.total().sent();
        use.add(today, nowReceived - received, nowSent - sent).forEach(journal::saveTraffic);
        received = nowReceived;
        sent = nowSent;
    }

    /** Bytes until the nearest cap that is not reached yet. */
    private static long untilCap(Bandwidth chosen, long day, long month) {
        return Math.min(left(chosen.dayCapBytes(), day), left(chosen.monthCapBytes(), month));
    }

    private static long left(long cap, long used) {
        return cap == 0 || used >= cap ? Long.MAX_VALUE / 2 : cap - used;
    }

    private void tellOfCap(Bandwidth chosen, LocalDate today, long day, long month) {
        Optional<Cause> cap = BandwidthPlan.cap(chosen, day, month);
        if (cap.isEmpty() || chosen.atCap() != AtCap.TELL || told.equals(today.toString())) {
            return;
        }
        told = today.toString();
        journal.note(TOLD, told);
        events.tell(Severity.TROUBLE, "bandwidth.cap", BandwidthSentences.capReached(cap.get(), chosen),
                Map.of("dayBytes", Long.toString(day), "monthBytes", Long.toString(month)));
    }

    /** What the user switched by hand is no news. */
    private void tellOfChange(BandwidthPlan plan, Bandwidth chosen) {
        if (plan.cause() == Cause.SWITCH || plan.mode() == Mode.RUN && cause == Cause.SWITCH) {
            return;
        }
        String id = switch (plan.mode()) {
            case STOP -> "bandwidth.stopped";
            case SLOW -> "bandwidth.slow";
            case RUN -> "bandwidth.resumed";
        };
        events.tell(Severity.INFO, id, BandwidthSentences.change(plan, chosen), Map.of("mode", BandwidthSentences.word(plan.mode()),
                "cause", plan.cause().name()));
    }
}
