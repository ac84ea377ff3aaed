package org.sallyport.core.discovery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/** The torrents that look for peers, each on its turn: about every 15 minutes, sooner after nobody answered. Network thread only. */
final class DhtSearches {
    static final long EVERY_MILLIS = 15 * 60_000;
    static final long MINUTE_MILLIS = 60_000;
    private static final long FIRST_RETRY_MILLIS = 5_000;
    private static final int RUNNING = 8;

    /** Looks for a torrent once. */
    interface Lookups {
        /** @param ended told how many nodes answered, once, perhaps before this returns */
        void look(NodeId hash, boolean join, Consumer<List<PeerAddress>> found, IntConsumer ended);
    }

    private final Lookups lookups;
    private final Random random;
    private final Set<OneSearch> all = new LinkedHashSet<>();
    private int running;

    DhtSearches(Lookups lookups, Random random) {
        this.lookups = lookups;
        this.random = random;
    }

    private final class OneSearch implements PeerFinder.Search {
        final NodeId hash;
        final boolean join;
        final Consumer<List<PeerAddress>> found;
        long notBefore = Long.MIN_VALUE;
        long due = Long.MIN_VALUE;
        int failures;
        boolean busy;

        OneSearch(NodeId hash, boolean join, Consumer<List<PeerAddress>> found) {
            this.hash = hash;
            this.join = join;
            this.found = found;
        }

        @Override
        public void again() {
            due = Math.min(due, notBefore);
        }

        @Override
        public void close() {
            all.remove(this);
        }

        void begin(long now) {
            busy = true;
            running++;
            notBefore = now + MINUTE_MILLIS;
            lookups.look(hash, join, peers -> {
                if (all.contains(this)) {
                    found.accept(peers);
                }
            }, answers -> ended(answers, now));
        }

        void ended(int answers, long now) {
            busy = false;
            running--;
            failures = answers > 0 ? 0 : Math.min(failures + 1, 8);
            long wait = answers > 0 ? EVERY_MILLIS + random.nextInt((int) MINUTE_MILLIS)
                    : Math.min(EVERY_MILLIS, FIRST_RETRY_MILLIS << failures - 1);
            due = now + wait;
            if (answers == 0) {
                notBefore = due;
            }
        }
    }

    PeerFinder.Search add(InfoHash hash, boolean join, Consumer<List<PeerAddress>> found) {
        OneSearch search = new OneSearch(NodeId.of(hash), join, found);
        all.add(search);
        return search;
    }

    /** There are nodes, and there were none: whoever waited has his turn. */
    void wake() {
        all.forEach(search -> {
            if (search.failures > 0) {
                search.due = Long.MIN_VALUE;
            }
        });
    }

    /** The number of torrents that look. */
    int size() {
        return all.size();
    }

    void tick(long now) {
        if (running >= RUNNING) {
            return;
        }
        for (OneSearch search : new ArrayList<>(all)) {
            if (!search.busy && now >= search.due && running < RUNNING) {
                // to the end of the line, so that many torrents have their turns
                all.remove(search);
                all.add(search);
                search.begin(now);
            }
        }
    }
}
