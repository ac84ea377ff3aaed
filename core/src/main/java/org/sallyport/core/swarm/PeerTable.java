package org.sallyport.core.swarm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.transport.LinkSecurity;

/** The addresses known for one torrent, when each may be dialled next, and which never. Network thread only. */
final class PeerTable {
    /** Per torrent; a tracker or a hostile peer must not fill memory with addresses. */
    static final int MAX_ADDRESSES = 1000;
    /** Of those, from peers: anybody can be one, and must leave room for what trackers say. */
    static final int MAX_EXCHANGED = 500;
    private static final long RETRY = TimeUnit.SECONDS.toNanos(10);
    private static final long NAMED_RETRY = RETRY / 5;
    private static final long LONGEST_DEVICE_RETRY = TimeUnit.MINUTES.toNanos(1);
    private static final long KNOWN_RETRY = TimeUnit.MINUTES.toNanos(5);
    private static final long LONGEST_RETRY = TimeUnit.MINUTES.toNanos(30);

    /** What is known of one address. */
    static final class Entry {
        final PeerAddress address;
        /** Named by the user: dialled first, and again and again. */
        private boolean named;
        private final PeerSource source;
        /** Where a paired device listens: dialled first, and again and again, less often while nobody answers. */
        private boolean device;
        private int failures;
        private long notBeforeNanos;
        private boolean busy;
        private boolean self;
        private boolean seed;
        /** It answered in the plain protocol and not in an obfuscated connection. */
        private boolean plain;

        Entry(PeerAddress address, PeerSource source, long nowNanos) {
            this.address = address;
            this.named = source == PeerSource.USER;
            this.source = source;
            this.notBeforeNanos = nowNanos;
        }

        PeerSource source() {
            return named ? PeerSource.USER : device ? PeerSource.DEVICE : source;
        }

        /** How to call it: not again in a way that it does not understand. */
        Encryption obfuscation(Encryption wish) {
            return plain && wish == Encryption.PREFER ? Encryption.OFF : wish;
        }

        /** By us, not by a stranger. */
        boolean wanted() {
            return named || device;
        }
    }

    private final Map<PeerAddress, Entry> entries = new LinkedHashMap<>();
    private final ToLongFunction<PeerAddress> priority;

    /** @param priority of connections to strangers: the higher ones are dialled first */
    PeerTable(ToLongFunction<PeerAddress> priority) {
        this.priority = priority;
    }

    /** @return whether the address is new */
    boolean add(PeerAddress address, PeerSource source, long nowNanos) {
        Entry known = entries.get(address);
        boolean named = source == PeerSource.USER;
        if (known != null) {
            if (named && !known.named) {
                known.named = true;
                known.notBeforeNanos = nowNanos;
            }
            return false;
        }
        boolean room = source != PeerSource.EXCHANGE || entries.values().stream().filter(entry -> entry.source == source).count() < MAX_EXCHANGED;
        return room && insert(new Entry(address, source, nowNanos), named);
    }

    /** Whoever told of it takes it back; nobody else did, and nobody is connected to it. */
    void forget(PeerAddress address) {
        Entry entry = entries.get(address);
        if (entry != null && entry.source() == PeerSource.EXCHANGE && !entry.busy) {
            entries.remove(address);
        }
    }

    private boolean insert(Entry entry, boolean wanted) {
        if (entries.size() >= MAX_ADDRESSES && !dropOne(3) && !(wanted && dropOne(0))) {
            return false;
        }
        entries.put(entry.address, entry);
        return true;
    }

    /** The devices are at these addresses and at no others; each is due now, unless there is a connection. */
    void devices(Collection<PeerAddress> addresses, long nowNanos) {
        entries.values().removeIf(entry -> {
            boolean gone = entry.device && !addresses.contains(entry.address);
            entry.device &= !gone;
            return gone && !entry.named;
        });
        for (PeerAddress address : addresses) {
            Entry entry = entries.getOrDefault(address, new Entry(address, PeerSource.DEVICE, nowNanos));
            if (entries.containsKey(address) || insert(entry, true)) {
                entry.device = true;
                entry.failures = 0;
                entry.seed = false;
                entry.notBeforeNanos = nowNanos;
            }
        }
    }

