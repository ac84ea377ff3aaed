package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes of a torrent as one long string over its files; padding reads as zeros and is never written. Disk threads. */
final class TorrentFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TorrentFiles.class);

    /**
     * Written with one call. For larger ones Linux takes memory for its cache in large pages, and on a virtual machine that gives free memory
     * back those have to be had from the host first: 1 GiB in calls of 1 MiB then took 3.4 to 4 s of processor time, in these 0.43 s.
     */
    private static final int WRITE_BYTES = 32 << 10;

    private final Metainfo metainfo;
    private final Layout layout;
    private final OpenFiles open;
    private final List<FileEntry> files;
    private final Set<Integer> dirty = ConcurrentHashMap.newKeySet();
    private final Quarantine quarantine;
    private final ReentrantLock moving = new ReentrantLock();

    TorrentFiles(Metainfo metainfo, Layout layout, OpenFiles open) {
        this.metainfo = metainfo;
        this.layout = layout;
        this.open = open;
        this.files = metainfo.files();
        this.quarantine = new Quarantine(layout);
    }

    private interface Part {
        void at(FileEntry file, long position, ByteBuffer slice) throws IOException, StorageException;
    }

    /** Writes all of {@code data} to its place in {@code piece}; padding in it becomes zeros. */
    void write(int piece, int begin, ByteBuffer data) throws StorageException {
        each(piece, begin, data, (file, position, slice) -> {
            if (file.pad()) {
                // what was sent for it does not matter: the hash and the blame see the zeros a later read gives
                zeros(slice);
                return;
            }
            if (layout.isReleased(file.index())) {
                // the last gate of I3: what people can open is never written
                throw new StorageException(StorageException.Kind.DENIED, "\"" + file.path() + "\" is in use already. Check the files again.");
            }
            quarantine.within(() -> open.write(layout.place(file.index()), channel -> write(channel, position, slice)));
            dirty.add(file.index());
        });
    }

    private static long write(FileChannel channel, long position, ByteBuffer slice) throws IOException {
        int end = slice.limit();
        long at = position;
        while (slice.position() < end) {
            slice.limit(Math.min(end, slice.position() + WRITE_BYTES));
            at += channel.write(slice, at);
        }
        slice.limit(end);
        return at;
    }

    /** Fills all of {@code into} from {@code piece}; for checking, never for upload. */
    void read(int piece, int begin, ByteBuffer into) throws StorageException {
        read(piece, begin, into, (file, use) -> open.use(layout.place(file.index()), false, use));
    }

    /** Likewise for upload: each file must be the one the gate expects. */
    void readShared(int piece, int begin, ByteBuffer into, ShareGate gate) throws StorageException {
        read(piece, begin, into, (file, use) -> {
            boolean released = layout.isReleased(file.index());
            Optional<FileNote> note = gate.expected(file.index());
            if (released && note.isEmpty()) {
                throw new BreachException("share.changed", file.path(), "\"" + file.path()
                        + "\" is not known to be the file that was shared, so nothing of it is sent. Check the files again.");
            }
            Path place = released ? layout.released(file.index()) : layout.quarantined(file.index());
            return open.useGuarded(place, new GuardedFile(gate, layout.folder(), place, file.path(), released ? note : Optional.empty()), use);
        });
    }

    private void read(int piece, int begin, ByteBuffer into, Access access) throws StorageException {
        each(piece, begin, into, (file, position, slice) -> {
            if (file.pad()) {
                zeros(slice);
            } else {
                readFile(file, position, slice, access);
            }
        });
    }

    /** How a file is opened to be read. */
    private interface Access {
        boolean use(FileEntry file, OpenFiles.Use<Boolean> use) throws IOException;
    }

    private static void zeros(ByteBuffer slice) {
        while (slice.hasRemaining()) {
            slice.put((byte) 0);
        }
    }

    private void readFile(FileEntry file, long position, ByteBuffer slice, Access access) throws IOException, StorageException {
        boolean before = layout.isReleased(file.index());
        OpenFiles.Use<Boolean> read = channel -> {
            long at = position;
            while (slice.hasRemaining()) {
                int n = channel.read(slice, at);
                if (n < 0) {
                    return false;
                }
                at += n;
            }
            return true;
        };
        boolean whole;
        try {
            whole = access.use(file, read);
        } catch (NoSuchFileException e) {
            // it may be on its way out of quarantine
            moving.lock();
            moving.unlock();
            if (layout.isReleased(file.index()) == before) {
                throw e;
            }
            whole = access.use(file, read);
        }
        if (!whole) {
            throw new StorageException(StorageException.Kind.CHANGED, "\"" + file.path() + "\" is shorter than it was. Check the files again.");
        }
    }

    private void each(int piece, int begin, ByteBuffer data, Part part) throws StorageException {
        long offset = (long) piece * metainfo.pieceLength() + begin;
        int index = fileAt(offset);
        int end = data.limit();
        while (data.position() < end) {
            FileEntry file = files.get(index++);
            long position = offset - file.offset();
            int n = (int) Math.min(end - data.position(), file.size() - position);
            if (n <= 0) {
                continue; // an empty file
            }
            data.limit(data.position() + n);
            try {
                part.at(file, position, data);
            } catch (BreachException e) {
                throw new StorageException(StorageException.Kind.GATE, e.getMessage(), e);
            } catch (IOException e) {
                throw StorageException.of(e, file.path(), layout.folder());
            }
            offset += n;
        }
        data.limit(end);
    }

    /** Index of the file that holds the byte at {@code offset} of the content. */
    private int fileAt(long offset) {
        int low = 0;
        int high = files.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (files.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Held while a file is between two places. */
    ReentrantLock moving() {
        return moving;
    }

    Quarantine quarantine() {
        return quarantine;
    }

    /** Waits until everything written so far is on the medium. */
    void sync() throws StorageException {
        for (int index : dirty) {
            sync(index);
        }
    }

    /** Waits until what was written of one file so far is on the medium. */
    void sync(int index) throws StorageException {
        if (!dirty.remove(index)) {
            return;
        }
        Path place = layout.place(index);
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return; // removed; opening it to write would make it anew
        }
        try {
            open.use(place, true, channel -> {
                channel.force(false);
                return true;
            });
        } catch (IOException e) {
            dirty.add(index);
            throw StorageException.of(e, files.get(index).path(), layout.folder());
        }
    }

    void makeEmpty(int file) throws IOException, StorageException {
        quarantine.within(() -> open.use(layout.place(file), true, channel -> channel.size()));
    }

    void forget(int file) throws IOException {
        open.forget(layout.place(file));
    }

    void forgetAll() {
        for (FileEntry file : files) {
            try {
                forget(file.index());
            } catch (IOException e) {
                LOG.warn("a file of {} could not be closed", metainfo.hash().shortHex(), e);
            }
        }
    }

    void forgetPath(Path path) throws IOException {
        open.forget(path);
    }
}
