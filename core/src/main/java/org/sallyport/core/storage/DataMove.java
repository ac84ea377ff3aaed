package org.sallyport.core.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;

/**
 * Takes a torrent's files, released and not, from one folder to another: renamed where they stay on their file system, copied, compared and
 * put in place where they do not. Every step may be done again after it was cut short. Nothing that is there is replaced, and nothing that is
 * not the torrent's is touched. Nobody else may use the files. Waits for the disk.
 */
public final class DataMove {
    private final Metainfo metainfo;
    private final Layout from;
    private final Layout to;

    /** @param target where it ends @param staged where its copy waits */
    record Item(String name, Path source, Path target, Path staged, long size) { }

    /** @param to as {@code from} in another folder ({@link Layout#in}) */
    public DataMove(Metainfo metainfo, Layout from, Layout to) {
        this.metainfo = metainfo;
        this.from = from;
        this.to = to;
    }

    /** Where copies wait until they are whole: behind the same door as unreleased files, for some of them are. */
    private Path staging() {
        return to.quarantine().resolveSibling(metainfo.hash().hex() + ".moving");
    }

    /** Whether something lies where the files would go that is not one of them. */
    public boolean isTaken() {
        return Files.exists(to.root(), LinkOption.NOFOLLOW_LINKS) || Files.exists(to.quarantine(), LinkOption.NOFOLLOW_LINKS);
    }

    /** How much there is to copy. */
    public long bytes() throws StorageException {
        return items().stream().mapToLong(Item::size).sum();
    }

    /** What there is of the torrent in the old folder. */
    private List<Item> items() throws StorageException {
        List<Item> items = new ArrayList<>();
        for (FileEntry file : metainfo.files()) {
            Path source = from.place(file.index());
            if (file.pad() || !Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            Path target = to.place(file.index());
            try {
                BasicFileAttributes seen = Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!seen.isRegularFile() || FileNote.leadsOut(from.folder(), source)) {
                    throw new StorageException(StorageException.Kind.DENIED, "\"" + file.path()
                            + "\" is a link or a folder now, or lies behind a link, so it is not moved. Put the file itself there, then try again.");
                }
                boolean released = from.isReleased(file.index());
                Path staged = released ? staging().resolve("files").resolve(to.folder().relativize(target))
                        : staging().resolve("parts").resolve(target.getFileName());
                items.add(new Item(file.path(), source, target, staged, seen.size()));
            } catch (IOException e) {
                throw StorageException.of(e, file.path());
            }
        }
        return items;
    }

    private record Rename(Path source, Path target) { }

    /**
     * Moves everything by renaming it; goes on where an earlier call was cut short.
     * @return false if the new folder is on another file system: then nothing has changed
     */
    public boolean rename() throws StorageException {
        Deque<Rename> done = new ArrayDeque<>();
        try {
            for (Rename next : renames()) {
                if (next.target().equals(to.quarantine())) {
                    Quarantine.intoPrivate(next.target().getParent(), hasModes(), () -> move(next));
                } else {
                    Files.createDirectories(next.target().getParent());
                    move(next);
                }
                done.push(next);
            }
            tidy(from);
            return true;
        } catch (StorageException e) {
            undo(done);
            throw e;
        } catch (AtomicMoveNotSupportedException e) {
            undo(done);
            return false;
        } catch (IOException e) {
            undo(done);
            throw StorageException.of(e, metainfo.name(), to.folder());
        }
    }

    /** The whole folder if nothing else lies in it, and each file otherwise. */
    private List<Rename> renames() throws IOException, StorageException {
        List<Rename> renames = new ArrayList<>();
        List<Item> items = items();
        Path parts = from.quarantine();
        List<Item> released = items.stream().filter(item -> !item.source().startsWith(parts)).toList();
        boolean whole = !metainfo.singleFile() && !released.isEmpty() && !Files.exists(to.root(), LinkOption.NOFOLLOW_LINKS)
                && holdsOnly(released.stream().map(Item::source).collect(Collectors.toSet()));
        if (whole) {
            renames.add(new Rename(from.root(), to.root()));
        } else {
            released.forEach(item -> renames.add(new Rename(item.source(), item.target())));
        }
        if (Files.isDirectory(parts, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to.folder());
            Quarantine.intoPrivate(to.quarantine().getParent(), hasModes(), () -> { }); // what is wrong with it is said before anything is moved
            renames.add(new Rename(parts, to.quarantine()));
        }
        return renames;
    }

