package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.transport.TlsAnswer;
import org.sallyport.core.transport.TlsTerms;
import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;

/**
 * Pairs with devices whose id a person typed, as soon as they have added this one, too. People compared the ids, so no words are shown. Network
 * thread only. Both sides may call at once; then the one with the lower id says which connection counts, so that both keep the same key: it
 * never agrees on two at a time, and the other agrees on whichever it says yes to last.
 */
final class VoicePairings implements PairingCall.Owner {
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(15);
    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(5);
    /** Nobody is there, or it has not added us: that is what waiting means. */
    private static final Set<String> EVERYDAY = Set.of(PairingEnds.UNREACHABLE.rule(), PairingEnds.NO_ANSWER.rule(), PairingEnds.LOST.rule(),
            PairingEnds.ELSEWHERE.rule(), "tls.handshake");

    /** From one device. A few, as the last word may be lost and said again; more would hold the places of others until their deadline. */
    private static final int VISITS_AT_ONCE = 4;

    private final Services services;
    private final DeviceKeeper keeper;
    private final OwnDevice own;
    private final Map<DeviceId, Visits> visits = new HashMap<>();
    private final List<Visit> calls = new ArrayList<>();

    /** When and where one device is called. */
    private static final class Visits {
        private int address;
        private long pause = FIRST_PAUSE;
        private long dueNanos = System.nanoTime();
    }

    /** One call of one device, in either direction. */
    private record Visit(DeviceId device, PairingCall call) { }

    VoicePairings(Services services, DeviceKeeper keeper, OwnDevice own) {
        this.services = services;
        this.keeper = keeper;
        this.own = own;
    }

    /** Once a second: calls those that are due. */
    void tick(long now) {
        services.trust().whenOpen().ifPresent(circle -> {
            List<AwaitedDevice> awaited = circle.book().awaited();
            visits.keySet().removeIf(id -> awaited.stream().noneMatch(device -> device.id().equals(id)));
            for (AwaitedDevice device : awaited) {
                Visits plan = visits.computeIfAbsent(device.id(), id -> new Visits());
                boolean dialling = calls.stream().anyMatch(visit -> visit.call().dials() && visit.device().equals(device.id()));
                if (!device.addresses().isEmpty() && !dialling && now - plan.dueNanos >= 0 && services.port().canDial()) {
                    dial(circle, device, plan, now);
                }
            }
        });
    }

    private void dial(TrustCircle.Open circle, AwaitedDevice device, Visits plan, long now) {
        var address = device.addresses().get(plan.address % device.addresses().size());
        plan.address++;
        if (plan.address % device.addresses().size() == 0) {
            plan.dueNanos = now + plan.pause;
            plan.pause = Math.min(LONGEST_PAUSE, 2 * plan.pause);
        }
        Optional<Refusal> denied = services.policy().decide(new PolicyRequest.CallDevice(address)).reason();
        if (denied.isPresent()) {
            services.events().refused("policy.denied", denied.get(), address.toString(), Map.of("device", device.id().text()));
            return;
        }
        PairingCall call = new PairingCall(true, circle.identity(), own, keeper, this);
        calls.add(new Visit(device.id(), call));
        services.port().dialPairing(address, TlsTerms.dialAwaited(circle.tls(), device), call);
    }

    /** Calls it as soon as possible: a person has just added it or changed its addresses. */
    void hurry(DeviceId id) {
        visits.remove(id);
        tick(System.nanoTime());
    }

    /** @return empty, as for a stranger, while too many of its calls are under way */
    Optional<TlsAnswer> answer(AwaitedDevice device, TrustCircle.Open circle) {
        if (calls.stream().filter(visit -> !visit.call().dials() && visit.device().equals(device.id())).count() >= VISITS_AT_ONCE) {
            return Optional.empty();
        }
        PairingCall call = new PairingCall(false, circle.identity(), own, keeper, this);
        calls.add(new Visit(device.id(), call));
        return Optional.of(TlsAnswer.awaited(circle.tls(), device, call));
    }

    /** Ends what is under way with a device that was removed. */
    void drop(DeviceId id) {
        List.copyOf(calls).stream().filter(visit -> visit.device().equals(id)).forEach(visit -> visit.call().reject(PairingEnds.CANCELLED));
    }

    void dropAll() {
        List.copyOf(calls).forEach(visit -> visit.call().reject(PairingEnds.CANCELLED));
    }

    @Override
    public Optional<Refusal> accept(PairingCall call) {
        return Optional.empty(); // TLS let in nobody but the device that is awaited
    }

    @Override
    public void compare(PairingCall call) {
        if (!call.dials()) {
            return; // who calls says yes first
        }
        if (isAwaited(call.other()) && !isAgreedElsewhere(call)) {
            call.confirm();
        } else {
            call.reject(PairingEnds.ELSEWHERE);
        }
    }

    private boolean isAwaited(DeviceId id) {
        return services.trust().whenOpen().stream().flatMap(open -> open.book().awaited().stream()).anyMatch(device -> device.id().equals(id));
    }

    @Override
    public void confirmedThere(PairingCall call) {
        if (isAgreedElsewhere(call)) {
            call.reject(PairingEnds.ELSEWHERE);
        } else {
            call.confirm();
        }
    }

    /** On the side with the lower id: it has said yes in another call, and does not know yet what came of it. */
    private boolean isAgreedElsewhere(PairingCall call) {
        DeviceId other = call.other();
        boolean lower = services.trust().whenOpen().map(open -> open.identity().id().keyHash().compareTo(other.keyHash()) < 0).orElse(false);
        return lower && calls.stream().anyMatch(visit -> visit.device().equals(other) && visit.call() != call && visit.call().isConfirmedHere());
    }

    @Override
    public void paired(PairingCall call, PairedDevice device) {
        forget(call);
        keeper.tellPaired(device);
    }

    @Override
    public void ended(PairingCall call, Refusal why) {
        Optional<DeviceId> device = calls.stream().filter(visit -> visit.call() == call).map(Visit::device).findFirst();
        forget(call);
        if (!EVERYDAY.contains(why.rule())) {
            String id = device.map(DeviceId::text).orElse("");
            services.events().refused("pairing.refused", why, id, Map.of("device", id));
        }
    }

    private void forget(PairingCall call) {
        calls.removeIf(visit -> visit.call() == call);
    }
}
