package org.sallyport.core.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.SharesState;
import org.sallyport.core.model.TorrentSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who listens how everything stands. Published on the network thread, read on any. What a command has changed is told to those who ask at once,
 * and soon to those who listen: to tell of a long list takes its time, and of a thousand commands in a second not each needs to be told of.
 */
final class Bulletin {
    private static final Logger LOG = LoggerFactory.getLogger(Bulletin.class);
    private static final Duration REST = Duration.ofMillis(50);
    private static final long ANSWER_SECONDS = 10;

    private final Machinery machinery;
    private final Services services;
    private final Roster roster;
    private final Parts parts;
    private final ShareList shareList;
    private final List<Consumer<EngineSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Pace pace;
    private volatile EngineSnapshot last;
    /** A command has changed something since. */
    private volatile boolean stale;

    /** Who else has something to tell. */
    record Parts(PortWatch port, QuitWatch quit, DeviceCommands devices, QuarantineDesk quarantine) { }

    Bulletin(Machinery machinery, Services services, Roster roster, Parts parts) {
        this.machinery = machinery;
        this.services = services;
        this.roster = roster;
        this.parts = parts;
        this.shareList = new ShareList(services.trust());
        this.pace = new Pace(services.loop(), REST, this::publish);
        this.last = new EngineSnapshot(services.clock().instant(), List.of(), 0, 0, machinery.door().state(), -1, 0);
    }

    /** With all that answered commands have changed: waits for the network thread then. Any thread. */
    EngineSnapshot last() {
        if (stale && machinery.loop().inLoop()) {
            publish();
        } else if (stale) {
            try {
                CompletableFuture.runAsync(Rhythms.guarded(this::publishIfStale), services.loop())
                        .completeOnTimeout(null, ANSWER_SECONDS, TimeUnit.SECONDS).join();
            } catch (RejectedExecutionException e) {
                LOG.debug("nothing changes any more", e);
            }
        }
        return last;
    }

    private void publishIfStale() {
        if (stale) {
            publish();
        }
    }

    /** A command has changed something. Network thread, before the command answers. */
    void changed() {
        stale = true;
        pace.ask();
    }

    Engine.Subscription listen(Consumer<EngineSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void publish() {
        roster.giveDueTurns();
        roster.sample(System.nanoTime());
        List<TorrentSnapshot> all = roster.snapshots(machinery.door().state().kind());
        SharesState shares = shareList.state(roster, services.places(), services.clock().instant());
        boolean same = all == last.torrents(); // as while nothing happens
        long down = same ? last.downRate() : all.stream().mapToLong(TorrentSnapshot::downRate).sum();
        long up = same ? last.upRate() : all.stream().mapToLong(TorrentSnapshot::upRate).sum();
        last = new EngineSnapshot(services.clock().instant(), all, down, up, machinery.door().state().withUnexpected(parts.port().unexpected()),
                machinery.freeSpace().bytes(), services.port().connections(), parts.quit().look(roster, System.nanoTime()), parts.devices().state(),
                shares, services.bandwidth().state(), services.dht().state(), parts.quarantine().state());
        stale = false; // not before: who asks in between would be told what was
        listeners.forEach(listener -> listener.accept(last));
        parts.quit().endIfDue();
    }
}
