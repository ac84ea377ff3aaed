package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a file was when it was last known to be right. Where the system numbers files, the note is tied to that very file: the time of its
 * last change of state moves with each rename, link and write, and no user can set it back.
 *
 * @param modified nanoseconds since 1970
 * @param tied     the three that follow are known; 0 otherwise
 * @param changed  nanoseconds since 1970, of the last change of state ({@code st_ctime})
 */
public record FileNote(long size, long modified, boolean tied, long inode, long device, long changed) {
    private static final String ATTRIBUTES = "unix:ino,dev,ctime,size,lastModifiedTime,isRegularFile,fileKey";
    /** File systems that make numbers up, and others each time the file is looked up again. */
    private static final Set<String> UNNUMBERED = Set.of("vfat", "msdos", "exfat", "fuseblk");

    /** Whether files in a folder keep their numbers. Waits for the disk. */
    public static boolean canTie(Path folder) {
        try {
            return FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                    && !UNNUMBERED.contains(Files.getFileStore(folder).type().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            return false;
        }
    }

    /** A note and what the system calls the file, both from one look: two looks could see two files. @param key equal for the same file */
    record Sighting(FileNote note, @Nullable Object key) { }

    /** What is there now, no link followed at the end of the path; empty unless it is a plain file. @param tie see {@link #canTie} */
    public static Optional<FileNote> of(Path file, boolean tie) throws IOException {
        return sight(file, tie).map(Sighting::note);
    }

    static Optional<Sighting> sight(Path file, boolean tie) throws IOException {
        if (!tie) {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileNote note = new FileNote(seen.size(), nanos(seen.lastModifiedTime()), false, 0, 0, 0);
            return seen.isRegularFile() ? Optional.of(new Sighting(note, seen.fileKey())) : Optional.empty();
        }
        Map<String, Object> seen = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        if (!(Boolean) seen.get("isRegularFile")) {
            return Optional.empty();
        }
        FileNote note = new FileNote((Long) seen.get("size"), nanos((FileTime) seen.get("lastModifiedTime")), true,
                ((Number) seen.get("ino")).longValue(), ((Number) seen.get("dev")).longValue(), nanos((FileTime) seen.get("ctime")));
        return Optional.of(new Sighting(note, seen.get("fileKey")));
    }

    /**
     * As {@link #of(Path, boolean)}, and empty also when there is nothing, or when a folder on the way from {@code folder} is a link.
     */
    public static Optional<FileNote> below(Path folder, Path file, boolean tie) {
        try {
            return leadsOut(folder, file) ? Optional.empty() : of(file, tie);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a part of the way from {@code folder} to the folder of {@code file} is a link. */
    static boolean leadsOut(Path folder, Path file) {
        for (Path way = file.getParent(); way != null && !way.equals(folder) && way.startsWith(folder); way = way.getParent()) {
            if (Files.isSymbolicLink(way)) {
                return true;
            }
        }
        return false;
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    /** The same file, not written to, renamed or linked since. The number of its disk does not count: it may be another after a restart. */
    public boolean isUnchanged(FileNote now) {
        return size == now.size && modified == now.modified && (!tied || now.tied && inode == now.inode && changed == now.changed);
    }

    /** Size, time and, where known, inode, device and time of change; {@link #parse} reads it. */
    @Override
    public String toString() {
        return size + "," + modified + (tied ? "," + inode + "," + device + "," + changed : "");
    }

    /** Empty for what is no note. */
    public static Optional<FileNote> parse(String text) {
        String[] parts = text.split(",");
        try {
            return switch (parts.length) {
                case 2 -> Optional.of(new FileNote(Long.parseLong(parts[0]), Long.parseLong(parts[1]), false, 0, 0, 0));
                case 5 -> Optional.of(new FileNote(Long.parseLong(parts[0]), Long.parseLong(parts[1]), true,
                        Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4])));
                default -> Optional.empty();
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
