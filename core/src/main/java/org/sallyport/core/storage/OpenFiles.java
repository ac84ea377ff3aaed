package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Keeps the files used last open, so that a block costs no open and close. Symbolic links are never followed in the
 * last part of a path. Thread-safe: a file in use by one thread is closed only when that use ends.
 */
public final class OpenFiles implements AutoCloseable {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> WRITE = Set.of(
            StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.SPARSE, LinkOption.NOFOLLOW_LINKS);

    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    /** Something done with an open file. */
    interface Use<T> {
        T with(FileChannel channel) throws IOException;
    }

    /** Opens a file for upload, and looks at it again while it is kept open. */
    interface Guard {
        FileChannel open() throws IOException;

        /** @throws IOException if it is not the file any more that was opened */
        void look() throws IOException;
    }

    private enum Purpose { READ, WRITE }

    /** @param purpose what it was opened for, and for upload under which conditions: the guard itself */
    private record Key(Path path, Object purpose) { }

    private static final class Entry {
        final FileChannel channel;
        final ReentrantLock writing = new ReentrantLock();
        int users;
        boolean retired;
        volatile long lookedNanos = System.nanoTime();

        Entry(FileChannel channel) {
            this.channel = channel;
        }
    }

    /** @param limit files kept open at once; more are open only while they are in use */
    public OpenFiles(int limit) {
        this.limit = limit;
    }

    <T> T use(Path path, boolean writing, Use<T> use) throws IOException {
        Entry entry = enter(new Key(path, writing ? Purpose.WRITE : Purpose.READ));
        try {
            return use.with(entry.channel);
        } finally {
            leave(entry);
        }
    }

    /**
     * Writes to a file, one thread at a time. The system lets no more than one write to a file anyway, but whoever waits for it there keeps a
     * processor busy: 0.6 s for each GiB, where memory for the system's cache is slow to come.
     */
    <T> T write(Path path, Use<T> use) throws IOException {
        Entry entry = enter(new Key(path, Purpose.WRITE));
        entry.writing.lock();
        try {
            return use.with(entry.channel);
        } finally {
            entry.writing.unlock();
            leave(entry);
        }
    }

    /** For upload: opened by the guard, looked at again at most once a second, and forgotten when it is another file. */
    <T> T useGuarded(Path path, Guard guard, Use<T> use) throws IOException {
        Key key = new Key(path, guard);
        Optional<Entry> there = enterIfOpen(key);
        // opened without the lock: finding the way step by step takes longer than others should wait
        Entry entry = there.isPresent() ? there.get() : enterOpened(key, guard.open());
        try {
            long now = System.nanoTime();
            if (now - entry.lookedNanos > LOOK_EVERY) {
                guard.look();
                entry.lookedNanos = now;
            }
            return use.with(entry.channel);
        } catch (IOException e) {
            forget(key);
            throw e;
        } finally {
            leave(entry);
        }
    }

    private Optional<Entry> enterIfOpen(Key key) {
        lock.lock();
        try {
            Optional<Entry> entry = Optional.ofNullable(entries.get(key));
            entry.ifPresent(e -> e.users++);
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Another thread may have been quicker: then its channel is used, and this one closed. */
    private Entry enterOpened(Key key, FileChannel channel) throws IOException {
        List<FileChannel> surplus = new ArrayList<>();
        lock.lock();
        try {
            Entry entry = entries.get(key);
            if (entry == null) {
                entry = new Entry(channel);
                entries.put(key, entry);
                retireOldest(surplus);
            } else {
                surplus.add(channel);
            }
            entry.users++;
            return entry;
        } finally {
            lock.unlock();
            close(surplus);
        }
    }

    private Entry enter(Key key) throws IOException {
        List<FileChannel> surplus = new ArrayList<>();
        lock.lock();
        try {
            Entry entry = entries.get(key);
            if (entry == null) {
                entry = new Entry(FileChannel.open(key.path(), key.purpose() == Purpose.WRITE ? WRITE : READ));
                entries.put(key, entry);
                retireOldest(surplus);
            }
            entry.users++;
            return entry;
        } finally {
            lock.unlock();
            close(surplus);
        }
    }

    private void retireOldest(List<FileChannel> surplus) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (entries.size() > limit && oldest.hasNext()) {
            Entry entry = oldest.next();
            oldest.remove();
            retire(entry, surplus);
        }
    }

    private static void retire(Entry entry, List<FileChannel> surplus) {
        entry.retired = true;
        if (entry.users == 0) {
            surplus.add(entry.channel);
        }
    }

    private void leave(Entry entry) throws IOException {
        boolean last;
        lock.lock();
        try {
            entry.users--;
            last = entry.retired && entry.users == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            entry.channel.close();
        }
    }

    /** Closes what is open of a file, before it is moved or deleted. */
    void forget(Path path) throws IOException {
        forget(key -> key.path().equals(path));
    }

    private void forget(Key which) throws IOException {
        forget(which::equals);
    }

    private void forget(Predicate<Key> which) throws IOException {
        List<FileChannel> surplus = new ArrayList<>();
        lock.lock();
        try {
            Iterator<Map.Entry<Key, Entry>> all = entries.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<Key, Entry> each = all.next();
                if (which.test(each.getKey())) {
                    all.remove();
                    retire(each.getValue(), surplus);
                }
            }
        } finally {
            lock.unlock();
        }
        close(surplus);
    }

    private static void close(List<FileChannel> channels) throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        List<FileChannel> all = new ArrayList<>();
        lock.lock();
        try {
            entries.values().forEach(entry -> retire(entry, all));
            entries.clear();
        } finally {
            lock.unlock();
        }
        close(all);
    }
}
