package org.sallyport.app.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.RefusedException;

/** Where a torrent comes from, as typed. */
final class TorrentSource {
    private TorrentSource() { }

    /**
     * The .torrent file that {@code text} names.
     *
     * @throws RefusedException for magnets and web addresses
     * @throws CommandFailedException if there is no such file
     */
    static Path file(String text, Path cwd) throws RefusedException, CommandFailedException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("magnet:")) {
            throw new RefusedException("magnet.later",
                    "Magnet links are not supported yet. Fetch the .torrent file with your browser and give its name instead.");
        }
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            throw new RefusedException("get.url",
                    "Web addresses are not fetched yet. Fetch the .torrent file with your browser and give its name instead.");
        }
        try {
            Path file = cwd.resolve(text).normalize();
            if (!Files.isRegularFile(file)) {
                throw new CommandFailedException(Exit.FAILED, "There is no file " + text + ".");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new CommandFailedException(Exit.FAILED, "'" + text + "' is not the name of a file.", e);
        }
    }
}
