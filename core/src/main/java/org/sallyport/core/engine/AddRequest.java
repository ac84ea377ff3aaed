package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Sharing;

/**
 * A torrent to add.
 *
 * @param source    the .torrent file or magnet link
 * @param folder    download folder, or with {@code existing} the folder that holds the data (the file or folder named by the torrent lies in it)
 * @param wanted    file indexes to download; empty for all
 * @param paused    add without starting
 * @param existing  the data is there already: check it and seed, never write
 * @param sequential fetch pieces in order
 * @param peers     addresses to dial at once
 * @param sharing   who may get it from here
 * @param seedRatio stop seeding when uploaded ÷ downloaded reaches this; 0 never seeds, {@link #SEED_FOREVER} does not stop
 */
public record AddRequest(
        AddSource source, Path folder, Set<Integer> wanted, boolean paused, boolean existing,
        boolean sequential, List<PeerAddress> peers, double seedRatio, Sharing sharing) {

    public static final double SEED_FOREVER = -1;

    public AddRequest {
        wanted = Set.copyOf(wanted);
        peers = List.copyOf(peers);
    }

    /** All files, started, seeding without end: what a double click means. */
    public static AddRequest download(Path metainfo, Path folder) {
        return new AddRequest(new AddSource.MetainfoFile(metainfo), folder, Set.of(), false, false, false, List.of(), SEED_FOREVER, Sharing.DOWNLOAD);
    }

    /** The same for either. */
    public static AddRequest download(AddSource source, Path folder) {
        return new AddRequest(source, folder, Set.of(), false, false, false, List.of(), SEED_FOREVER, Sharing.DOWNLOAD);
    }

    /** The same for a magnet link. */
    public static AddRequest download(String magnet, Path folder) {
        return new AddRequest(new AddSource.MagnetLink(magnet), folder, Set.of(), false, false, false, List.of(), SEED_FOREVER, Sharing.DOWNLOAD);
    }

    /** Data that lies in {@code folder} already, to be checked and offered. */
    public static AddRequest seed(Path metainfo, Path folder) {
        return new AddRequest(new AddSource.MetainfoFile(metainfo), folder, Set.of(), false, true, false, List.of(), SEED_FOREVER, Sharing.DOWNLOAD);
    }

    AddRequest withFolder(Path value) {
        return new AddRequest(source, value, wanted, paused, existing, sequential, peers, seedRatio, sharing);
    }

    public AddRequest withPeers(List<PeerAddress> addresses) {
        return new AddRequest(source, folder, wanted, paused, existing, sequential, addresses, seedRatio, sharing);
    }

    public AddRequest withWanted(Set<Integer> indexes) {
        return new AddRequest(source, folder, indexes, paused, existing, sequential, peers, seedRatio, sharing);
    }

    public AddRequest withPaused(boolean value) {
        return new AddRequest(source, folder, wanted, value, existing, sequential, peers, seedRatio, sharing);
    }

    public AddRequest withSequential(boolean value) {
        return new AddRequest(source, folder, wanted, paused, existing, value, peers, seedRatio, sharing);
    }

    public AddRequest withSeedRatio(double ratio) {
        return new AddRequest(source, folder, wanted, paused, existing, sequential, peers, ratio, sharing);
    }

    /** Decides who may get it from here. */
    public AddRequest withSharing(Sharing value) {
        return new AddRequest(source, folder, wanted, paused, existing, sequential, peers, seedRatio, value);
    }
}
