package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;

/**
 * Where each file of a torrent is: in quarantine until it is released, then in the download folder. Quarantine lies in
 * the download folder, so that release is a rename, and names there tell nothing and start nothing. Thread-safe.
 */
public final class Layout {
    private static final String QUARANTINE = ".sallyport";

    private final Metainfo metainfo;
    private final Path folder;
    private final String rootName;
    private final AtomicReferenceArray<Place> places;

    private enum Place { QUARANTINED, RELEASED }

    /**
     * @param folder   download folder, absolute
     * @param rootName name of the released file or folder in it; the torrent's name unless that was taken
     */
    public Layout(Metainfo metainfo, Path folder, String rootName) {
        this.metainfo = metainfo;
        this.folder = folder;
        this.rootName = rootName;
        this.places = new AtomicReferenceArray<>(metainfo.files().size());
        for (FileEntry file : metainfo.files()) {
            places.set(file.index(), Place.QUARANTINED);
        }
    }

    /** The hidden folder, mode 0700, that holds this torrent's unreleased files. */
    public Path quarantine() {
        return folder.resolve(QUARANTINE).resolve(metainfo.hash().hex());
    }

    /** Whether a folder is, by its name, where unreleased files of any torrent wait. */
    public static boolean isQuarantine(Path folder) {
        return folder.endsWith(QUARANTINE);
    }

    Path quarantined(int file) {
        return quarantine().resolve(String.format(Locale.ROOT, "%06d.part", file));
    }

    /** Where a file goes, or is, once released. */
    public Path released(int file) {
        String path = metainfo.files().get(file).path();
        int root = path.indexOf('/');
        return metainfo.singleFile() || root < 0 ? folder.resolve(rootName) : folder.resolve(rootName).resolve(path.substring(root + 1));
    }

    /** The released file or folder. */
    public Path root() {
        return folder.resolve(rootName);
    }

    public Path folder() {
        return folder;
    }

    public boolean isReleased(int file) {
        return places.get(file) == Place.RELEASED;
    }

    /** Length of a file's part in quarantine; −1 when there is none. */
    public long quarantinedBytes(int file) {
        try {
            var seen = Files.readAttributes(quarantined(file), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return seen.isRegularFile() ? seen.size() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** Whether an earlier download of this torrent left parts here. */
    public boolean hasLeftovers() {
        return Files.isDirectory(quarantine(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Where the file is now, or will be while it is fetched. */
    public Path place(int file) {
        return isReleased(file) ? released(file) : quarantined(file);
    }

    public void markReleased(int file) {
        places.set(file, Place.RELEASED);
    }

    void markQuarantined(int file) {
        places.set(file, Place.QUARANTINED);
    }

    /** The file was found on the other side of the door than was recorded. */
    public void correct(int file) {
        places.set(file, isReleased(file) ? Place.QUARANTINED : Place.RELEASED);
    }
}
