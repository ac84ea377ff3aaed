package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folder of one torrent's unreleased files: made when first needed, only its owner enters it, gone when empty; so is the folder of all
 * quarantines around it. A folder that was only just made is empty, too, so either may go again before there is anything in it. Disk threads.
 */
final class Quarantine {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** Each time in vain, somebody took the folder around it away in between; a torrent does that once, when it is complete. */
    private static final int TRIES = 100;

    private final Layout layout;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile boolean made;
    private volatile int tidied;

    Quarantine(Layout layout) {
        this.layout = layout;
    }

    /** Uses a path in it. */
    interface Step {
        void take() throws IOException, StorageException;
    }

    /** Makes sure that it is there, and makes it anew if it was {@linkplain #tidy tidied} away before that path was there. */
    void within(Step step) throws IOException, StorageException {
        while (true) {
            int before = tidied;
            ensure();
            try {
                step.take();
                return;
            } catch (NoSuchFileException e) {
                if (!wasTidiedSince(before)) {
                    throw e;
                }
            }
        }
    }

    private boolean wasTidiedSince(int before) {
        changing.lock(); // a tidying under way counts
        try {
            return tidied != before;
        } finally {
            changing.unlock();
        }
    }

    /** Makes sure that it is there and shut, also when it stood open. */
    void ensure() throws IOException, StorageException {
        if (made) {
            return;
        }
        changing.lock();
        try {
            if (!made) {
                Files.createDirectories(layout.folder());
                makePrivate(layout.quarantine(), Files.getFileStore(layout.folder()).supportsFileAttributeView("posix"));
                made = true;
            }
        } finally {
            changing.unlock();
        }
    }

    /** Makes a folder in the folder of all quarantines, and that one before it. */
    static void makePrivate(Path folder, boolean modes) throws IOException, StorageException {
        intoPrivate(folder.getParent(), modes, () -> ensurePrivate(folder, modes));
    }

    /** Puts something into the folder of all quarantines, which is made before, and anew if it goes before that is in it. */
    static void intoPrivate(Path all, boolean modes, Step step) throws IOException, StorageException {
        for (int tries = 1; ; tries++) {
            try {
                ensurePrivate(all, modes);
                step.take();
                return;
            } catch (NoSuchFileException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** @throws NoSuchFileException if it was there and is not any more, or the folder around it is not */
    static void ensurePrivate(Path folder, boolean modes) throws IOException, StorageException {
        try {
            if (modes) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isDirectory()) {
                throw new StorageException(StorageException.Kind.DENIED, "\"" + folder.getFileName()
                        + "\" in the download folder is a link or a file, but files wait there until they are whole. Remove it.", e);
            }
            if (modes && !Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(folder, OWNER_ONLY);
            }
        }
    }

    /** Removes it and the folder of all quarantines if nothing is left in them. */
    void tidy() {
        changing.lock();
        try {
            deleteIfEmpty(layout.quarantine());
            deleteIfEmpty(layout.quarantine().getParent());
            made = false;
            tidied++;
        } finally {
            changing.unlock();
        }
    }

    static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // other torrents, or parts of unselected files
        } catch (IOException e) {
            // an empty hidden folder stays behind; nothing depends on it
        }
    }
}
