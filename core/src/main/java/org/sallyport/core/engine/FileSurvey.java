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
 * Looks at a torrent's files without reading them: which are gone, and which changed since they were last known to be
 * right. Waits for the disk.
 *
 * @param folderGone the download folder is not there although something was stored in it: perhaps a disk that is not connected
 * @param missing   released, but gone or of another size
 * @param changed   released and there, but written to since
 * @param lost      in quarantine, but the part is gone or shorter than what was verified of it
 * @param displaced found on the other side of the door than recorded: a crash came between a move and its record
 */
record FileSurvey(boolean folderGone, List<FileEntry> missing, List<FileEntry> changed, List<FileEntry> lost, List<FileEntry> displaced) {

    /**
     * @param notes what {@link #notes} told when the files were last known to be right
     * @param parts by file, the least length of its part in quarantine
     * @param something whether anything was ever verified
     */
    static FileSurvey of(Metainfo metainfo, Layout layout, String notes, Map<Integer, Long> parts, boolean something) {
        Map<Integer, String> known = parse(notes);
        FileSurvey survey = new FileSurvey(something && !Files.isDirectory(layout.folder()),
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (!survey.folderGone()) {
            metainfo.files().stream().filter(file -> !file.pad())
                    .forEach(file -> survey.look(file, layout, known.getOrDefault(file.index(), ""), parts.getOrDefault(file.index(), 0L)));
        }
        return survey;
    }

    private void look(FileEntry file, Layout layout, String known, long part) {
        String now = note(layout.released(file.index()));
        boolean rightSize = now.startsWith(file.size() + ",");
        long inQuarantine = layout.quarantinedBytes(file.index());
        if (layout.isReleased(file.index())) {
            if (now.isEmpty() && inQuarantine == file.size()) {
                displaced.add(file);
            } else if (!rightSize) {
                missing.add(file);
            } else if (!now.equals(known)) {
                changed.add(file);
            }
        } else if (inQuarantine < 0 && rightSize && part > 0) {
            displaced.add(file);
        } else if (inQuarantine < part) {
            lost.add(file);
        }
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
