package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.storage.Layout;

/**
 * Looks at a torrent's released files without reading them: which are gone, and which changed since they were last known
 * to be right. Waits for the disk.
 *
 * @param missing   gone, or of another size
 * @param changed   there, but written to since
 * @param cut       in quarantine, but shorter than what was verified of it, or gone
 * @param displaced thought to be in quarantine, but found released: a crash came between the move and its record
 */
record FileSurvey(List<FileEntry> missing, List<FileEntry> changed, List<FileEntry> cut, List<FileEntry> displaced) {

    /** @param verifiedEnds by file index, how many bytes an unreleased file must have to hold what was verified of it */
    static FileSurvey of(Metainfo metainfo, Layout layout, String notes, Map<Integer, Long> verifiedEnds) {
        Map<Integer, String> known = parse(notes);
        List<FileEntry> missing = new ArrayList<>();
        List<FileEntry> changed = new ArrayList<>();
        List<FileEntry> cut = new ArrayList<>();
        List<FileEntry> displaced = new ArrayList<>();
        for (FileEntry file : metainfo.files()) {
            if (file.pad()) {
                continue;
            }
            Path place = layout.released(file.index());
            String now = note(place);
            boolean rightSize = now.startsWith(file.size() + ",");
            if (!layout.isReleased(file.index())) {
                if (rightSize && !layout.isInQuarantine(file.index())) {
                    displaced.add(file);
                } else if (layout.quarantinedBytes(file.index()) < verifiedEnds.getOrDefault(file.index(), 0L)) {
                    cut.add(file);
                }
            } else if (!rightSize) {
                missing.add(file);
            } else if (!now.equals(known.getOrDefault(file.index(), ""))) {
                changed.add(file);
            }
        }
        return new FileSurvey(missing, changed, cut, displaced);
    }

    /** Size and time of each released file, to compare with later. */
    static String notes(Metainfo metainfo, Layout layout) {
        StringBuilder notes = new StringBuilder();
        for (FileEntry file : metainfo.files()) {
            if (!file.pad() && layout.isReleased(file.index())) {
                notes.append(file.index()).append('=').append(note(layout.released(file.index()))).append(';');
            }
        }
        return notes.toString();
    }

    private static String note(Path place) {
        try {
            BasicFileAttributes seen = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return seen.isRegularFile() ? seen.size() + "," + seen.lastModifiedTime().toMillis() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Map<Integer, String> parse(String notes) {
        Map<Integer, String> known = new HashMap<>();
        for (String note : notes.split(";")) {
            int equals = note.indexOf('=');
            if (equals > 0) {
                known.put(Integer.valueOf(note.substring(0, equals)), note.substring(equals + 1));
            }
        }
        return known;
    }
}