    private boolean dropOne(int failures) {
        for (Entry entry : entries.values()) {
            if (!entry.busy && !entry.wanted() && entry.failures >= failures) {
                entries.remove(entry.address);
                return true;
            }
        }
        return false;
    }

    /** Who told us the address; empty if nobody did. */
    Optional<PeerSource> source(PeerAddress address) {
        return Optional.ofNullable(entries.get(address)).map(Entry::source);
    }

    Set<PeerAddress> addresses() {
        return Set.copyOf(entries.keySet());
    }

    int size() {
        return entries.size();
    }

    /**
     * At most {@code max} addresses whose time has come, those of the user and the devices first.
     * @param complete we seek nothing, so seeds are of no use
     */
    List<Entry> due(int max, boolean complete, long nowNanos) {
        List<Entry> due = new ArrayList<>();
        List<Entry> strangers = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (isDue(entry, complete, nowNanos)) {
                (entry.wanted() ? due : strangers).add(entry);
            }
        }
        if (due.size() + strangers.size() > max) {
            Map<Entry, Long> priorities = new HashMap<>();
            strangers.forEach(entry -> priorities.put(entry, priority.applyAsLong(entry.address)));
            strangers.sort(Comparator.comparing(priorities::get, Comparator.reverseOrder()));
        }
        due.addAll(strangers);
        return due.subList(0, Math.min(max, due.size()));
    }

    private static boolean isDue(Entry entry, boolean complete, long nowNanos) {
        return !entry.busy && !entry.self && !(complete && entry.seed) && nowNanos - entry.notBeforeNanos >= 0;
    }

    void dialled(Entry entry) {
        entry.busy = true;
    }

    void connected(PeerAddress address) {
        Entry entry = entries.get(address);
        if (entry != null) {
            entry.busy = true;
            entry.failures = 0;
        }
    }

    /** A dial or connection ended. @param good it had come as far as exchanging messages */
    void ended(PeerAddress address, boolean good, long nowNanos) {
        Entry entry = entries.get(address);
        if (entry == null) {
            return;
        }
        entry.busy = false;
        entry.plain &= good; // it may be another program the next time
        entry.failures = good ? 0 : entry.failures + 1;
        entry.notBeforeNanos = nowNanos + wait(entry);
    }

    private static long wait(Entry entry) {
        if (entry.named) {
            return NAMED_RETRY;
        }
        return entry.device ? Math.min(LONGEST_DEVICE_RETRY, NAMED_RETRY << Math.min(entry.failures, 8))
                : Math.min(LONGEST_RETRY, RETRY << Math.min(entry.failures, 8));
    }

    /** It was called and answered in this way. */
    void understood(PeerAddress address, LinkSecurity security) {
        Entry entry = entries.get(address);
        if (entry != null) {
            entry.plain = security instanceof LinkSecurity.Plain;
        }
    }

    /** A limit of ours was in the way: tried again soon, and not held against the address. */
    void refused(Entry entry, long nowNanos) {
        entry.notBeforeNanos = nowNanos + RETRY;
    }

    /** The peer at this address is connected by another way already. */
    void known(PeerAddress address, long nowNanos) {
        Entry entry = entries.get(address);
        if (entry != null) {
            entry.notBeforeNanos = nowNanos + KNOWN_RETRY;
        }
    }

    void isSelf(PeerAddress address) {
        Entry entry = entries.get(address);
        if (entry != null) {
            entry.self = true;
        }
    }

    /** We seek something again: the seeds that went because nobody wanted anything are called at once. */
    void seedsAgain(long nowNanos) {
        entries.values().stream().filter(entry -> entry.seed && entry.failures == 0).forEach(entry -> entry.notBeforeNanos = nowNanos);
    }

    void isSeed(PeerAddress address) {
        Entry entry = entries.get(address);
        if (entry != null) {
            entry.seed = true;
        }
    }
}
