package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;

/**
 * A torrent to add.
 *
 * @param source    the .torrent file or magnet link
 * @param folder    download folder, or with {@code existing} the folder that holds the data (the file or folder named by the torrent lies in it)
 * @param wanted    file indexes to download, the others are skipped; empty for all but those {@code options} skip
 * @param paused    add without starting
 * @param existing  the data is there already: check it and seed, never write
 * @param peers     addresses to dial at once
 * @param sharing   who may get it from here
 * @param options   what else is chosen for it
 * @param usualGoal for a download, the goal of the settings counts instead of the one in {@code options}
 * @param mergeTrackers if it is in the list already, its trackers join those there are, and nothing else changes
 */
public record AddRequest(
        AddSource source, Path folder, Set<Integer> wanted, boolean paused, boolean existing, List<PeerAddress> peers, Sharing sharing,
        TorrentOptions options, boolean usualGoal, boolean mergeTrackers) {

    /** As a {@linkplain SeedGoal#ratio() ratio}: seeding does not stop. */
    public static final double SEED_FOREVER = -1;

    public AddRequest {
        wanted = Set.copyOf(wanted);
        peers = List.copyOf(peers);
    }

    /** All files, started, shared until the usual goal is reached: what a double click means. */
    public static AddRequest download(Path metainfo, Path folder) {
        return of(new AddSource.MetainfoFile(metainfo), folder, false);
    }

    /** The same for either. */
    public static AddRequest download(AddSource source, Path folder) {
        return of(source, folder, false);
    }

    /** The same for a magnet link. */
    public static AddRequest download(String magnet, Path folder) {
        return of(new AddSource.MagnetLink(magnet), folder, false);
    }

    /** Data that lies in {@code folder} already, to be checked and offered. */
    public static AddRequest seed(Path metainfo, Path folder) {
        return of(new AddSource.MetainfoFile(metainfo), folder, true);
    }

    private static AddRequest of(AddSource source, Path folder, boolean existing) {
        return new AddRequest(source, folder, Set.of(), false, existing, List.of(), Sharing.DOWNLOAD, TorrentOptions.DEFAULT, true, false);
    }

    AddRequest withFolder(Path value) {
        return new AddRequest(source, value, wanted, paused, existing, peers, sharing, options, usualGoal, mergeTrackers);
    }

    public AddRequest withPeers(List<PeerAddress> addresses) {
        return new AddRequest(source, folder, wanted, paused, existing, addresses, sharing, options, usualGoal, mergeTrackers);
    }

    public AddRequest withWanted(Set<Integer> indexes) {
        return new AddRequest(source, folder, indexes, paused, existing, peers, sharing, options, usualGoal, mergeTrackers);
    }

    public AddRequest withPaused(boolean value) {
        return new AddRequest(source, folder, wanted, value, existing, peers, sharing, options, usualGoal, mergeTrackers);
    }

    public AddRequest withSequential(boolean value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, options.withSequential(value), usualGoal, mergeTrackers);
    }

    /** Stop seeding when uploaded ÷ downloaded reaches this; 0 never seeds, {@link #SEED_FOREVER} does not stop, whatever is usual. */
    public AddRequest withSeedRatio(double ratio) {
        return withGoal(SeedGoal.ratio(ratio));
    }

    /** Instead of the usual goal. */
    public AddRequest withGoal(SeedGoal goal) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, options.withGoal(goal), false, mergeTrackers);
    }

    /** Decides who may get it from here. */
    public AddRequest withSharing(Sharing value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, value, options, usualGoal, mergeTrackers);
    }

    /** Replaces everything else that is chosen; the usual goal stays in force unless another is among it. */
    public AddRequest withOptions(TorrentOptions value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, value, usualGoal && value.goal().equals(SeedGoal.NONE), mergeTrackers);
    }

    /** If it is in the list already, its trackers join those there are. */
    public AddRequest withMergeTrackers(boolean value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, options, usualGoal, value);
    }
}
