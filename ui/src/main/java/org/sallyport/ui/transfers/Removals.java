package org.sallyport.ui.transfers;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.sallyport.core.model.InfoHash;
import org.sallyport.ui.feed.FxThread;

/**
 * Torrents that were taken off the list and can still be put back. The engine is told only when the time to undo has
 * passed, so a crash in between loses nothing. FX thread.
 */
final class Removals {
    private static final int SNAPSHOTS_UNTIL_FORGOTTEN = 3;

    private final Duration undoTime;
    private final Sender sender;
    private final Runnable hiddenChanged;
    private final Set<InfoHash> hidden = new HashSet<>();
    private final Map<InfoHash, Integer> snapshotsLeft = new HashMap<>();
    private final ReadOnlyIntegerWrapper pendingCount = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper pendingName = new ReadOnlyStringWrapper("");
    private List<InfoHash> pending = List.of();
    private FxThread.Planned deadline = () -> { };

    /** Tells the engine. */
    interface Sender {
        void remove(InfoHash hash);
    }

    Removals(Duration undoTime, Sender sender, Runnable hiddenChanged) {
        this.undoTime = undoTime;
        this.sender = sender;
        this.hiddenChanged = hiddenChanged;
    }

    /** Hides these torrents now and removes them when the time to undo has passed; what was pending before is removed at once. */
    void plan(List<InfoHash> hashes, String name) {
        settle();
        pending = List.copyOf(hashes);
        hidden.addAll(hashes);
        pendingName.set(name);
        pendingCount.set(hashes.size());
        deadline = FxThread.after(undoTime, this::settle);
        hiddenChanged.run();
    }

    void undo() {
        deadline.cancel();
        pending.forEach(hidden::remove);
        forgetPending();
        hiddenChanged.run();
    }

    /** Sends what is pending without waiting any longer. */
    void settle() {
        deadline.cancel();
        List<InfoHash> due = pending;
        forgetPending();
        due.forEach(sender::remove);
    }

    private void forgetPending() {
        pending = List.of();
        pendingCount.set(0);
        pendingName.set("");
    }

    /** Nothing is hidden. */
    boolean isIdle() {
        return hidden.isEmpty() && snapshotsLeft.isEmpty();
    }

    boolean hides(InfoHash hash) {
        return hidden.contains(hash);
    }

    /** The engine did not remove it: show it again. */
    void reveal(InfoHash hash) {
        if (hidden.remove(hash)) {
            hiddenChanged.run();
        }
    }

    /** The engine removed it. A snapshot made before may still be on its way, so it stays hidden for a few more. */
    void sent(InfoHash hash) {
        snapshotsLeft.put(hash, SNAPSHOTS_UNTIL_FORGOTTEN);
    }

    /** Forgets what the engine no longer has, so that the same torrent can be added again and is seen. Call with each snapshot. */
    void keepOnly(Set<InfoHash> present) {
        snapshotsLeft.replaceAll((hash, left) -> left - 1);
        snapshotsLeft.forEach((hash, left) -> {
            if (left == 0) {
                hidden.remove(hash);
            }
        });
        snapshotsLeft.values().removeIf(left -> left <= 0);
        hidden.retainAll(present);
    }

    /** How many can be put back; 0 when nothing can. */
    ReadOnlyIntegerProperty pendingCountProperty() {
        return pendingCount.getReadOnlyProperty();
    }

    /** The name of the one torrent that can be put back. */
    ReadOnlyStringProperty pendingNameProperty() {
        return pendingName.getReadOnlyProperty();
    }
}
