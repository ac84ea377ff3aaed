package org.sallyport.core.engine;

import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;

/** Whether what was chosen for a torrent can be. Pure. */
final class OptionsCheck {
    static final int MOST_LABELS = 16;
    static final int LONGEST_LABEL = 40;
    private static final long LEAST_RATE = 1000;
    private static final long MOST_RATE = 10L << 30;
    private static final double MOST_RATIO = 1_000_000;
    /** A century. */
    private static final int MOST_MINUTES = 60 * 24 * 36_525;

    private OptionsCheck() { }

    /** The same for a torrent of the list. @param existing its data was there before, and nothing is downloaded */
    static TorrentOptions passed(TorrentOptions options, Metainfo metainfo, boolean existing) throws RefusedException {
        if (existing && !options.priorities().isEmpty()) {
            throw new RefusedException("options.existing", "\"" + metainfo.name()
                    + "\" was there before it was added, so no file of it is fetched or skipped. "
                    + "To get other files of it, remove it from the list and add it as a download to another folder.");
        }
        return passed(options, metainfo);
    }

    /** @throws RefusedException if they cannot be, with the first reason found */
    static TorrentOptions passed(TorrentOptions options, Metainfo metainfo) throws RefusedException {
        Optional<Refusal> refusal = refusal(options, metainfo);
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        return options;
    }

    /** The same for one whose files are not known yet. @param before which of them were wanted when its link was added */
    static TorrentOptions passed(TorrentOptions options, Map<Integer, FilePriority> before) throws RefusedException {
        if (!options.priorities().equals(before)) {
            throw new RefusedException("options.no-metadata",
                    "Its list of files has not arrived yet. Choose files when it has; everything else can be chosen now.");
        }
        Optional<Refusal> refusal = refusal(options);
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        return options;
    }

    static Optional<Refusal> refusal(TorrentOptions options, Metainfo metainfo) {
        return files(options, metainfo).or(() -> refusal(options));
    }

    private static Optional<Refusal> refusal(TorrentOptions options) {
        return rate("Downloading", options.downLimit()).or(() -> rate("Sending", options.upLimit()))
                .or(() -> goal(options.goal())).or(() -> labels(options));
    }

    private static Optional<Refusal> files(TorrentOptions options, Metainfo metainfo) {
        int count = metainfo.files().size();
        Optional<Refusal> unknown = options.priorities().keySet().stream().filter(file -> file < 0 || file >= count).findFirst()
                .map(file -> new Refusal("options.unknown-file", "\"" + metainfo.name() + "\" has no file number " + file
                        + ". Its files are 0 to " + (count - 1) + "."));
        boolean nothing = options.priorities().containsValue(FilePriority.SKIP) && metainfo.files().stream().filter(file -> !file.pad())
                .map(FileEntry::index).allMatch(file -> options.priority(file) == FilePriority.SKIP);
        return unknown.or(() -> nothing
                ? Optional.of(new Refusal("options.no-file", "Every file would be skipped. Keep one, or pause or remove the torrent."))
                : Optional.empty());
    }

    private static Optional<Refusal> rate(String what, long bytes) {
        boolean fine = bytes == 0 || bytes >= LEAST_RATE && bytes <= MOST_RATE;
        return fine ? Optional.empty() : Optional.of(new Refusal("options.rate",
                what + " can be limited to 1 KB/s up to 10 GB/s; 0 means no limit of its own. Choose a number in between."));
    }

    private static Optional<Refusal> goal(SeedGoal goal) {
        if (goal.ratio() > MOST_RATIO) {
            return Optional.of(new Refusal("options.goal", "A share ratio is at most 1000000. Choose a smaller one, or none."));
        }
        boolean fine = goal.minutes() <= MOST_MINUTES && goal.idleMinutes() <= MOST_MINUTES;
        return fine ? Optional.empty()
                : Optional.of(new Refusal("options.goal", "That is more than a hundred years. Choose a shorter time, or none."));
    }

    private static Optional<Refusal> labels(TorrentOptions options) {
        if (options.labels().size() > MOST_LABELS) {
            return Optional.of(new Refusal("options.labels", "A torrent can have at most " + MOST_LABELS + " labels. Remove one first."));
        }
        return options.labels().stream().allMatch(OptionsCheck::isLabel) ? Optional.empty() : Optional.of(new Refusal("options.label",
                "A label is 1 to " + LONGEST_LABEL
                + " letters, digits or signs, without a comma and without spaces at its ends. Choose another word."));
    }

    private static boolean isLabel(String label) {
        return !label.isBlank() && label.equals(label.strip()) && label.codePointCount(0, label.length()) <= LONGEST_LABEL
                && label.codePoints().allMatch(OptionsCheck::isPrintable);
    }

    /** What stands for itself: no control, no direction mark that could make it look like something else, no comma, which separates labels. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != ',';
        };
    }
}
