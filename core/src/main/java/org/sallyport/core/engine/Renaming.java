package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sallyport.core.metainfo.DisplayText;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.NewName;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedMove;
import org.sallyport.core.persist.SavedMove.Phase;
import org.sallyport.core.storage.DataMove;
import org.sallyport.core.storage.FileNote;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;

/** Gives a torrent another name in the list, and its files and folders others on disk; the torrent itself stays what it is. Any thread. */
final class Renaming {
    private static final int MAX_NAME_CHARS = 255;
    private static final int MAX_PATH_CHARS = 1000;

    private final TorrentDesk desk;
    private final FileWork work;

    Renaming(TorrentDesk desk, FileWork work) {
        this.desk = desk;
        this.work = work;
    }

    CompletableFuture<Outcome<InfoHash>> inTheList(InfoHash hash, String name) {
        return desk.command(hash, torrent -> {
            String wanted = name.strip();
            if (!DisplayText.line(wanted, MAX_NAME_CHARS).equals(wanted)) {
                throw new RefusedException("rename.text", "A name is one line of at most " + MAX_NAME_CHARS
                        + " letters, without characters that cannot be seen. Shorten it, or type it anew.");
            }
            torrent.edit(torrent.ledger().edits().withName(wanted.equals(torrent.metainfo().name()) ? "" : wanted));
            return hash;
        });
    }

    CompletableFuture<Outcome<InfoHash>> onDisk(InfoHash hash, String path, String name) {
        return work.run(hash, "Renaming its files", () -> {
            Facts facts = desk.onLoop(hash,
                    torrent -> new Facts(torrent, torrent.layout(), torrent.saved().existing(), MoveCheck.of(desk, torrent).others()));
            Target target = facts.target(path.endsWith("/") ? path.substring(0, path.length() - 1) : path, name);
            return hold -> hold.cancelled() ? Outcome.failed("It was stopped before it was done; the names are as they were.")
                    : renamed(facts, target);
        });
    }

    /** @param original path as in the torrent @param root the torrent's file or folder itself */
    private record Target(String original, String name, boolean root, Path from, Path to) {
        SavedEdits in(SavedEdits edits, SavedMove move) {
            Map<String, String> renamed = new HashMap<>(edits.renamed());
            if (name.equals(original.substring(original.lastIndexOf('/') + 1))) {
                renamed.remove(original);
            } else {
                renamed.put(original, name);
            }
            return edits.withRenamed(renamed).withMove(move);
        }
    }

    private Outcome<InfoHash> renamed(Facts facts, Target target) throws Exception {
        ManagedTorrent torrent = facts.torrent();
        work.settle(torrent);
        Map<Integer, FileNote> right = work.right(torrent);
        String rootName = target.root() ? target.name() : facts.layout().root().getFileName().toString();
        SavedEdits before = torrent.ledger().edits();
        SavedMove move = new SavedMove(Phase.RENAMING_ONE, target.from().toString(), target.to().toString());
        keep(torrent, rootName, target.in(before, move)).join();
        try {
            DataMove.rename(target.from(), target.to());
        } catch (StorageException e) {
            keep(torrent, facts.layout().root().getFileName().toString(), before).join();
            return Outcome.failed(e.getMessage());
        }
        Layout now = facts.layout().renamed(rootName, target.in(before, SavedMove.NONE).renamed());
        Optional<CompletableFuture<Boolean>> kept =
                work.replace(torrent, now, FileWork.after(right, now), edits -> target.in(edits, SavedMove.NONE));
        if (kept.isEmpty()) {
            DataMove.rename(target.to(), target.from());
            return Outcome.failed("It was removed from the list before it was renamed; the names are as they were.");
        }
        try {
            kept.get().join();
        } catch (CompletionException e) {
            return Outcome.failed("It was renamed, but that could not be saved: " + e.getCause().getMessage());
        }
        desk.services().events()
                .info("torrent.renamed", torrent.hash(), "\"" + target.from().getFileName() + "\" is called \"" + target.name() + "\" now.");
        return Outcome.done(torrent.hash());
    }

