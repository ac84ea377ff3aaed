package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.trust.DeviceId;

/**
 * How one paired device is reached: the link that stands, else which address is called next and when. An address that does not answer is
 * called less and less often, so that five devices that are switched off cost next to nothing. Network thread only.
 */
final class DeviceLine {
    private static final long FIRST_WAIT = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_WAIT = TimeUnit.MINUTES.toNanos(5);
    private static final int MAX_DOUBLINGS = 6;
    /** A device that breaks the rules is not called again before a minute or so. */
    private static final int AFTER_VIOLATION = 4;
    private static final int NEW_OFFERS_AT_ONCE = 120;
    private static final int HELLOS_AT_ONCE = 10;
    private static final double HELLOS_PER_SECOND = 0.2;

    private final DeviceId id;
    private final Random random;
    private final Map<PeerAddress, Attempts> addresses = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    // of the device, not of a link: who comes again and again must not get more
    private final Allowance newOffers = new Allowance(1, NEW_OFFERS_AT_ONCE, System.nanoTime());
    private final Allowance hellos = new Allowance(HELLOS_PER_SECOND, HELLOS_AT_ONCE, System.nanoTime());
    private Optional<DeviceTalk> talk = Optional.empty();
    private Optional<CloseReason> failure = Optional.empty();
    private Optional<PeerAddress> dialling = Optional.empty();

    private static final class Attempts {
        int failures;
        long dueNanos;
    }

    /** Somebody who has something to say or to ask. */
    private record Waiting(CompletableFuture<Optional<DeviceTalk>> reached, long untilNanos) { }

    DeviceLine(DeviceId id, Random random) {
        this.id = id;
        this.random = random;
    }

    /** Each new offer is an event that is kept. */
    boolean mayOffer() {
        return newOffers.take(1, System.nanoTime());
    }

    /** What a device tells of its addresses is written to the disk. */
    boolean mayTellAddresses() {
        return hellos.take(1, System.nanoTime());
    }

    DeviceId id() {
        return id;
    }

    /** The link that stands, perhaps not ready yet. */
    Optional<DeviceTalk> talk() {
        return talk;
    }

    boolean connected() {
        return talk.filter(DeviceTalk::isReady).isPresent();
    }

    /** Why the last call came to nothing; empty once it is connected. */
    Optional<CloseReason> failure() {
        return failure;
    }

    void use(DeviceTalk chosen) {
        talk = Optional.of(chosen);
        if (chosen.dialled().isPresent()) {
            dialling = Optional.empty();
        }
    }

    /** The link is ready: who waited for it has it. */
    void ready(DeviceTalk open) {
        failure = Optional.empty();
        open.dialled().ifPresent(address -> addresses.computeIfAbsent(address, any -> new Attempts()).failures = 0);
        answerAll(Optional.of(open));
    }

    /** A talk has ended, or a call came to nothing. */
    void ended(DeviceTalk gone, CloseReason reason, long now) {
        boolean stood = talk.filter(gone::equals).isPresent();
        if (stood) {
            talk = Optional.empty();
        }
        boolean broke = DeviceExchange.isViolation(reason);
        gone.dialled().ifPresent(address -> {
            if (dialling.filter(address::equals).isPresent()) {
                dialling = Optional.empty();
            }
            Attempts attempts = addresses.computeIfAbsent(address, any -> new Attempts());
            attempts.failures = broke ? Math.max(AFTER_VIOLATION, attempts.failures) : attempts.failures;
            attempts.dueNanos = now + pause(attempts.failures);
            attempts.failures = stood && !broke ? 0 : attempts.failures + 1;
        });
        if (talk.isEmpty() && (broke || !reason.rule().equals(DeviceLines.SURPLUS.rule()))) {
            failure = Optional.of(reason);
        }
    }

    private long pause(int failures) {
        long wait = Math.min(LONGEST_WAIT, FIRST_WAIT << Math.min(failures, MAX_DOUBLINGS));
        // devices that lost each other at the same moment must not go on calling at the same moments
        return (long) (wait * (0.8 + 0.4 * random.nextDouble()));
    }

    /** The address to call now, which is under way from here on. @param known where the device may be, the likeliest first */
    Optional<PeerAddress> next(List<PeerAddress> known, long now) {
        addresses.keySet().retainAll(known);
        if (talk.isPresent() || dialling.isPresent()) {
            return Optional.empty();
        }
        dialling = known.stream().filter(address -> {
            Attempts attempts = addresses.get(address);
            return attempts == null || now - attempts.dueNanos >= 0;
        }).findFirst();
        return dialling;
    }

    /** The call that {@link #next} named was not made. */
    void notDialled(PeerAddress address, CloseReason reason, long now) {
        dialling = Optional.empty();
        Attempts attempts = addresses.computeIfAbsent(address, any -> new Attempts());
        attempts.dueNanos = now + pause(attempts.failures++);
        failure = Optional.of(reason);
    }

    /** There is something to say: every address may be called at once. */
    void hurry(long now) {
        addresses.values().forEach(attempts -> attempts.dueNanos = now);
    }

    /** Done with the talk as soon as it is ready, or with nothing when it cannot be reached. */
    CompletableFuture<Optional<DeviceTalk>> reach(long now, long untilNanos) {
        if (connected()) {
            return CompletableFuture.completedFuture(talk);
        }
        hurry(now);
        CompletableFuture<Optional<DeviceTalk>> reached = new CompletableFuture<>();
        waiting.add(new Waiting(reached, untilNanos));
        return reached;
    }

    /** Gives up on those who waited long enough. */
    void expire(long now) {
        for (Waiting each : List.copyOf(waiting)) {
            if (now - each.untilNanos() >= 0) {
                waiting.remove(each);
                each.reached().complete(Optional.empty());
            }
        }
    }

    /** Tells everybody who waits. */
    void answerAll(Optional<DeviceTalk> answer) {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(each -> each.reached().complete(answer));
    }

    /** A link stands, or a call is under way. */
    boolean busy() {
        return talk.isPresent() || dialling.isPresent();
    }

    boolean awaited() {
        return !waiting.isEmpty();
    }
}
