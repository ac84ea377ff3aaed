package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final Map<String, String> renamed;
    private final AtomicReferenceArray<Place> places;
    private final AtomicInteger version = new AtomicInteger();

    private enum Place { QUARANTINED, RELEASED }

    /**
     * @param folder   download folder, absolute
     * @param rootName name of the released file or folder in it; the torrent's name unless that was taken
     */
    public Layout(Metainfo metainfo, Path folder, String rootName) {
        this(metainfo, folder, rootName, Map.of());
    }

    /**
     * @param renamed by path as in the torrent, of a file or folder, the name it has instead; the root's is only shown, {@code rootName} is on disk
     */
    public Layout(Metainfo metainfo, Path folder, String rootName, Map<String, String> renamed) {
        this.metainfo = metainfo;
        this.folder = folder;
        this.rootName = rootName;
        this.renamed = Map.copyOf(renamed);
        this.places = new AtomicReferenceArray<>(metainfo.files().size());
        for (FileEntry file : metainfo.files()) {
            places.set(file.index(), Place.QUARANTINED);
        }
    }

    /** The same files in another folder; each on the same side of the door. */
    public Layout in(Path otherFolder, String otherRoot) {
        Layout other = new Layout(metainfo, otherFolder, otherRoot, renamed);
        for (int file = 0; file < places.length(); file++) {
            other.places.set(file, places.get(file));
        }
        return other;
    }

    /** The same files under other names; each on the same side of the door. @param names as {@code renamed} of the constructor */
    public Layout renamed(String otherRoot, Map<String, String> names) {
        Layout other = new Layout(metainfo, folder, otherRoot, names);
        for (int file = 0; file < places.length(); file++) {
            other.places.set(file, places.get(file));
        }
        return other;
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

    /** A file's path as the user has it: that of the torrent, but for what was renamed. */
    public String shown(int file) {
        return shown(metainfo.files().get(file).path());
    }

    private String shown(String path) {
        if (renamed.isEmpty()) {
            return path;
        }
        StringBuilder shown = new StringBuilder(path.length());
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            shown.append(from == 0 ? "" : "/").append(renamed.getOrDefault(path.substring(0, end), path.substring(from, end)));
            from = end + 1;
        }
        return shown.toString();
    }

    /** Where a file goes, or is, once released. */
    public Path released(int file) {
        String path = shown(file);
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

    /** Changes after a file has gone through the door, in either direction. */
    public int version() {
        return version.get();
    }

    public void markReleased(int file) {
        places.set(file, Place.RELEASED);
        version.incrementAndGet();
    }

    void markQuarantined(int file) {
        places.set(file, Place.QUARANTINED);
        version.incrementAndGet();
    }

    /** The file was found on the other side of the door than was recorded. */
    public void correct(int file) {
        places.set(file, isReleased(file) ? Place.QUARANTINED : Place.RELEASED);
        version.incrementAndGet();
    }
}