    private boolean holdsOnly(Set<Path> ours) throws IOException {
        try (var walk = Files.walk(from.root())) {
            return walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).allMatch(ours::contains);
        } catch (UncheckedIOException e) {
            return false; // a folder that cannot be entered is not ours
        }
    }

    private static void move(Rename rename) throws IOException {
        if (Files.isDirectory(rename.source(), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(rename.source(), rename.target(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            FileMoves.moveWithoutReplacing(rename.source(), rename.target());
        }
    }

    private void undo(Deque<Rename> done) throws StorageException {
        for (Rename rename : done) {
            try {
                Files.createDirectories(rename.source().getParent());
                move(new Rename(rename.target(), rename.source()));
            } catch (IOException e) {
                throw StorageException.of(e, metainfo.name());
            }
        }
        tidy(to);
    }

    private boolean hasModes() throws IOException {
        return Files.getFileStore(to.folder()).supportsFileAttributeView("posix");
    }

    /** Gives a file or folder another name; done also when it has it. Never replaces anything. */
    public static void rename(Path from, Path to) throws StorageException {
        try {
            if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            if (Files.exists(to, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(from, to)) {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE); // in case alone, where that does not count
                return;
            }
            refuseTaken(to);
            move(new Rename(from, to));
        } catch (IOException e) {
            throw StorageException.of(e, from.getFileName().toString());
        }
    }

    /**
     * Copies everything beside the new place, on the medium and compared with what was read.
     * @param progress told 0..1 @param cancelled asked often @return false if it was cancelled
     */
    public boolean copy(DoubleConsumer progress, BooleanSupplier cancelled) throws StorageException {
        List<Item> items = items();
        try {
            Files.createDirectories(to.folder());
            Quarantine.makePrivate(staging(), hasModes());
            FileCopy copy = new FileCopy(items.stream().mapToLong(Item::size).sum(), progress, cancelled);
            for (Item item : items) {
                if (!copy.copy(item)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw StorageException.of(e, metainfo.name(), to.folder());
        }
    }

    /** Puts the copy in its place, all of it or nothing; done also when it is there. Never replaces anything. */
    public void place() throws StorageException {
        Path parts = staging().resolve("parts");
        Path files = staging().resolve("files").resolve(to.folder().relativize(to.root()));
        try {
            if (Files.exists(files, LinkOption.NOFOLLOW_LINKS)) {
                refuseTaken(to.root());
            }
            if (Files.exists(parts, LinkOption.NOFOLLOW_LINKS)) {
                refuseTaken(to.quarantine());
                move(new Rename(parts, to.quarantine()));
            }
            if (Files.exists(files, LinkOption.NOFOLLOW_LINKS)) {
                move(new Rename(files, to.root()));
            }
            if (Files.exists(to.quarantine(), LinkOption.NOFOLLOW_LINKS)) {
                Quarantine.ensurePrivate(to.quarantine(), hasModes());
            }
            FileCopy.syncFolder(to.root());
            FileCopy.syncFolder(to.folder());
            FileCopy.syncFolder(to.quarantine().getParent());
            Quarantine.deleteIfEmpty(staging().resolve("files"));
            Quarantine.deleteIfEmpty(staging());
            Quarantine.deleteIfEmpty(staging().getParent());
        } catch (IOException e) {
            throw StorageException.of(e, metainfo.name(), to.folder());
        }
    }

    private static void refuseTaken(Path target) throws StorageException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new StorageException(StorageException.Kind.CHANGED, "\"" + target.getFileName()
                    + "\" has appeared there and is not replaced, so nothing was done. Move it away first, or choose something else.");
        }
    }

    /** Whether all that is left in the old folder is in the new one, too. */
    public boolean isPlaced() throws StorageException {
        for (Item item : items()) {
            try {
                BasicFileAttributes there = Files.readAttributes(item.target(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!there.isRegularFile() || there.size() != item.size()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** Deletes the files in the old folder that are in the new one. @return what a person should know, empty if all went well */
    public List<String> removeSource() throws StorageException {
        List<String> problems = new ArrayList<>();
        for (Item item : items()) {
            try {
                if (Files.exists(item.target(), LinkOption.NOFOLLOW_LINKS) && Files.size(item.target()) == item.size()
                        && !Files.isSameFile(item.source(), item.target())) {
                    Files.delete(item.source());
                }
            } catch (IOException e) {
                problems.add(StorageException.of(e, item.name()).getMessage());
            }
        }
        tidy(from);
        return problems;
    }

    /** Removes what a copy left that was cut short; done also when there is nothing. */
    public void discardCopy() {
        FileCopy.discard(staging());
        tidy(to);
    }

    /** Removes the torrent's own folders that are empty. */
    private void tidy(Layout layout) {
        for (FileEntry file : metainfo.files()) {
            for (Path folder = layout.released(file.index()).getParent();
                    folder.startsWith(layout.root()) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS); folder = folder.getParent()) {
                Quarantine.deleteIfEmpty(folder);
            }
        }
        Quarantine.deleteIfEmpty(layout.quarantine());
        Quarantine.deleteIfEmpty(layout.quarantine().getParent());
    }
}
