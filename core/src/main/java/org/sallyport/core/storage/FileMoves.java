package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.core.metainfo.FileEntry;

/** Moves a torrent's files between quarantine and the download folder, and out of both. Waits for the disk. */
public final class FileMoves {
    private final TorrentStorage storage;
    private final Layout layout;
    private Optional<Boolean> tie = Optional.empty();

    public FileMoves(TorrentStorage storage, Layout layout) {
        this.storage = storage;
        this.layout = layout;
    }

    /** Asked of the system once: it reads its whole list of mounts for it. */
    private boolean canTie() {
        if (tie.isEmpty()) {
            tie = Optional.of(FileNote.canTie(layout.folder()));
        }
        return tie.orElse(false);
    }

    /** Closes what is kept open of the files: nothing is read of them any more. */
    public void letGo() {
        storage.closeFiles();
    }

    /** Waits until all that was written is on the medium. */
    public void sync() throws StorageException {
        storage.files().sync();
    }

    /**
     * Makes a whole file ready to be looked at, in quarantine or out of it: all of it on the medium, and an empty one there at all.
     * @return what it is now, for {@link #release}
     */
    public FileNote ready(FileEntry file) throws StorageException {
        try {
            if (!layout.isReleased(file.index())) {
                if (file.size() == 0) {
                    storage.files().makeEmpty(file.index());
                }
                storage.files().sync(file.index());
            }
            refuseChanged(file, layout.place(file.index()));
            return FileNote.of(layout.place(file.index()), canTie()).orElseThrow(() -> new NoSuchFileException(file.path()));
        } catch (IOException e) {
            throw StorageException.of(e, file.path());
        }
    }

    /**
     * Says on a file in quarantine where it came from, and that it is no program to be started.
     * @return false if the file system cannot keep where it came from
     */
    public boolean mark(FileEntry file, Origin origin) throws StorageException {
        try {
            OriginMark.neverExecutable(layout.place(file.index()));
            return OriginMark.put(layout.place(file.index()), origin);
        } catch (IOException e) {
            throw StorageException.of(e, file.path());
        }
    }

    /** Whether a released file is still what it was when it was last known to be right. */
    public boolean isAsReleased(FileEntry file) {
        return storage.gate().expected(file.index())
                .filter(note -> FileNote.below(layout.folder(), layout.released(file.index()), note.tied()).filter(note::isUnchanged).isPresent())
                .isPresent();
    }

    /** Whether a file is still what it was. @param seen by {@link #ready} */
    public boolean isStill(FileEntry file, FileNote seen) {
        return FileNote.below(layout.folder(), layout.place(file.index()), canTie()).filter(seen::isUnchanged).isPresent();
    }

    /**
     * Takes a whole file out of quarantine, by rename: it is never seen half. Never replaces a file that is there.
     * Its bytes must be synced before.
     */
    public void release(FileEntry file) throws StorageException {
        if (layout.isReleased(file.index())) {
            return;
        }
        Path target = layout.released(file.index());
        try {
            if (file.size() == 0) {
                storage.files().makeEmpty(file.index());
            }
            refuseDetour(file, target.getParent());
            Files.createDirectories(target.getParent());
            Path source = layout.place(file.index());
            if (file.size() == 0 && isEmptyFile(target)) { // one empty file is as good as another: left by a kill before it was recorded
                Files.deleteIfExists(source);
                layout.markReleased(file.index());
                return;
            }
            refuseTaken(file, source, target);
            refuseChanged(file, source);
            boolean tie = canTie();
            FileNote before = FileNote.of(source, tie).orElseThrow(() -> new NoSuchFileException(source.toString()));
            storage.files().moving().lock();
            try {
                moveWithoutReplacing(source, target);
                // the move has changed the time of change; that it is the same file is told by its number
                FileNote.of(target, tie)
                        .filter(now -> now.inode() == before.inode() && now.device() == before.device() && now.size() == before.size())
                        .ifPresent(now -> storage.gate().expect(file.index(), now));
                layout.markReleased(file.index());
            } finally {
                storage.files().moving().unlock();
            }
            storage.files().forgetPath(source);
        } catch (IOException e) {
            throw StorageException.of(e, file.path());
        }
    }

    private static boolean isEmptyFile(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return seen.isRegularFile() && seen.size() == 0;
    }

