package org.sallyport.app.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentSnapshot;
import picocli.CommandLine.Parameters;

/** Names one torrent of the library by its info-hash or the first digits of it. */
final class HashArgument {
    private static final int MIN_DIGITS = 4;

    @Parameters(index = "0", paramLabel = "HASH", description = "info-hash, or its first digits (4 or more) if no other torrent begins so")
    private @Nullable String text;

    /** @throws CommandFailedException usage when it is no hash or not unique, failed when no torrent has it */
    InfoHash in(EngineSnapshot snapshot) throws CommandFailedException {
        return find(snapshot, String.valueOf(text)).hash();
    }

    static TorrentSnapshot find(EngineSnapshot snapshot, String text) throws CommandFailedException {
        String digits = text.strip().toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{" + MIN_DIGITS + ",64}")) {
            throw new CommandFailedException(Exit.USAGE,
                    "'" + text + "' is not an info-hash. Give at least its first 4 hexadecimal digits; 'sallyport list' shows them.");
        }
        List<TorrentSnapshot> found = snapshot.torrents().stream().filter(t -> t.hash().hex().startsWith(digits)).toList();
        if (found.isEmpty()) {
            throw new CommandFailedException(Exit.FAILED, "No torrent in the list has an info-hash that begins with " + digits + ".");
        }
        if (found.size() > 1) {
            throw new CommandFailedException(Exit.USAGE, found.size() + " torrents have an info-hash that begins with " + digits
                    + ". Give more digits.");
        }
        return found.get(0);
    }
}
