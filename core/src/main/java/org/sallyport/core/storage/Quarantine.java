package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder of one torrent's unreleased files: made when first needed, only its owner enters it, gone when empty. Disk threads. */
final class Quarantine {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Layout layout;
    private volatile boolean made;

    Quarantine(Layout layout) {
        this.layout = layout;
    }

    /** Makes sure that it is there and shut, also when it stood open. */
    void ensure() throws IOException, StorageException {
        if (made) {
            return;
        }
        Files.createDirectories(layout.folder());
        boolean modes = Files.getFileStore(layout.folder()).supportsFileAttributeView("posix");
        ensurePrivate(layout.quarantine().getParent(), modes);
        ensurePrivate(layout.quarantine(), modes);
        made = true;
    }

    static void ensurePrivate(Path folder, boolean modes) throws IOException, StorageException {
        try {
            if (modes) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
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
        made = false;
        deleteIfEmpty(layout.quarantine());
        deleteIfEmpty(layout.quarantine().getParent());
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
