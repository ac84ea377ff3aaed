package org.sallyport.core.persist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A small file that only its owner may read (mode 0600), replaced as a whole or not at all. */
public final class PrivateFile {
    private PrivateFile() { }

    /**
     * The content, after other users were shut out again in case somebody let them in.
     *
     * @param maxBytes a longer file is refused
     * @return empty if there is no such file
     * @throws PersistException if it is a link, too long or cannot be read
     */
    public static Optional<byte[]> read(Path file, int maxBytes) throws PersistException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new PersistException(file + " is not a plain file. Remove it and start again.");
            }
            PrivateFolder.createFile(file);
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] content = in.readNBytes(maxBytes + 1);
                if (content.length > maxBytes) {
                    throw new PersistException(file + " is longer than " + maxBytes + " bytes, so it is not ours.");
                }
                return Optional.of(content);
            }
        } catch (IOException e) {
            throw new PersistException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Replaces the file; what is read afterwards, also after a power cut, is the old content or the new one. */
    public static void write(Path file, byte[] content) throws PersistException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(fresh);
            PrivateFolder.createFile(fresh);
            Files.write(fresh, content, StandardOpenOption.WRITE);
            sync(fresh, StandardOpenOption.WRITE);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new PersistException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    // the rename itself must reach the disk; Windows cannot open a folder, and orders renames by itself
    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            sync(folder, StandardOpenOption.READ);
        }
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
