package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.wire.DeviceMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this device and the paired ones can be reached, as they tell each other; what is learned is kept in the book. Network thread only. */
final class DeviceWhereabouts {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceWhereabouts.class);

    private final Services services;
    private final Runnable learned;
    private Map<DeviceId, List<PeerAddress>> others = Map.of();
    private DeviceMessage.Hello told;

    /** @param learned runs when a device is somewhere else, on the network thread */
    DeviceWhereabouts(Services services, Runnable learned) {
        this.services = services;
        this.learned = learned;
        this.told = hello();
    }

    /** Whether we can be reached elsewhere, or are called something else, than when this was asked last. */
    boolean ownHaveChanged() {
        DeviceMessage.Hello ours = hello();
        boolean changed = !ours.equals(told);
        told = ours;
        return changed;
    }

    /** Whether devices were paired or removed, or are somewhere else, since this was asked last. */
    boolean othersHaveChanged() {
        Map<DeviceId, List<PeerAddress>> now = services.trust().paired().stream()
                .collect(Collectors.toMap(PairedDevice::id, PairedDevice::addresses));
        boolean changed = !now.equals(others);
        others = now;
        return changed;
    }

    DeviceMessage.Hello hello() {
        OwnDevice own = services.trust().own();
        return new DeviceMessage.Hello(DeviceMessage.VERSION, services.listenPort().get(), own.addresses(), own.name().text());
    }

    /**
     * Keeps where a device is: first where it called from and where it was called with success, then what it tells, then what was known.
     * What it tells of this very computer or its network link holds only for somebody who is there, too.
     */
    void learn(DeviceTalk talk, DeviceMessage.Hello hello) {
        Optional<PairedDevice> device = services.trust().find(talk.device());
        if (device.isEmpty()) {
            return;
        }
        InetAddress from = talk.link().remote().getAddress();
        Stream<PeerAddress> observed = talk.dialled().stream();
        if (hello.port() > 0) {
            observed = Stream.concat(observed, Stream.of(new PeerAddress(from, hello.port())));
        }
        Stream<PeerAddress> told = hello.addresses().stream().filter(address -> isFarReaching(address.host()) || address.host().equals(from))
                .filter(address -> !isOfAnother(talk.device(), address));
        List<PeerAddress> known = device.get().addresses();
        List<PeerAddress> now = Stream.of(observed, told, known.stream()).flatMap(each -> each).distinct()
                .filter(address -> known.contains(address) || services.policy().decide(new PolicyRequest.CallDevice(address)).allowed())
                .limit(DeviceMessage.MAX_ADDRESSES).toList();
        if (!now.equals(known)) {
            keep(talk.device(), now);
        }
    }

    /** Who says that it is where another device is would be called in its place, and that one not at all. */
    private boolean isOfAnother(DeviceId device, PeerAddress address) {
        return services.trust().at(address).filter(other -> !other.id().equals(device)).isPresent();
    }

    private static boolean isFarReaching(InetAddress host) {
        return !host.isLoopbackAddress() && !host.isLinkLocalAddress();
    }

    private void keep(DeviceId device, List<PeerAddress> addresses) {
        services.trust().whenOpen().ifPresent(open -> services.journal().run(db -> open.book().refreshAddresses(device, addresses))
                .whenCompleteAsync((outcome, failure) -> {
                    if (failure != null || !outcome.isDone()) {
                        LOG.warn("where {} is could not be kept: {}", device.shortText(), outcome, failure);
                    } else {
                        learned.run();
                    }
                }, services.loop()));
    }

    /** Why a device that is away cannot be reached, as far as that is known, and what to do. */
    static String trouble(PairedDevice device, Optional<CloseReason> failure) {
        if (device.addresses().isEmpty()) {
            return "It is not known where to call it. Start Sallyport there, or enter its address here.";
        }
        return failure.map(reason -> switch (reason.rule()) {
            case "link.unreachable" -> "Nobody answers where it was last. Switch it on, start Sallyport there, and see that its port can be reached.";
            case "tls.handshake-deadline", "link.handshake-deadline", "link.remote", "link.error", "link.other-torrent" ->
                    "Somebody is there, but does not answer as this device. If it does not come back by itself, pair the two devices again.";
            case "device.bye" -> "Sallyport was closed there.";
            default -> reason.rule().startsWith("tls.") || reason.rule().startsWith("policy.") ? reason.sentence()
                    : "The connection was lost. It is called again by itself.";
        }).orElse("");
    }
}
