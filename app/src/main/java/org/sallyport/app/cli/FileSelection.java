package org.sallyport.app.cli;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.TorrentPreview;

/** Files of a torrent chosen by {@code --only GLOB}: a pattern without {@code /} is for the file's name, one with it for its path. */
final class FileSelection {
    private FileSelection() { }

    /**
     * @return file indexes; empty for all files, which is what no pattern means
     * @throws CommandFailedException if a pattern is malformed or nothing matches
     */
    static Set<Integer> of(List<String> globs, TorrentPreview torrent) throws CommandFailedException {
        Set<Integer> chosen = new TreeSet<>();
        for (String glob : globs) {
            PathMatcher matcher = matcher(glob);
            boolean wholePath = glob.contains("/");
            for (TorrentPreview.Entry file : torrent.files()) {
                Path path = Path.of(file.path());
                boolean inside = path.getNameCount() > 1 && matcher.matches(path.subpath(1, path.getNameCount()));
                if (wholePath ? matcher.matches(path) || inside : matcher.matches(path.getFileName())) {
                    chosen.add(file.index());
                }
            }
        }
        if (chosen.isEmpty() && !globs.isEmpty()) {
            throw new CommandFailedException(Exit.FAILED, "No file of " + torrent.name() + " matches " + String.join(" or ", globs) + ".");
        }
        return chosen;
    }

    /**
     * Those of the chosen files that belong to an intent; of all files, when none is chosen.
     *
     * @return empty for all files, and when no file at all belongs to it: then the engine says so
     * @throws CommandFailedException if files are chosen and none of them belongs to it
     */
    static Set<Integer> within(Intent intent, Set<Integer> chosen, TorrentPreview torrent) throws CommandFailedException {
        Set<Integer> left = intent == Intent.ANYTHING ? chosen
                : torrent.files().stream().filter(file -> chosen.isEmpty() || chosen.contains(file.index()))
                .filter(file -> intent.takes(file.path(), file.flags())).map(TorrentPreview.Entry::index).collect(Collectors.toSet());
        if (left.isEmpty() && !chosen.isEmpty()) {
            throw new CommandFailedException(Exit.FAILED, "None of the chosen files of " + torrent.name() + " belongs to \"" + intent.words()
                    + "\". Choose others, or give another --intent.");
        }
        return left;
    }

    private static PathMatcher matcher(String glob) throws CommandFailedException {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new CommandFailedException(Exit.USAGE, "'" + glob + "' is not a file pattern.", e);
        }
    }
}
