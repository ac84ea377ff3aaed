package org.sallyport.core.engine;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.storage.FileNote;
import org.sallyport.core.storage.Layout;

/**
 * Looks at a torrent's files without reading them: which are gone, and which changed since they were last known to be
 * right. Waits for the disk.
 *
 * @param folderGone the download folder is not there although something was stored in it: perhaps a disk that is not connected
 * @param missing   released, but gone or of another size
 * @param changed   released and there, but written to, renamed or replaced since
 * @param lost      in quarantine, but the part is gone or shorter than what was verified of it
 * @param displaced found on the other side of the door than recorded: a crash came between a move and its record
 * @param now       what each file in its place is now, by file index
 */
record FileSurvey(boolean folderGone, List<FileEntry> missing, List<FileEntry> changed, List<FileEntry> lost, List<FileEntry> displaced,
        Map<Integer, FileNote> now) {

    /**
     * @param notes what {@link #notes} told when the files were last known to be right
     * @param parts by file, the least length of its part in quarantine
     * @param something whether anything was ever verified
     */
    static FileSurvey of(Metainfo metainfo, Layout layout, String notes, Map<Integer, Long> parts, boolean something) {
        Map<Integer, FileNote> known = parse(notes);
        FileSurvey survey = new FileSurvey(something && !Files.isDirectory(layout.folder()),
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
        if (!survey.folderGone()) {
            boolean tie = FileNote.canTie(layout.folder());
            metainfo.files().stream().filter(file -> !file.pad()).forEach(file ->
                    survey.look(file, layout, Optional.ofNullable(known.get(file.index())), parts.getOrDefault(file.index(), 0L), tie));
        }
        return survey;
    }

    private void look(FileEntry file, Layout layout, Optional<FileNote> known, long part, boolean tie) {
        Optional<FileNote> here = FileNote.below(layout.folder(), layout.released(file.index()), tie).filter(note -> note.size() == file.size());
        here.ifPresent(note -> now.put(file.index(), note));
        long inQuarantine = layout.quarantinedBytes(file.index());
        if (layout.isReleased(file.index())) {
            if (here.isEmpty() && inQuarantine == file.size() && isGone(layout.released(file.index()))) {
                displaced.add(file);
            } else if (here.isEmpty()) {
                missing.add(file);
            } else if (known.isEmpty() || !known.get().isUnchanged(here.get())) {
                changed.add(file);
            }
        } else if (inQuarantine < 0 && here.isPresent() && part > 0) {
            displaced.add(file);
        } else if (part > 0 && inQuarantine < part) {
            lost.add(file);
        }
    }

    private static boolean isGone(Path place) {
        return !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
    }

    /** What the files were, to compare with later. @param notes by file index */
    static String notes(Map<Integer, FileNote> notes) {
        StringBuilder text = new StringBuilder();
        notes.forEach((file, note) -> text.append(file).append('=').append(note).append(';'));
        return text.toString();
    }

    /** What {@link #notes} told. */
    static Map<Integer, FileNote> parse(String notes) {
        Map<Integer, FileNote> known = new HashMap<>();
        for (String note : notes.split(";")) {
            int equals = note.indexOf('=');
            if (equals > 0) {
                FileNote.parse(note.substring(equals + 1)).ifPresent(read -> known.put(Integer.valueOf(note.substring(0, equals)), read));
            }
        }
        return known;
    }
}
