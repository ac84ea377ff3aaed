package org.sallyport.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentDetails;

/** Whether a torrent of the library is what a foreground command asks for, so that it may go on with it. */
final class SavedChoice {
    private SavedChoice() { }

    /** Why it may not: what was asked for would be left out silently. */
    static Optional<Refusal> difference(TorrentDetails known, AddRequest request) {
        String name = "\"" + known.summary().name() + "\"";
        Path place = known.summary().path();
        if (!isIn(place, request)) {
            return Optional.of(differs(name + " is in this library already, and lies in " + place.getParent() + ". "
                    + (request.existing() ? "Share it from there" : "Give that folder with --to") + ", or remove it from the list first."));
        }
        Set<Integer> saved = indexes(known, true);
        Set<Integer> asked = request.wanted().isEmpty() ? indexes(known, false) : request.wanted();
        asked = request.risky() == AddRequest.Risky.SKIP ? withoutRisky(asked, known) : asked;
        // of a magnet link, the files that were chosen with it are known only by now, or not even that
        boolean openChoice = request.source() instanceof AddSource.MagnetLink && request.wanted().isEmpty() || !known.summary().isKnown();
        if (!openChoice && !request.existing() && !saved.equals(asked)) {
            return Optional.of(differs(name + " is in this library already, with " + saved.size() + " of its " + known.files().size()
                    + " files chosen, and these are others. Choose the same with --only, or remove it from the list first."));
        }
        return Optional.empty();
    }

    /** Those that were left out because of their names are not missed. */
    private static Set<Integer> withoutRisky(Set<Integer> asked, TorrentDetails known) {
        return known.files().stream().filter(file -> asked.contains(file.index()))
                .filter(file -> file.wanted()
                        || NameFlag.gravest(file.flags()).map(NameFlag::risk).orElse(NameFlag.Risk.NOTICE) == NameFlag.Risk.NOTICE)
                .map(FileSnapshot::index).collect(Collectors.toSet());
    }

    private static Refusal differs(String sentence) {
        return new Refusal("get.differs", sentence);
    }

    /** Data that is shared may also be given by itself, under whatever name. */
    private static boolean isIn(Path place, AddRequest request) {
        Path asked = request.folder().toAbsolutePath().normalize();
        return same(place.getParent(), asked) || request.existing() && same(place, asked);
    }

    private static boolean same(Path one, Path other) {
        try {
            return one.equals(other) || Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false; // cannot be looked at: not known to be the same
        }
    }

    private static Set<Integer> indexes(TorrentDetails torrent, boolean wantedOnly) {
        return torrent.files().stream().filter(f -> f.wanted() || !wantedOnly).map(FileSnapshot::index).collect(Collectors.toSet());
    }
}
