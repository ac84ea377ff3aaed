package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which torrents of a list are awake, which rest, and which of these are looked at next: most of a long list rests, and that must cost next
 * to nothing. Network thread only.
 */
final class WakeList<T extends WakeList.Sleeper> {
    /** A short list is looked through every second. */
    static final int LOOKS = 100;
    /** A longer one within so many seconds, for what changes a torrent at rest without waking it. */
    static final int ROUND_SECONDS = 10;

    private final Set<T> awake = new TreeSet<>(Comparator.comparingInt(Sleeper::number));
    /** Those looked at longest ago first. */
    private final Set<T> resting = new LinkedHashSet<>();
    private final Set<T> noted = new TreeSet<>(Comparator.comparingInt(Sleeper::number));
    private final Set<T> waiting = new TreeSet<>(Comparator.comparingInt(Sleeper::number));
    private List<T> awakeNow = List.of();
    private boolean changed;
    private int changes;

    /** One that can rest. */
    interface Sleeper {
        /** Its place in the list; never the same twice, and always the same. */
        int number();

        /** Somebody is about to do something with it. */
        void wake();

        /** Falls asleep if it has nothing to do. @return whether it is awake */
        boolean settle();

        /** It is to be woken when its turn comes. */
        boolean isWaiting();

        /** There is something of it to be told or watched for even while it rests. */
        boolean isNoted();
    }

    void add(T one) {
        wake(one);
    }

    void remove(T one) {
        changed |= awake.remove(one);
        resting.remove(one);
        noted.remove(one);
        waiting.remove(one);
        changes++;
    }

    void wake(T one) {
        one.wake();
        changes++;
        resting.remove(one);
        noted.remove(one);
        waiting.remove(one);
        changed |= awake.add(one);
    }

    /** Counts whoever came, went or was woken: as long as it stays the same and none is awake, nothing has changed. */
    int changes() {
        return changes;
    }

    /** In the order of the list. */
    List<T> awake() {
        if (changed) {
            changed = false;
            awakeNow = List.copyOf(awake);
        }
        return awakeNow;
    }

    /** Those that are awake, and those that {@linkplain Sleeper#isNoted are noted} as well; in the order of the list. */
    List<T> noted() {
        if (noted.isEmpty()) {
            return awake();
        }
        Set<T> all = new TreeSet<>(Comparator.comparingInt(Sleeper::number));
        all.addAll(awake);
        all.addAll(noted);
        return List.copyOf(all);
    }

    /** Those that rest until it is their turn, in the order of the list. */
    Collection<T> waiting() {
        return Collections.unmodifiableSet(waiting);
    }

    /** Those to be looked at in this second, each of which is to be {@linkplain #settle settled} then. */
    List<T> due() {
        List<T> due = new ArrayList<>(awake());
        int looks = Math.max(LOOKS, resting.size() / ROUND_SECONDS + 1);
        Iterator<T> next = resting.iterator();
        while (looks-- > 0 && next.hasNext()) {
            due.add(next.next());
        }
        return due;
    }

    void settle(T one) {
        resting.remove(one);
        noted.remove(one);
        waiting.remove(one);
        if (one.settle()) {
            if (awake.add(one)) {
                changed = true;
                changes++;
            }
        } else {
            changed |= awake.remove(one);
            resting.add(one);
            if (one.isNoted()) {
                noted.add(one);
            }
            if (one.isWaiting()) {
                waiting.add(one);
            }
        }
    }
}
