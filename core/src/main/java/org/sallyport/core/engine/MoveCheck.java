package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.storage.ComputerPlaces;
import org.sallyport.core.storage.DataMove;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;

/**
 * Whether a torrent's files may go to another folder, or are there. Waits for the disk.
 *
 * @param others the files and folders of all other torrents
 */
record MoveCheck(Services services, ManagedTorrent torrent, Sharing sharing, List<Path> others) {
    /** What else is written while files are copied. */
    private static final long SPARE_BYTES = 16L << 20;

    /** On the network thread. */
    static MoveCheck of(TorrentDesk desk, ManagedTorrent torrent) {
        List<Path> others = desk.roster().all().stream().map(TorrentStory::torrent).filter(other -> other != torrent)
                .map(other -> other.layout().root()).toList();
        return new MoveCheck(desk.services(), torrent, torrent.sharing(), others);
    }

    /** Makes the folder if there is none. @return where everything would be */
    Layout target(Path folder) throws RefusedException, IOException, StorageException {
        Layout from = torrent.layout();
        Layout to = from.in(folder, from.root().getFileName().toString());
        refuseSource(from);
        refuseTarget(from, folder);
        refusePlace(to);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new RefusedException("move.not-a-folder", "\"" + folder.getFileName() + "\" is a file. Choose a folder.");
        }
        DataMove data = new DataMove(torrent.metainfo(), from, to);
        if (data.isTaken()) {
            throw new RefusedException("move.name-taken", "There is something called \"" + to.root().getFileName()
                    + "\" in that folder, or parts of this torrent, and nothing is replaced. Choose another folder, or move that away first.");
        }
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new RefusedException("move.not-writable", "You may not write to that folder. Choose another one, or change its permissions.");
        }
        if (!sameStore(from.folder(), folder) && Files.getFileStore(folder).getUsableSpace() < data.bytes() + SPARE_BYTES) {
            throw new RefusedException("move.no-space", "There is not enough room on that disk. Free some space there, or choose another folder.");
        }
        return to;
    }

    static boolean sameStore(Path one, Path other) throws IOException {
        return Files.getFileStore(one).equals(Files.getFileStore(other));
    }

    private void refuseSource(Layout from) throws RefusedException {
        if (!Files.isDirectory(from.folder())) {
            throw new RefusedException("move.gone", "Its folder is not there, so there is nothing to move. Connect its disk; "
                    + "or if the files lie elsewhere by now, say where they are.");
        }
        for (Path other : others) {
            if (Files.exists(other, LinkOption.NOFOLLOW_LINKS) && (other.startsWith(from.root()) || from.root().startsWith(other))) {
                throw new RefusedException("move.used-elsewhere", "Another torrent in the list uses the same files, so they stay. "
                        + "Take the other one off the list first.");
            }
        }
    }

    private void refuseTarget(Layout from, Path folder) throws RefusedException {
        Path real = ComputerPlaces.real(folder);
        if (real.equals(ComputerPlaces.real(from.folder()))) {
            throw new RefusedException("move.same", "Its files are in that folder already.");
        }
        if (real.startsWith(ComputerPlaces.real(from.root()))) {
            throw new RefusedException("move.into-itself", "That folder lies in the one that would be moved. Choose a folder outside of it.");
        }
        for (Path way = real; way != null; way = way.getParent()) {
            if (Layout.isQuarantine(way)) {
                throw new RefusedException("move.quarantine", "Files wait in that folder until they are whole; nothing else is put there. "
                        + "Choose another folder.");
            }
        }
    }

    private void refusePlace(Layout to) throws RefusedException {
        Optional<Refusal> refused = services.places().refusal(to.root(), sharing);
        if (refused.isPresent()) {
            throw new RefusedException(refused.get());
        }
    }

    /** The folder and name under which the torrent's data is found: in the folder, or the data itself. */
    Layout found(Path place) throws RefusedException {
        Layout from = torrent.layout();
        String name = from.root().getFileName().toString();
        Layout in = from.in(place, name);
        if (!holds(in)) {
            boolean fits = torrent.metainfo().singleFile() ? Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                    : Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) && holdsAny(from.in(place.getParent(), place.getFileName().toString()));
            if (!fits || place.getParent() == null) {
                throw new RefusedException("locate.no-data", "\"" + name + "\" is not there, nor parts of it. "
                        + "Give the folder that holds it, or the file or folder itself.");
            }
            in = from.in(place.getParent(), place.getFileName().toString());
        }
        for (Path other : others) {
            if (other.equals(in.root())) {
                throw new RefusedException("locate.used-elsewhere", "Another torrent in the list has its files there. Choose its own.");
            }
        }
        refusePlace(in);
        return in;
    }

    private boolean holds(Layout layout) {
        boolean root = torrent.metainfo().singleFile() ? Files.isRegularFile(layout.root(), LinkOption.NOFOLLOW_LINKS)
                : Files.isDirectory(layout.root(), LinkOption.NOFOLLOW_LINKS);
        return root || layout.hasLeftovers();
    }

    private boolean holdsAny(Layout layout) {
        return torrent.metainfo().files().stream()
                .anyMatch(file -> !file.pad() && Files.exists(layout.released(file.index()), LinkOption.NOFOLLOW_LINKS));
    }
}
