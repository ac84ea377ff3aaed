package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A pool of torrents with their contents on disk, some of which are on the list of the program at a time; the others wait for their turn. */
final class SoakTorrents {

    private static final int FILE_BYTES = 1_400_003;
    private static final int PIECE_LENGTH = 64 << 10;

    private final Path folder;
    private final Deque<TorrentFile> waiting = new ArrayDeque<>();
    private final Deque<TorrentFile> listed = new ArrayDeque<>();

    private SoakTorrents(Path folder) {
        this.folder = folder;
    }

    /** @param folder gets NAME.torrent and the content below NAME; every third has an UDP tracker */
    static SoakTorrents create(Path folder, int count) {
        SoakTorrents torrents = new SoakTorrents(folder);
        SplittableRandom random = new SplittableRandom(count);
        IntStream.range(0, count).forEach(number -> torrents.waiting.add(torrents.make(number, random)));
        return torrents;
    }

    private TorrentFile make(int number, SplittableRandom random) {
        String name = "soak-%02d".formatted(number);
        Path root = folder.resolve(name).resolve("Soak " + number);
        List<Path> files = List.of(root.resolve("first.bin"), root.resolve("inner/second.bin"), root.resolve("third.bin"));
        byte[] bytes = new byte[FILE_BYTES];
        try {
            for (Path file : files) {
                random.nextBytes(bytes);
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String tracker = number % 3 == 0 ? OpenTracker.UDP_ANNOUNCE : OpenTracker.ANNOUNCE;
        return TorrentFile.write(folder.resolve(name + ".torrent"), tracker, root.getFileName().toString(), files, root, PIECE_LENGTH);
    }

    Path folder() {
        return folder;
    }

    List<TorrentFile> all() {
        List<TorrentFile> all = new ArrayList<>(waiting);
        all.addAll(listed);
        return all;
    }

    Collection<TorrentFile> listed() {
        return List.copyOf(listed);
    }

    /** Its place in the pool, 0-based, which is that of its file among the files in order of names. */
    int number(TorrentFile torrent) {
        String name = torrent.path().getFileName().toString();
        return Integer.parseInt(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
    }

    /** The one that has waited longest is on the list from now on. */
    TorrentFile enter() {
        TorrentFile torrent = waiting.remove();
        listed.add(torrent);
        return torrent;
    }

    /** The one that has been on the list for longest goes to the end of those that wait. */
    TorrentFile leave() {
        TorrentFile torrent = listed.remove();
        waiting.add(torrent);
        return torrent;
    }

    /** One that is on the list, for a number of any size. */
    TorrentFile pick(int number) {
        return List.copyOf(listed).get(Math.floorMod(number, listed.size()));
    }
}
