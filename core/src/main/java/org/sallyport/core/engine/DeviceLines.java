package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.WireViolation;

/** One link with each paired device: calls those that are away, takes those that call, keeps one of two. Network thread only. */
final class DeviceLines implements DeviceTalk.Owner {
    static final CloseReason SURPLUS = new CloseReason("device.duplicate", "there is another connection to that device");
    static final CloseReason REMOVED = new CloseReason("device.removed", "the device is not trusted any more");
    private static final CloseReason SHUT_OUT = new CloseReason("link.not-allowed", "the rules do not allow this address any more");
    private static final CloseReason BUSY = new CloseReason("link.busy", "too many calls are under way");
    private static final long REACH = TimeUnit.SECONDS.toNanos(10);
    /** Two links that both sides open so close to each other have crossed; later, the older one is broken and only one side has noticed. */
    private static final long CROSSING = TimeUnit.SECONDS.toNanos(20);

    private final Services services;
    private final Hearer hearer;
    private final Map<DeviceId, DeviceLine> lines = new HashMap<>();
    private final Random random = new Random();
    private boolean closed;

    /** Hears what devices say. */
    interface Hearer {
        void here(DeviceTalk talk);

        void heard(DeviceTalk talk, DeviceMessage message) throws WireViolation;

        void gone(DeviceTalk talk, CloseReason reason);
    }

    DeviceLines(Services services, Hearer hearer) {
        this.services = services;
        this.hearer = hearer;
    }

    Optional<DeviceLine> find(DeviceId id) {
        return Optional.ofNullable(lines.get(id));
    }

    /** The talk with a device that is here. */
    Optional<DeviceTalk> talk(DeviceId id) {
        return find(id).filter(DeviceLine::connected).flatMap(DeviceLine::talk);
    }

    List<DeviceTalk> talks() {
        return lines.values().stream().filter(DeviceLine::connected).map(line -> line.talk().orElseThrow()).toList();
    }

    /** Takes a call from a device that TLS verified. */
    LinkHandler incoming(DeviceId device) {
        return new DeviceTalk(device, Optional.empty(), services.listenPort().get(), this);
    }

    /** Once a second, and when the book of devices has changed. */
    void tick(long now) {
        Map<DeviceId, PairedDevice> paired = services.trust().paired().stream().collect(Collectors.toMap(PairedDevice::id, device -> device));
        for (DeviceLine line : List.copyOf(lines.values())) {
            if (!paired.containsKey(line.id())) {
                lines.remove(line.id());
                line.answerAll(Optional.empty());
                line.talk().ifPresent(talk -> talk.close(REMOVED));
            }
        }
        for (PairedDevice device : paired.values()) {
            DeviceLine line = lines.computeIfAbsent(device.id(), id -> new DeviceLine(id, random));
            line.talk().ifPresent(talk -> talk.tick(now));
            call(line, device, now);
            line.expire(now);
        }
    }

    private void call(DeviceLine line, PairedDevice device, long now) {
        if (closed || !services.trust().mayCall(device.id())) {
            return;
        }
        Optional<PeerAddress> next = line.next(device.addresses(), now);
        if (next.isEmpty()) {
            return;
        }
        PeerAddress address = next.get();
        Optional<Refusal> refusal = services.policy().decide(new PolicyRequest.CallDevice(address)).reason();
        if (refusal.isPresent()) {
            services.events().refused("policy.denied", refusal.get(), device.id().text(), Map.of("device", device.id().text()));
            line.notDialled(address, new CloseReason(refusal.get().rule(), refusal.get().sentence()), now);
        } else if (!services.port().canDial()) {
            line.notDialled(address, BUSY, now);
        } else {
            DeviceTalk talk = new DeviceTalk(device.id(), next, services.listenPort().get(), this);
            services.port().dialTls(address, services.trust().call(device), Handshake.ours(DeviceMessage.CHANNEL, services.peerId()), 0, talk);
        }
    }

    /** Calls a device now if it is not here. @return done when it is ready, or empty after ten seconds or when it cannot be reached */
    CompletableFuture<Optional<DeviceTalk>> reach(DeviceId id) {
        long now = System.nanoTime();
        Optional<PairedDevice> device = services.trust().find(id);
        if (closed || device.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        DeviceLine line = lines.computeIfAbsent(id, any -> new DeviceLine(any, random));
        CompletableFuture<Optional<DeviceTalk>> reached = line.reach(now, now + REACH);
        call(line, device.get(), now);
        return reached;
    }

    /** Calls every device that is away, at once: something that they should know has changed. */
    void hurry() {
        lines.values().forEach(line -> line.hurry(System.nanoTime()));
    }

    @Override
    public void opened(DeviceTalk talk) {
        if (closed || services.trust().find(talk.device()).isEmpty()) {
            talk.close(REMOVED);
            return;
        }
        DeviceLine line = lines.computeIfAbsent(talk.device(), id -> new DeviceLine(id, random));
        Optional<DeviceTalk> other = line.talk().filter(DeviceTalk::isOpen);
        if (other.isPresent() && !isBetter(talk, other.get())) {
            talk.close(SURPLUS);
            return;
        }
        line.use(talk);
        other.ifPresent(loser -> loser.close(SURPLUS));
    }

    /** Both sides must drop the same of two: when they have crossed, the one that the device with the lower id called stays. */
    private boolean isBetter(DeviceTalk talk, DeviceTalk standing) {
        boolean crossed = talk.link().incoming() != standing.link().incoming() && System.nanoTime() - standing.bornNanos() < CROSSING;
        return !crossed || talk.link().incoming() != weAreLower(talk.device());
    }

    private boolean weAreLower(DeviceId other) {
        return services.trust().whenOpen().map(open -> open.identity().id().keyHash().compareTo(other.keyHash()) < 0).orElse(false);
    }

    @Override
    public void ready(DeviceTalk talk) {
        find(talk.device()).filter(line -> line.talk().filter(talk::equals).isPresent()).ifPresent(line -> {
            hearer.here(talk);
            line.ready(talk);
        });
    }

    @Override
    public void heard(DeviceTalk talk, DeviceMessage message) throws WireViolation {
        if (services.trust().find(talk.device()).isEmpty()) {
            talk.close(REMOVED);
        } else {
            hearer.heard(talk, message);
        }
    }

    @Override
    public void closed(DeviceTalk talk, CloseReason reason) {
        long now = System.nanoTime();
        Optional<PairedDevice> device = services.trust().find(talk.device());
        find(talk.device()).ifPresent(line -> {
            line.ended(talk, reason, now);
            device.ifPresent(known -> goOn(line, known, now));
        });
        hearer.gone(talk, reason);
    }

    /** Somebody waits for it: the next address is not left to the next second, and when there is none it is over. */
    private void goOn(DeviceLine line, PairedDevice device, long now) {
        if (line.awaited() && line.talk().isEmpty()) {
            call(line, device, now);
            if (!line.busy()) {
                line.answerAll(Optional.empty());
            }
        }
    }

    /** Ends the links with these addresses. */
    void shutOut(Predicate<InetAddress> unwelcome) {
        talks().stream().filter(talk -> unwelcome.test(talk.link().remote().getAddress())).forEach(talk -> talk.close(SHUT_OUT));
    }

    /** Says goodbye to everybody; nobody is called any more. */
    void close() {
        closed = true;
        for (DeviceTalk talk : talks()) {
            talk.send(new DeviceMessage.Bye());
            services.loop().execute(() -> talk.close(CloseReason.STOPPED)); // after what was said has been sent
        }
        lines.values().forEach(line -> line.answerAll(Optional.empty()));
    }
}
