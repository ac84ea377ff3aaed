package org.sallyport.core.storage;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.sallyport.core.model.Refusal;

/**
 * The one place every read for upload passes (invariant I2). Decided rarely, checked always: the grant is replaced when a policy decision, a
 * setting or the torrent's state changes, and each read looks at it. The gate knows what each file was when it was last known to be right;
 * a file that is another when it is opened, or while it is kept open, shuts the gate for the whole torrent ({@link GuardedFile}). Any thread.
 */
public final class ShareGate {
    private final AtomicBoolean open = new AtomicBoolean();
    private final Map<Integer, FileNote> notes = new ConcurrentHashMap<>();
    private volatile Optional<Path> folder = Optional.empty();
    private volatile BiConsumer<Refusal, String> breached = (refusal, file) -> { };

    /** Lets reads through from now on: policy allowed this torrent to be shared. */
    public void open() {
        open.set(true);
    }

    /** On the network thread: no read gives a byte any more, also none that is under way. */
    public void shut() {
        open.set(false);
    }

    public boolean isOpen() {
        return open.get();
    }

    /**
     * Says what the released files are now: what was found before their content was last compared with the torrent, or nothing else would be
     * sure to be what was compared. @param found by file index; others are not shared
     */
    public void expect(Map<Integer, FileNote> found) {
        notes.keySet().retainAll(found.keySet());
        notes.putAll(found);
        folder = Optional.empty();
    }

    /** Likewise for one file that has just left quarantine. */
    void expect(int file, FileNote note) {
        notes.put(file, note);
    }

    /** Empty for a file that is not known to be right. */
    Optional<FileNote> expected(int file) {
        return Optional.ofNullable(notes.get(file));
    }

    /** What is expected now, by file index; a copy. */
    public Map<Integer, FileNote> expected() {
        return Map.copyOf(notes);
    }

    /** The torrent's folder as it was, without links, when the first file was read since {@link #expect(Map)}. */
    Path folderOr(Path now) {
        if (folder.isEmpty()) {
            folder = Optional.of(now);
        }
        return folder.orElse(now);
    }

    /** @param handler told once each time the gate shut itself, on the network thread: why, and which file of the torrent */
    public void onBreach(BiConsumer<Refusal, String> handler) {
        breached = handler;
    }

    /** @return whether it was open until now */
    boolean shutItself() {
        return open.compareAndSet(true, false);
    }

    void tellBreach(BreachException breach) {
        breached.accept(breach.refusal(), breach.file());
    }
}
