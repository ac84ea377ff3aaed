package org.sallyport.core.discovery;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TrackerSnapshot;

/**
 * Keeps the trackers of one torrent informed and brings its peers. State and callbacks belong to the network loop: every
 * method is called there. One tracker is asked at a time, in the order of BEP 12, until one answers; the next announce is
 * at its interval, or after a back-off when none answered.
 */
public final class Announcer {
    /** However often a person asks. */
    private static final Duration SOONEST = Duration.ofSeconds(60);

    private final InfoHash hash;
    private Tiers tiers;
    private final TrackerCalls calls;
    private final ScheduledExecutorService loop;
    private final AnnounceForm form;
    private final Consumer<List<PeerAddress>> peersFound;
    private final Consumer<Refusal> refused;
    private final InstantSource time;
    private final Random random;
    private final Farewells farewells;
    private final NextMoment next;
    private final Deque<TrackerEntry> round = new ArrayDeque<>();
    /** Added by the user and not asked yet: each is, whichever answers. */
    private final Deque<TrackerEntry> fresh = new ArrayDeque<>();

    private boolean running;
    private boolean completedPending;
    private boolean askAgain;
    // an answer that comes back after a stop and a new start belongs to an earlier run
    private int run;
    private @Nullable TrackerEntry asked;
    private CompletableFuture<Void> answerHandled = CompletableFuture.completedFuture(null);
    private @Nullable TrackerEntry working;
    private Optional<UdpTrackers.Hold> udp = Optional.empty();

    /**
     * @param tiers          tracker URLs (BEP 12); the first 100 are used, of those http, https and udp are asked
     * @param trackerThreads where the blocking HTTP happens
     * @param peersFound     told of the addresses in an answer, at most 200, never none
     * @param refused        told when a rule keeps us from a tracker or from its answer; once for each rule in a row
     */
    public Announcer(InfoHash hash, List<List<String>> tiers, TrackerClient client, ScheduledExecutorService loop,
            Executor trackerThreads, AnnounceFacts facts, Consumer<List<PeerAddress>> peersFound, Consumer<Refusal> refused) {
        this(hash, tiers, new TrackerCalls(client, trackerThreads), loop, facts, peersFound, refused, new SteadyTime(), new SecureRandom());
    }

    Announcer(InfoHash hash, List<List<String>> tiers, TrackerCalls calls, ScheduledExecutorService loop,
            AnnounceFacts facts, Consumer<List<PeerAddress>> peersFound, Consumer<Refusal> refused, InstantSource time, Random random) {
        this.hash = hash;
        this.tiers = new Tiers(tiers, random);
        this.calls = calls;
        this.loop = loop;
        this.peersFound = peersFound;
        this.refused = refused;
        this.time = time;
        this.random = random;
        this.form = new AnnounceForm(hash, facts, random);
        this.farewells = new Farewells(calls, loop);
        this.next = new NextMoment(loop);
    }

    /** Announces {@code started}, and goes on at the trackers' intervals. Nothing when it is running. */
    public void start() {
        if (running) {
            return;
        }
        running = true;
        run++;
        holdUdp();
        completedPending = false;
        askAgain = false;
        asked = null;
        working = null;
        fresh.clear();
        tiers.all().forEach(entry -> {
            entry.knowsUs(false);
            entry.stopped();
        });
        beginRound();
    }

    /** Announces {@code completed} now, or as soon as a tracker answers; once. For downloads that finish while running. */
    public void completed() {
        completedPending = true;
        if (running && asked == null && working != null) {
            ask(working);
        }
    }

    /** Asks for peers earlier than planned, as soon as the tracker's minimum interval (never below 60 s) allows. */
    public void needPeers() {
        if (!running || asked != null || working == null) {
            return;
        }
        Instant now = time.instant();
        Instant moment = working.notBefore().isAfter(now) ? working.notBefore() : now;
        if (moment.isBefore(working.next())) {
            working.next(moment);
            planAt(moment);
        }
    }

    /** Replaces the trackers: what stays goes on as it was, what is new is asked at once, and what goes is told {@code stopped}. */
    public void replace(List<List<String>> urls) {
        Tiers before = tiers;
        tiers = before.replacedBy(urls, random);
        if (!running) {
            return;
        }
        holdUdp();
        TrackerEntry busy = asked; // told when its answer is here
        before.all().filter(entry -> !tiers.has(entry) && entry.knowsUs() && entry != busy).forEach(this::sayStopped);
        round.removeIf(entry -> !tiers.has(entry));
        fresh.removeIf(entry -> !tiers.has(entry));
        tiers.all().filter(entry -> entry.usable() && !before.has(entry)).forEach(fresh::add);
        if (working != null && !tiers.has(working)) {
            working = null;
        }
        if (asked == null) {
            next.forget();
            planNext();
        }
    }

    /**
     * Asks now, in order until one answers, whatever interval a tracker wishes for; each at most once a minute.
     *
     * @return how long until there is one that may be asked, zero if one is; empty if there is none at all
     */
    public Optional<Duration> askNow() {
        List<TrackerEntry> all = running ? tiers.all().filter(TrackerEntry::usable).toList() : List.of();
        Instant now = time.instant();
        List<TrackerEntry> rested = all.stream().filter(entry -> !entry.askedAt().plus(SOONEST).isAfter(now)).toList();
        if (asked == null && !rested.isEmpty()) {
            next.forget();
            round.clear();
            round.addAll(rested);
            askNext();
        }
        return asked != null ? Optional.of(Duration.ZERO)
                : all.stream().map(TrackerEntry::askedAt).min(Comparator.naturalOrder()).map(last -> Duration.between(now, last.plus(SOONEST)));
    }

