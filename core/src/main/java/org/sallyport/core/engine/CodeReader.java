package org.sallyport.core.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.transport.TlsTerms;
import org.sallyport.core.trust.PairingCode;

/**
 * Calls the device that shows a code, at one address after the other. Network thread only. The next address is not kept waiting for one that
 * does not answer; calls that do reach the device are sorted out there, because a code lets in one at a time.
 */
final class CodeReader {
    private static final long NEXT_AFTER_MILLIS = 2000;

    private final Services services;
    private final PairingCode code;
    private final Supplier<PairingCall> calls;
    private final Supplier<TlsTerms> terms;
    private final Consumer<Refusal> failed;
    private final Deque<PeerAddress> left;
    private final List<PairingCall> trying = new ArrayList<>();
    private Optional<Refusal> best = Optional.empty();
    private boolean over;

    /** @param calls makes one for each connection @param terms for each of them @param failed told when all addresses were tried in vain */
    CodeReader(Services services, PairingCode code, Supplier<PairingCall> calls, Supplier<TlsTerms> terms, Consumer<Refusal> failed) {
        this.services = services;
        this.code = code;
        this.calls = calls;
        this.terms = terms;
        this.failed = failed;
        this.left = new ArrayDeque<>(code.addresses());
    }

    void begin() {
        if (over || left.isEmpty()) {
            return;
        }
        PeerAddress address = left.removeFirst();
        Optional<Refusal> denied = services.policy().decide(new PolicyRequest.CallDevice(address)).reason();
        if (denied.isPresent()) {
            services.events().refused("policy.denied", denied.get(), address.toString(), Map.of());
            missed(denied.get());
            return;
        }
        PairingCall call = calls.get();
        trying.add(call);
        services.port().dialPairing(address, terms.get(), call);
        if (!left.isEmpty()) {
            services.loop().schedule(this::begin, NEXT_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** One of the calls ended before the other side was known. */
    void ended(PairingCall call, Refusal why) {
        if (trying.remove(call) && !over) {
            missed(why);
        }
    }

    private void missed(Refusal why) {
        // a device that was there and said no tells more than an address where nobody was
        if (best.isEmpty() || best.get().equals(PairingEnds.UNREACHABLE) || why.rule().startsWith("tls.")) {
            best = Optional.of(why);
        }
        if (!left.isEmpty()) {
            begin();
        } else if (trying.isEmpty()) {
            over = true;
            failed.accept(best.get());
        }
    }

    /** One call is through, or nobody wants it any more: the others end. */
    void end(Optional<PairingCall> winner) {
        over = true;
        trying.stream().filter(call -> winner.isEmpty() || winner.get() != call).forEach(call -> call.reject(PairingEnds.ELSEWHERE));
        trying.clear();
    }

    boolean isOver() {
        return over;
    }

    @Override
    public String toString() {
        return "CodeReader(" + code.id().shortText() + ")";
    }
}