    /** Before anything is done on disk, so that it is done after a crash. */
    private CompletableFuture<Boolean> keep(ManagedTorrent torrent, String rootName, SavedEdits edits) throws Exception {
        return desk.commands().onLoop(() -> desk.services().journal().update(
                torrent.ledger().reached().withPlace(torrent.saved().folder(), rootName), edits));
    }

    private record Facts(ManagedTorrent torrent, Layout layout, boolean existing, List<Path> others) {

        Target target(String path, String name) throws RefusedException, IOException {
            if (existing) {
                throw new RefusedException("rename.existing",
                        "These files were there before and are only shared from here, so they keep their names.");
            }
            Optional<Refusal> refused = NewName.refusal(name);
            if (refused.isPresent()) {
                throw new RefusedException(refused.get());
            }
            String original = original(path);
            int slash = original.lastIndexOf('/');
            boolean root = slash < 0;
            refuseTaken(original, name);
            Path from = root ? layout.root() : onDisk(path);
            Path to = from.resolveSibling(name);
            refuseTakenOnDisk(from, to);
            if (root && others.contains(to)) {
                throw taken(name);
            }
            return new Target(original, name, root, from, to);
        }

        private Path onDisk(String shown) {
            return layout.root().resolve(shown.substring(shown.indexOf('/') + 1));
        }

        /** The path in the torrent of what the user calls {@code path}. */
        private String original(String path) throws RefusedException {
            for (FileEntry file : torrent.metainfo().files()) {
                String shown = layout.shown(file.index());
                if (!file.pad() && (shown.equals(path) || shown.startsWith(path + "/")) && !path.isEmpty()) {
                    int parts = path.split("/", -1).length;
                    int end = -1;
                    for (int part = 0; part < parts; part++) {
                        end = file.path().indexOf('/', end + 1);
                    }
                    return end < 0 ? file.path() : file.path().substring(0, end);
                }
            }
            throw new RefusedException("rename.unknown", "The torrent has no file or folder of that name. Look at its list of files.");
        }

        private void refuseTaken(String original, String name) throws RefusedException {
            int depth = original.split("/").length;
            String parent = original.substring(0, original.lastIndexOf('/') + 1);
            for (FileEntry file : torrent.metainfo().files()) {
                boolean renamed = file.path().equals(original) || file.path().startsWith(original + "/");
                String[] shown = layout.shown(file.index()).split("/");
                if (!renamed && depth > 1 && file.path().startsWith(parent) && NewName.collide(shown[depth - 1], name)) {
                    throw taken(name);
                }
                int longer = renamed ? layout.shown(file.index()).length() - shown[depth - 1].length() + name.length() : 0;
                if (longer > MAX_PATH_CHARS) {
                    throw new RefusedException("rename.path-length", "With that name a path would have more than " + MAX_PATH_CHARS
                            + " characters, which not every computer can store. Choose a shorter one.");
                }
            }
        }

        /** Also a name that another system would take for the same: the folder may be copied there. */
        private void refuseTakenOnDisk(Path from, Path to) throws RefusedException, IOException {
            if (Layout.isQuarantine(to)) {
                throw new RefusedException("rename.reserved", "Sallyport keeps unfinished files under that name. Choose another one.");
            }
            if (!Files.isDirectory(from.getParent(), LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            try (DirectoryStream<Path> there = Files.newDirectoryStream(from.getParent())) {
                for (Path each : there) {
                    if (!each.getFileName().equals(from.getFileName())
                            && NewName.collide(each.getFileName().toString(), to.getFileName().toString())) {
                        throw taken(to.getFileName().toString());
                    }
                }
            }
        }

        private static RefusedException taken(String name) {
            return new RefusedException("rename.taken", "There is something called \"" + name
                    + "\" there already, or its name differs in capital letters alone. Choose another name.");
        }
    }
}
