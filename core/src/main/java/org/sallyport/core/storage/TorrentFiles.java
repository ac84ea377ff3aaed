package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;

/** The bytes of a torrent as one long string over its files; padding reads as zeros and is never written. Disk threads. */
final class TorrentFiles {
    private final Metainfo metainfo;
    private final Layout layout;
    private final OpenFiles open;
    private final List<FileEntry> files;
    private final Set<Integer> dirty = ConcurrentHashMap.newKeySet();
    private volatile boolean quarantineMade;

    TorrentFiles(Metainfo metainfo, Layout layout, OpenFiles open) {
        this.metainfo = metainfo;
        this.layout = layout;
        this.open = open;
        this.files = metainfo.files();
    }

    private interface Part {
        void at(FileEntry file, long position, ByteBuffer slice) throws IOException, StorageException;
    }

    /** Writes all of {@code data} to its place in {@code piece}. */
    void write(int piece, int begin, ByteBuffer data) throws StorageException {
        each(piece, begin, data, (file, position, slice) -> {
            if (file.pad()) {
                return;
            }
            ensureQuarantine();
            open.use(layout.place(file.index()), true, channel -> {
                long at = position;
                while (slice.hasRemaining()) {
                    at += channel.write(slice, at);
                }
                return at;
            });
            dirty.add(file.index());
        });
    }

    /** Fills all of {@code into} from {@code piece}. */
    void read(int piece, int begin, ByteBuffer into) throws StorageException {
        each(piece, begin, into, (file, position, slice) -> {
            if (file.pad()) {
                while (slice.hasRemaining()) {
                    slice.put((byte) 0);
                }
            } else {
                readFile(file, position, slice);
            }
        });
    }

    private void readFile(FileEntry file, long position, ByteBuffer slice) throws IOException, StorageException {
        Path place = layout.place(file.index());
        FileRead read = channel -> {
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
            whole = open.use(place, false, read::whole);
        } catch (NoSuchFileException e) {
            // it may have been released a moment ago
            Path now = layout.place(file.index());
            if (now.equals(place)) {
                throw e;
            }
            whole = open.use(now, false, read::whole);
        }
        if (!whole) {
            throw new StorageException(StorageException.Kind.CHANGED, "\"" + file.path() + "\" is shorter than it was. Check the files again.");
        }
    }

    private interface FileRead {
        boolean whole(FileChannel channel) throws IOException;
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
            } catch (IOException e) {
                throw StorageException.of(e, file.path());
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

    void ensureQuarantine() throws IOException {
        if (quarantineMade) {
            return;
        }
        Path quarantine = layout.quarantine();
        Files.createDirectories(layout.folder());
        if (Files.getFileStore(layout.folder()).supportsFileAttributeView("posix")) {
            Files.createDirectories(quarantine, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(quarantine);
        }
        quarantineMade = true;
    }

    /** The quarantine folder may be gone: it is made again before the next write. */
    void forgetQuarantine() {
        quarantineMade = false;
    }

    /** Waits until everything written so far is on the medium. */
    void sync() throws StorageException {
        for (int index : dirty) {
            dirty.remove(index);
            try {
                open.use(layout.place(index), true, channel -> {
                    channel.force(false);
                    return true;
                });
            } catch (NoSuchFileException e) {
                continue; // removed or released since; a release syncs by itself
            } catch (IOException e) {
                dirty.add(index);
                throw StorageException.of(e, files.get(index).path());
            }
        }
    }

    void makeEmpty(int file) throws IOException {
        ensureQuarantine();
        open.use(layout.place(file), true, channel -> channel.size());
    }

    void forget(int file) throws IOException {
        open.forget(layout.place(file));
    }

    void forgetPath(Path path) throws IOException {
        open.forget(path);
    }
}