    /** The network is there again, or another: trackers that could not be asked are asked now, and one that works is told of us early. */
    public void networkIsBack() {
        if (!running) {
            return;
        }
        if (asked != null) {
            askAgain = true; // what is under way was asked by a way that is gone
            return;
        }
        tiers.all().forEach(TrackerEntry::forgive);
        if (working == null) {
            beginRound();
        } else {
            needPeers();
        }
    }

    /**
     * Stops, and says {@code stopped} to every tracker that had accepted {@code started}.
     *
     * @return done on the loop when all were told or could not be, at the latest after {@code deadline}; never fails
     */
    public CompletableFuture<Void> stop(Duration deadline) {
        if (!running) {
            return CompletableFuture.completedFuture(null);
        }
        running = false;
        next.forget();
        round.clear();
        tiers.all().forEach(TrackerEntry::stopped);

        TrackerEntry busy = asked;
        List<CompletableFuture<Void>> told = new ArrayList<>();
        tiers.all().filter(e -> e.knowsUs() && e != busy).forEach(e -> told.add(sayStopped(e)));
        if (busy != null) {
            // after its answer: an announce on its way must not overtake the stopped
            told.add(answerHandled.thenCompose(handled -> busy.knowsUs() ? sayStopped(busy) : CompletableFuture.completedFuture(null)));
        }
        CompletableFuture<Void> done = farewells.within(deadline, told);
        Optional<UdpTrackers.Hold> held = udp;
        udp = Optional.empty();
        done.whenComplete((all, problem) -> held.ifPresent(UdpTrackers.Hold::close));
        return done;
    }

    /** Every tracker in the order of use, also those we cannot ask. */
    public List<TrackerSnapshot> snapshots() {
        return tiers.snapshots();
    }

    private void holdUdp() {
        if (udp.isEmpty() && tiers.all().anyMatch(TrackerEntry::isUdp)) {
            udp = Optional.of(calls.holdUdp());
        }
    }

    private void beginRound() {
        next.forget();
        if (running && asked == null) {
            round.clear();
            round.addAll(tiers.due(time.instant()));
            askNext();
        }
    }

    private void askNext() {
        TrackerEntry entry = round.poll();
        if (entry == null) {
            planNext();
        } else {
            ask(entry);
        }
    }

    private void ask(TrackerEntry entry) {
        AnnounceEvent event = !entry.knowsUs() ? AnnounceEvent.STARTED
                : completedPending ? AnnounceEvent.COMPLETED : AnnounceEvent.NONE;
        next.forget();
        asked = entry;
        fresh.remove(entry);
        entry.announcing();
        entry.askedAt(time.instant());
        int thisRun = run;
        answerHandled = farewells.before(entry).thenCompose(told -> calls.announce(entry, form.with(event)))
                .handleAsync((answer, problem) -> {
            if (thisRun == run && running) {
                asked = null;
                if (!tiers.has(entry)) {
                    left(entry, answer != null);
                } else if (answer != null) {
                    succeeded(entry, event, answer);
                } else {
                    failed(entry, TrackerCalls.explain(hash, problem));
                }
            } else if (thisRun == run && answer != null) {
                entry.knowsUs(true);
            }
            return null;
        }, loop);
    }

    private void succeeded(TrackerEntry entry, AnnounceEvent event, AnnounceResponse answer) {
        entry.answered(answer, time.instant());
        entry.knowsUs(true);
        tiers.promote(entry);
        working = entry;
        round.clear();
        completedPending = completedPending && event != AnnounceEvent.COMPLETED;
        if (completedPending) {
            ask(entry);
        } else {
            planNext();
        }
        if (answer.seeds() < 0 || entry.isUdp()) { // by UDP the number of downloads is told by a scrape only
            calls.scrape(entry, hash).thenAcceptAsync(entry::counted, loop);
        }
        if (!answer.peers().isEmpty()) {
            peersFound.accept(answer.peers());
        }
    }

    private void failed(TrackerEntry entry, TrackerException problem) {
        int failures = entry.failed(problem.getMessage(), problem.refusal().isPresent());
        entry.leaveAlone(BackOff.after(failures, random), time.instant());
        if (working == entry) {
            working = null;
        }
        askNext();
        problem.refusal().filter(refusal -> entry.newlyRefusedBy(refusal.rule())).ifPresent(refused);
    }

    /** The user took it off while it was asked. */
    private void left(TrackerEntry entry, boolean answered) {
        if (answered || entry.knowsUs()) {
            sayStopped(entry);
        }
        askNext();
    }

    private CompletableFuture<Void> sayStopped(TrackerEntry entry) {
        return farewells.say(entry, form.with(AnnounceEvent.STOPPED));
    }

    private void planNext() {
        if (askAgain) {
            askAgain = false;
            loop.execute(this::networkIsBack);
        }
        TrackerEntry added = fresh.poll();
        if (added != null) {
            ask(added);
            return;
        }
        if (working != null) {
            planAt(working.next());
            return;
        }
        tiers.all().filter(TrackerEntry::usable).map(TrackerEntry::notBefore).min(Comparator.naturalOrder()).ifPresent(this::planAt);
    }

    private void planAt(Instant moment) {
        next.in(Duration.between(time.instant(), moment), this::beginRound);
    }
}
