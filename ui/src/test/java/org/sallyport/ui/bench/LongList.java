package org.sallyport.ui.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.Torrents;

/** An engine with thousands of torrents, some of which move: twice a second a snapshot, in which those that rest are the same instances. */
final class LongList {
    private final MemoryEngine memory = new MemoryEngine();
    private final List<Consumer<EngineSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService rhythm = Executors.newSingleThreadScheduledExecutor();
    private final List<TorrentSnapshot> torrents = new ArrayList<>();
    private volatile int moving;
    private volatile EngineSnapshot latest;
    private int turn;

    LongList(int count) {
        for (int i = 0; i < count; i++) {
            torrents.add(resting(i));
        }
        latest = snapshot(List.copyOf(torrents));
        rhythm.scheduleAtFixedRate(this::publish, 500, 500, TimeUnit.MILLISECONDS);
    }

    /** So many of them change with each snapshot from now on, spread over the list. */
    void move(int count) {
        moving = count;
    }

    private static TorrentSnapshot resting(int number) {
        String name = "torrent " + number + " of the long list";
        return Torrents.snapshot(Torrents.preview(name, "a file.bin", 700_000_000L), TorrentState.PAUSED, "Paused", 0.1, number);
    }

    /** As one that downloads, with other numbers each time. */
    private static TorrentSnapshot moved(TorrentSnapshot t, int turn, int number) {
        long rate = 100_000 + (turn * 7919L + number * 104_729L) % 4_000_000;
        long done = (t.doneBytes() + rate / 2) % t.sizeBytes();
        int peers = 2 + (turn + number) % 9;
        return new TorrentSnapshot(t.hash(), t.name(), TorrentState.DOWNLOADING, "Downloading from " + peers + " people", t.sizeBytes(),
                t.wantedBytes(), done, done, t.uploadedBytes() + rate / 9, rate, rate / 7, (t.sizeBytes() - done) / rate, peers, 2, peers * 4,
                t.path(), t.addedAt(), t.privateTorrent(), "",
                t.verdict(), t.sharing(), t.options(), t.queuePosition(), t.why(), t.checks(), t.provenance());
    }

    private void publish() {
        int count = moving;
        turn++;
        int step = count == 0 ? 1 : torrents.size() / count;
        for (int i = 0; i < count; i++) {
            int at = i * step;
            torrents.set(at, moved(torrents.get(at), turn, at));
        }
        // as the real one: the same list while nothing happens
        latest = snapshot(count == 0 ? latest.torrents() : List.copyOf(torrents));
        listeners.forEach(listener -> listener.accept(latest));
    }

    private EngineSnapshot snapshot(List<TorrentSnapshot> all) {
        EngineSnapshot now = memory.snapshot();
        return new EngineSnapshot(Instant.now(), all, all.stream().mapToLong(TorrentSnapshot::downRate).sum(),
                all.stream().mapToLong(TorrentSnapshot::upRate).sum(), now.port(), now.diskFreeBytes(), now.connections(), now.quit(), now.devices(),
                now.shares(), now.bandwidth(), now.dht(), now.quarantine());
    }

    Engine engine() {
        return (Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class},
                (proxy, method, args) -> call(method, args));
    }

    private Object call(Method method, Object[] args) throws Throwable {
        if (method.getName().equals("snapshot")) {
            return latest;
        }
        if (method.getName().equals("onSnapshot")) {
            @SuppressWarnings("unchecked")
            Consumer<EngineSnapshot> listener = (Consumer<EngineSnapshot>) args[0];
            listeners.add(listener);
            return (Engine.Subscription) () -> listeners.remove(listener);
        }
        try {
            return method.invoke(memory, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
