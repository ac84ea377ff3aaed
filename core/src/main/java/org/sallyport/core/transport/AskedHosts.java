package org.sallyport.core.transport;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whom we have asked something lately: their datagrams are answers, anybody else's are not. Bounded; the one not asked for longest is
 * forgotten first. Network thread only.
 */
final class AskedHosts {
    static final int CAPACITY = 4096;
    /** A tracker may take 15 s, and its answer to a repeated question comes later. */
    static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final LongSupplier nanoTime;
    private final Map<InetSocketAddress, Long> until = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Long> eldest) {
            return size() > CAPACITY;
        }
    };

    AskedHosts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void asked(InetSocketAddress host) {
        until.put(host, nanoTime.getAsLong() + MEMORY_NANOS);
    }

    boolean contains(InetSocketAddress host) {
        // not by get(): what a stranger sends must not change the order
        Long end = until.containsKey(host) ? until.get(host) : null;
        return end != null && end - nanoTime.getAsLong() > 0;
    }

    int size() {
        return until.size();
    }
}
