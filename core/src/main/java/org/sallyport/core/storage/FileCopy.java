package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Copies files to another disk, waits until they are on it, and reads them back to compare; removes copies again. Disk threads. */
final class FileCopy {
    private static final int CHUNK = 1 << 20;

    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private final long total;
    private final DoubleConsumer progress;
    private final BooleanSupplier cancelled;
    private long done;

    /** @param total bytes of all files */
    FileCopy(long total, DoubleConsumer progress, BooleanSupplier cancelled) {
        this.total = total;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    /** @return false if it was cancelled; what there is of the copy is worth nothing then */
    boolean copy(DataMove.Item item) throws StorageException {
        try {
            BasicFileAttributes before = attributes(item.source());
            Files.createDirectories(item.staged().getParent());
            byte[] written = write(item);
            byte[] read = written.length == 0 ? written : read(item.staged());
            if (written.length == 0 || read.length == 0) {
                return false;
            }
            BasicFileAttributes after = attributes(item.source());
            if (!Arrays.equals(written, read)) {
                throw new StorageException(StorageException.Kind.BROKEN, "The copy of \"" + item.name()
                        + "\" differs from the file, so nothing was moved. The disk of the new folder may be failing.");
            }
            if (before.size() != after.size() || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
                throw new StorageException(StorageException.Kind.CHANGED, "\"" + item.name()
                        + "\" was changed while it was copied, so nothing was moved. Close what uses it, then try again.");
            }
            OriginMark.carry(item.source(), item.staged());
            Files.setLastModifiedTime(item.staged(), before.lastModifiedTime());
            return true;
        } catch (IOException e) {
            throw StorageException.of(e, item.name(), item.staged().getParent());
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** @return what was written, in short; empty if it was cancelled */
    private byte[] write(DataMove.Item item) throws IOException {
        MessageDigest digest = Digests.sha1().get();
        try (FileChannel source = FileChannel.open(item.source(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileChannel target = FileChannel.open(item.staged(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            while (source.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
                buffer.rewind();
                count(buffer.remaining());
                while (buffer.hasRemaining()) {
                    target.write(buffer);
                }
                if (cancelled.getAsBoolean()) {
                    return new byte[0];
                }
            }
            target.force(true);
            return digest.digest();
        }
    }

    private byte[] read(Path file) throws IOException {
        MessageDigest digest = Digests.sha1().get();
        try (FileChannel copy = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (copy.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
                count(buffer.limit());
                if (cancelled.getAsBoolean()) {
                    return new byte[0];
                }
            }
            return digest.digest();
        }
    }

    /** Each byte is written and read. */
    private void count(int bytes) {
        done += bytes;
        progress.accept(total == 0 ? 1 : Math.min(1, done / (2.0 * total)));
    }

    /** A name must outlive a power cut before what it replaces is deleted; not every system lets a folder be opened. */
    static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows; and a single file has no folder of its own
        }
    }

    /** Removes what there is of copies, whole or not; done also when there is nothing. */
    static void discard(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, @Nullable IOException trouble) throws IOException {
                    Files.delete(left);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // a copy nobody knows of stays behind the door; the next move to this folder removes it
        }
    }
}
