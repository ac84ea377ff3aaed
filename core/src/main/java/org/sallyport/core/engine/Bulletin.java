package org.sallyport.core.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.SharesState;
import org.sallyport.core.model.TorrentSnapshot;

/** Tells who listens how everything stands. Published on the network thread, read on any. */
final class Bulletin {
    private final Machinery machinery;
    private final Services services;
    private final Roster roster;
    private final Parts parts;
    private final ShareList shareList;
    private final List<Consumer<EngineSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private volatile EngineSnapshot last;

    /** Who else has something to tell. */
    record Parts(PortWatch port, QuitWatch quit, DeviceCommands devices, QuarantineDesk quarantine) { }

    Bulletin(Machinery machinery, Services services, Roster roster, Parts parts) {
        this.machinery = machinery;
        this.services = services;
        this.roster = roster;
        this.parts = parts;
        this.shareList = new ShareList(services.trust());
        this.last = new EngineSnapshot(services.clock().instant(), List.of(), 0, 0, machinery.door().state(), -1, 0);
    }

    EngineSnapshot last() {
        return last;
    }

    Engine.Subscription listen(Consumer<EngineSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void publish() {
        roster.sample(System.nanoTime());
        List<TorrentSnapshot> all = roster.snapshots(machinery.door().state().kind());
        SharesState shares = shareList.state(roster, services.places(), services.clock().instant());
        boolean same = all == last.torrents(); // as while nothing happens
        long down = same ? last.downRate() : all.stream().mapToLong(TorrentSnapshot::downRate).sum();
        long up = same ? last.upRate() : all.stream().mapToLong(TorrentSnapshot::upRate).sum();
        last = new EngineSnapshot(services.clock().instant(), all, down, up, machinery.door().state().withUnexpected(parts.port().unexpected()),
                machinery.freeSpace().bytes(), services.port().connections(), parts.quit().look(roster, System.nanoTime()), parts.devices().state(),
                shares, services.bandwidth().state(), services.dht().state(), parts.quarantine().state());
        listeners.forEach(listener -> listener.accept(last));
        parts.quit().endIfDue();
    }
}
