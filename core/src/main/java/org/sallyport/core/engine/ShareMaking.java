package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.sallyport.core.metainfo.AuthorRequest;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.TorrentAuthor;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.screening.Sensitive;
import org.sallyport.core.storage.ComputerPlaces;
import org.sallyport.core.storage.Digests;
import org.sallyport.core.storage.FileNote;
import org.sallyport.core.storage.Layout;

/**
 * Makes a share of files: notes what each of them is, then reads them once. The notes come first: what is written to after them is noticed
 * by the gate, so what is sent is what was read. Waits for the disk.
 */
final class ShareMaking {
    private final SharePlaces places;
    private final Path workFolder;
    private final ShareRequest request;
    private final Consumer<Double> progress;
    private volatile boolean cancelled;

    /**
     * @param notes   what each file was before it was read, by file index
     * @param leftOut links and special files in the folder, which are not shared, one a line
     */
    record Made(Metainfo metainfo, Path root, Map<Integer, FileNote> notes, String leftOut) { }

    /** @param workFolder private to us */
    ShareMaking(SharePlaces places, Path workFolder, ShareRequest request, Consumer<Double> progress) {
        this.places = places;
        this.workFolder = workFolder;
        this.request = request;
        this.progress = progress;
    }

    void cancelIf(boolean wanted) {
        cancelled |= wanted;
    }

    /** @throws CancellationException if cancelled */
    Made make() throws RefusedException, IOException {
        Path root = allowed(places, request.path());
        Set<String> leftOut = new TreeSet<>();
        Map<Path, FileNote> seen = note(root, leftOut);
        refuseConcerns(root);
        Metainfo metainfo = author(root);
        Layout layout = new Layout(metainfo, root.getParent(), root.getFileName().toString());
        Map<Integer, FileNote> notes = new HashMap<>();
        for (FileEntry file : metainfo.files()) {
            Optional<FileNote> note = Optional.ofNullable(seen.get(layout.released(file.index())));
            if (note.isPresent() && note.get().size() == file.size()) {
                notes.put(file.index(), note.get());
            } else if (!file.pad()) {
                throw new RefusedException("create.changed", "\"" + file.path()
                        + "\" changed while it was being read. Try again when nothing writes to it.");
            }
        }
        return new Made(metainfo, root, notes, String.join("\n", leftOut));
    }

    /** The place without links. @throws RefusedException if nothing may be shared from there */
    static Path allowed(SharePlaces places, Path path) throws RefusedException, IOException {
        BasicFileAttributes kind = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!kind.isRegularFile() && !kind.isDirectory()) {
            throw new RefusedException("share.link", "\"" + path.getFileName()
                    + "\" is a link or a device. Only files and folders are shared: choose what the link points to.");
        }
        Path real = ComputerPlaces.real(path);
        refuse(places.refusal(real).or(() -> places.notAllowed(real)));
        return real;
    }

    /** In one line. */
    static String nameIn(Path root, Path file) {
        return root.relativize(file).toString().replace('\n', ' ');
    }

    private static void refuse(Optional<Refusal> refusal) throws RefusedException {
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    private Map<Path, FileNote> note(Path root, Set<String> leftOut) throws IOException, RefusedException {
        boolean tie = FileNote.canTie(root.getParent());
        Map<Path, FileNote> seen = new HashMap<>();
        boolean[] quarantine = new boolean[1];
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                quarantine[0] |= Layout.isQuarantine(folder);
                return quarantine[0] || cancelled ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                FileNote.of(file, tie).ifPresentOrElse(note -> seen.put(file, note), () -> leftOut.add(nameIn(root, file)));
                return cancelled ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        if (quarantine[0]) {
            throw new RefusedException("share.quarantine", "Downloads that are not complete wait in this folder, and they are not shared. "
                    + "Wait until they are done, or share a folder in it.");
        }
        if (cancelled) {
            throw new CancellationException();
        }
        if (seen.values().stream().allMatch(note -> note.size() == 0)) {
            throw new RefusedException("share.empty", "There is nothing in it to share. Choose a file or folder with some content.");
        }
        return seen;
    }

    private void refuseConcerns(Path root) throws IOException, RefusedException {
        List<ShareConcern> concerns = request.despite() ? List.of() : Sensitive.in(root);
        if (!concerns.isEmpty()) {
            throw new RefusedException("share.concern", concerns.get(0).sentence()
                    + (concerns.size() == 1 ? "" : " There is more like it (" + concerns.size() + " files).")
                    + " Take it out of the folder, or say that you want to share it all the same.");
        }
    }

    private Metainfo author(Path root) throws RefusedException, IOException {
        Path file = workFolder.resolve("share-" + UUID.randomUUID() + ".torrent");
        try {
            AuthorRequest author = AuthorRequest.of(root, file).withPrivateTorrent(request.audience().trustedOnly());
            return TorrentAuthor.write(author, Digests.sha1(), progress::accept, () -> cancelled);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
