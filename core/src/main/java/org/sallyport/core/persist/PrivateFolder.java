package org.sallyport.core.persist;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.stream.Stream;

/** Folders and files only their owner can enter. On Windows the user's profile is private by inheritance, and nothing is changed. */
final class PrivateFolder {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFolder() { }

    /**
     * Makes {@code dir} (and its parents) with mode 0700, or tightens one that is there.
     *
     * @param marks names that show the folder is one of ours; a folder that is too open, not empty and without any of
     *              them is refused, because closing {@code /tmp} or a shared folder would break other programs
     */
    static void ensure(Path dir, Set<String> marks) throws IOException {
        if (!Files.exists(dir)) {
            Files.createDirectories(dir, attributes(dir, FOLDER));
        }
        if (!Files.isDirectory(dir)) {
            throw new IOException("The data folder " + dir + " is not a folder. Choose another place.");
        }
        if (!hasModes(dir) || Files.getPosixFilePermissions(dir).equals(FOLDER)) {
            return;
        }
        if (!isEmptyOrMarked(dir, marks)) {
            throw new IOException("The data folder " + dir + " holds other things and is open to other users. Choose an empty folder.");
        }
        Files.setPosixFilePermissions(dir, FOLDER);
        if (!Files.getPosixFilePermissions(dir).equals(FOLDER)) {
            throw new IOException("The data folder " + dir + " cannot be closed to other users on this disk. Choose another place.");
        }
    }

    /** Makes one folder with mode 0700 in an existing one; done also when it is there already. */
    static void createOne(Path dir) throws IOException {
        try {
            Files.createDirectory(dir, attributes(dir, FOLDER));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(dir, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** As {@link #createOne}, and closes one that was opened to others: it holds nothing but ours. */
    static void closeOne(Path dir) throws IOException {
        createOne(dir);
        if (hasModes(dir)) {
            Files.setPosixFilePermissions(dir, FOLDER);
        }
    }

    /** An empty file with mode 0600; done also when it is there already. */
    static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException e) {
            if (hasModes(file)) {
                Files.setPosixFilePermissions(file, FILE);
            }
        }
    }

    /** True for a real folder (no link) of {@code owner} that nobody else can enter. */
    static boolean isPrivate(Path dir, UserPrincipal owner) throws IOException {
        return Files.isDirectory(dir, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(dir, LinkOption.NOFOLLOW_LINKS).equals(owner)
                && (!hasModes(dir) || Files.getPosixFilePermissions(dir, LinkOption.NOFOLLOW_LINKS).equals(FOLDER));
    }

    private static boolean isEmptyOrMarked(Path dir, Set<String> marks) throws IOException {
        if (marks.stream().anyMatch(name -> Files.exists(dir.resolve(name)))) {
            return true;
        }
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.findAny().isEmpty();
        }
    }

    private static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
        return hasModes(path) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }
}