    private static void refuseTaken(FileEntry file, Path source, Path target) throws IOException, StorageException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !sameFile(source, target)) {
            throw new StorageException(StorageException.Kind.CHANGED,
                    "\"" + file.path() + "\" is there already and is not replaced. Move or rename the old one; the new one follows by itself.");
        }
    }

    /** Deletes a file in quarantine for good. Nothing of it is left, not even in the trash. */
    public void destroy(FileEntry file) throws StorageException {
        try {
            storage.files().forgetPath(layout.quarantined(file.index()));
            Files.deleteIfExists(layout.quarantined(file.index()));
        } catch (IOException e) {
            throw StorageException.of(e, file.path());
        }
    }

    /** A kill between the two steps of an earlier move leaves one file under both names. */
    private static boolean sameFile(Path source, Path target) throws IOException {
        BasicFileAttributes there = Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return there.isRegularFile() && Files.exists(source, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(source, target);
    }

    /** A rename would replace what appeared there a moment ago; a second name for the file fails instead. */
    static void moveWithoutReplacing(Path source, Path target) throws IOException {
        try {
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.createLink(target, source);
            }
            Files.delete(source);
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (e instanceof FileAlreadyExistsException || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE); // no second names on this file system
        }
    }

    /** Looks at what is there already of the way, before anything is made on it. */
    private void refuseDetour(FileEntry file, Path way) throws IOException, StorageException {
        Path there = way;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        if (!Files.exists(there) || !there.toRealPath().startsWith(layout.folder().toRealPath())) {
            throw new StorageException(StorageException.Kind.DENIED,
                    "\"" + file.path() + "\" would land outside the download folder, because a folder on the way is a link. Remove that link.");
        }
    }

    private static void refuseChanged(FileEntry file, Path source) throws IOException, StorageException {
        BasicFileAttributes seen = Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!seen.isRegularFile() || seen.size() != file.size()) {
            throw new StorageException(StorageException.Kind.CHANGED,
                    "\"" + file.path() + "\" was changed by something else before it was whole. Check the files again.");
        }
    }

    /** Puts a released file back into quarantine: its content is no longer what the torrent says. */
    public void takeBack(FileEntry file) throws StorageException {
        if (!layout.isReleased(file.index())) {
            return;
        }
        Path source = layout.released(file.index());
        if (FileNote.leadsOut(layout.folder(), source)) {
            layout.markQuarantined(file.index()); // what is behind the link was never ours to move
            return;
        }
        try {
            storage.files().quarantine().ensure();
            storage.files().forgetPath(source);
            Files.move(source, layout.quarantined(file.index()), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            if (Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
                throw StorageException.of(e, file.path());
            }
            // gone: it is fetched anew
        } catch (IOException e) {
            throw StorageException.of(e, file.path());
        }
        layout.markQuarantined(file.index());
    }

    /** Removes what is left in quarantine; nothing happens if unselected files still have parts there. */
    public void tidyQuarantine() {
        storage.files().quarantine().tidy();
    }

    /** Deletes the unreleased parts and moves the released files to the trash. @return what a person should know, empty if all went well */
    public List<String> discard(Trash trash) {
        List<String> problems = new ArrayList<>();
        for (FileEntry file : storage.metainfo().files()) {
            if (!file.pad() && !layout.isReleased(file.index())) {
                try {
                    storage.files().forget(file.index());
                    Files.deleteIfExists(layout.quarantined(file.index()));
                } catch (IOException e) {
                    problems.add(StorageException.of(e, file.path()).getMessage());
                }
            }
        }
        tidyQuarantine();
        discardReleased(trash, problems);
        return problems;
    }

    private void discardReleased(Trash trash, List<String> problems) {
        List<FileEntry> released = storage.metainfo().files().stream()
                .filter(file -> !file.pad() && layout.isReleased(file.index())).toList();
        try {
            for (FileEntry file : released) {
                storage.files().forgetPath(layout.released(file.index()));
            }
            if (!storage.metainfo().singleFile() && onlyOurs(released)) {
                trash.take(layout.root());
                return;
            }
            for (FileEntry file : released) {
                if (Files.exists(layout.released(file.index()), LinkOption.NOFOLLOW_LINKS)) {
                    trash.take(layout.released(file.index()));
                }
            }
        } catch (AtomicMoveNotSupportedException e) {
            problems.add("The trash is on another disk, so the files stay where they are.");
        } catch (IOException e) {
            problems.add(StorageException.of(e, layout.root().getFileName().toString()).getMessage());
        }
    }

    /** Whether the torrent's folder holds nothing but its own files, so that it may go as a whole. */
    private boolean onlyOurs(List<FileEntry> released) throws IOException {
        if (released.isEmpty() || !Files.isDirectory(layout.root(), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Set<Path> ours = released.stream().map(file -> layout.released(file.index())).collect(Collectors.toSet());
        try (var walk = Files.walk(layout.root())) {
            return walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).allMatch(ours::contains);
        }
    }
}
