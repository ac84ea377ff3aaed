package org.sallyport.core.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.core.model.DevicesState;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This device and those it trusts as the window and the command line see them; also notes who is connected. Network thread only. */
final class DeviceBoard {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceBoard.class);
    private static final long NOTED_EVERY = TimeUnit.MINUTES.toNanos(1);
    private static final String WAITING = "It has not added this device yet. Read this device's id to its person, to be added there.";

    private final Services services;
    private final DeviceExchange exchange;
    private final Map<DeviceId, Long> noted = new HashMap<>();

    DeviceBoard(Services services, DeviceExchange exchange) {
        this.services = services;
        this.exchange = exchange;
    }

    /** @param connected for a torrent or to talk */
    DevicesState state(PairingState pairing, Set<DeviceId> connected) {
        TrustCircle circle = services.trust();
        List<DeviceSnapshot> devices = new ArrayList<>();
        circle.paired().forEach(device -> devices.add(paired(device, connected.contains(device.id()), circle.calls())));
        circle.whenOpen().ifPresent(open -> open.book().awaited().forEach(device -> devices.add(awaited(device))));
        String id = circle.whenOpen().map(open -> open.identity().id().text()).orElse("");
        return new DevicesState(id, circle.own().name().text(), devices, pairing, exchange.offers().waiting(),
                circle.trouble().map(Refusal::sentence).orElse(""));
    }

    private DeviceSnapshot paired(PairedDevice device, boolean connected, DeviceCalls calls) {
        String trouble = calls.trouble(device.id());
        return new DeviceSnapshot(device.id().text(), device.name().text(), Standing.PAIRED, device.addresses(), connected,
                device.addedAt(), device.lastSeen(), connected ? "" : trouble.isEmpty() ? exchange.trouble(device) : trouble);
    }

    private static DeviceSnapshot awaited(AwaitedDevice device) {
        return new DeviceSnapshot(device.id().text(), device.name().text(), Standing.AWAITED, device.addresses(), false,
                device.addedAt(), Instant.EPOCH, WAITING);
    }

    /** Keeps when each device was last seen, to the minute. */
    void note(Set<DeviceId> connected, long now) {
        noted.keySet().retainAll(connected);
        for (DeviceId id : connected) {
            Long before = noted.get(id);
            if (before == null || now - before >= NOTED_EVERY) {
                noted.put(id, now);
                services.journal().run(database -> {
                    services.trust().open(database).book().seen(id);
                    return true;
                }).exceptionally(failure -> {
                    LOG.warn("when a device was seen could not be saved", failure);
                    return false;
                });
            }
        }
    }
}
