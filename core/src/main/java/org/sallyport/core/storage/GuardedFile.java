package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * One file on its way to others: opened without following a link, and proved to be the file that was noted.
 *
 * <p>The proof, where files are numbered (Linux, macOS): the file is opened by its name in a folder that is held, and after that the name in
 * that folder must belong to the noted file, and the noted file must have the noted time of change. To bring another file under the name,
 * and the noted one back in time for the look, somebody has to rename or link the noted one, which moves its time of change, and that
 * cannot be set back. So what was open under the name was the noted file. A mount over the name does not move that time; the length of what
 * was opened is compared, too, and a file from elsewhere that is still there is found by its number and device. Times of change move with
 * the kernel's clock, some milliseconds at a time: the same file written to within the tick in which it was noted is not found, and is
 * still the same file.
 *
 * <p>Where nothing can be held or tied (Windows, FAT), the real path, the length and the time are compared before and after: somebody who
 * is quick enough with the same
 * length and time is not found. Disk threads.
 *
 * @param place in {@code folder}, where the file is now @param name as a person knows it: the path inside the torrent
 * @param note  empty for a file in quarantine, which is written to all the time: nobody but its owner can enter that folder
 */
record GuardedFile(ShareGate gate, Path folder, Path place, String name, Optional<FileNote> note) implements OpenFiles.Guard {

    @Override
    public FileChannel open() throws IOException {
        return guarded(spot -> {
            compare(spot);
            FileChannel channel = spot.open();
            try {
                compare(spot);
                if (note.isPresent() && channel.size() != note.get().size()) {
                    throw changed();
                }
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        });
    }

    @Override
    public void look() throws IOException {
        guarded(spot -> {
            compare(spot);
            return true;
        });
    }

    private <T> T guarded(NoFollow.Arrival<T> arrival) throws IOException {
        try {
            sameFolder();
            T found = NoFollow.reach(folder, place, arrival);
            sameFolder();
            return found;
        } catch (BreachException e) {
            throw e;
        } catch (IOException e) {
            throw isLink() ? link() : gone(e);
        }
    }

    /** A file that is not there is trouble, not a breach; a folder that has become something else is one. */
    private IOException gone(IOException e) {
        return e instanceof NotDirectoryException ? changed() : e;
    }

    private void sameFolder() throws IOException {
        if (isLink()) {
            throw link();
        }
        Path now = folder.toRealPath();
        if (!gate.folderOr(now).equals(now)) {
            throw new BreachException("share.outside", name, "The folder of \"" + name
                    + "\" leads somewhere else than when it was shared, so nothing of it is sent. Put the folder back, or share it again.");
        }
        if (!place.toRealPath().startsWith(now)) {
            throw new BreachException("share.outside", name, "\"" + name + "\" lies outside the folder it was shared from, so nothing of it is sent. "
                    + "Put the file itself there, or share it again.");
        }
    }

    private boolean isLink() {
        return FileNote.leadsOut(folder, place) || Files.isSymbolicLink(place);
    }

    private void compare(NoFollow.Spot spot) throws IOException {
        BasicFileAttributes there = spot.attributes();
        if (there.isSymbolicLink()) {
            throw link();
        }
        if (!there.isRegularFile()) {
            throw changed();
        }
        if (note.isEmpty()) {
            return;
        }
        // by its path, for what a held folder does not tell: the time of change; it is that of the noted file, because its number is
        FileNote.Sighting now = FileNote.sight(place, note.get().tied()).orElseThrow(this::changed);
        if (!Objects.equals(now.key(), there.fileKey()) || !now.note().equals(note.get())) {
            throw now.note().device() != note.get().device() || isMounted() ? mounted() : changed();
        }
    }

    /** Looked at only when something is wrong. */
    private boolean isMounted() {
        return ComputerPlaces.mounts().stream()
                .anyMatch(mount -> place.startsWith(mount) && mount.startsWith(folder) && !mount.equals(folder));
    }

    private BreachException link() {
        return new BreachException("share.link", name, "\"" + name
                + "\" is a link now, or lies behind one, and links are not followed: nothing of it is sent. "
                + "Put the file itself back, then share it again.");
    }

    private BreachException changed() {
        return new BreachException("share.changed", name, "\"" + name
                + "\" is not the file any more that was shared: it was changed, replaced or moved. "
                + "Nothing of it is sent. Share it again if it is right.");
    }

    private BreachException mounted() {
        return new BreachException("share.mount", name, "Another disk or folder was mounted over \"" + name
                + "\", so nothing of it is sent. Unmount it, then share the files again.");
    }
}
