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
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the files used last open, so that a block costs no open and close. Symbolic links are never followed in the
 * last part of a path. Thread-safe: a file in use by one thread is closed only when that use ends.
 */
public final class OpenFiles implements AutoCloseable {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> WRITE = Set.of(
            StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.SPARSE, LinkOption.NOFOLLOW_LINKS);

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    /** Something done with an open file. */
    interface Use<T> {
        T with(FileChannel channel) throws IOException;
    }

    private record Key(Path path, boolean writing) { }

    private static final class Entry {
        final FileChannel channel;
        int users;
        boolean retired;

        Entry(FileChannel channel) {
            this.channel = channel;
        }
    }

    /** @param limit files kept open at once; more are open only while they are in use */
    public OpenFiles(int limit) {
        this.limit = limit;
    }

    <T> T use(Path path, boolean writing, Use<T> use) throws IOException {
        Entry entry = enter(new Key(path, writing));
        try {
            return use.with(entry.channel);
        } finally {
            leave(entry);
        }
    }

    private Entry enter(Key key) throws IOException {
        List<FileChannel> surplus = new ArrayList<>();
        lock.lock();
        try {
            Entry entry = entries.get(key);
            if (entry == null) {
                entry = new Entry(FileChannel.open(key.path(), key.writing() ? WRITE : READ));
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

    /** Closes what is open of these files, before they are moved or deleted. */
    void forget(Path path) throws IOException {
        List<FileChannel> surplus = new ArrayList<>();
        lock.lock();
        try {
            for (boolean writing : new boolean[] {true, false}) {
                Entry entry = entries.remove(new Key(path, writing));
                if (entry != null) {
                    retire(entry, surplus);
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
