package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;

/**
 * A torrent to add.
 *
 * @param source    the .torrent file or magnet link
 * @param folder    download folder, or with {@code existing} the folder that holds the data (the file or folder named by the torrent lies in it)
 * @param wanted    file indexes to download, the others are skipped; empty for all that the intent of {@code options} takes in, but those they skip
 * @param paused    add without starting
 * @param existing  the data is there already: check it and seed, never write
 * @param peers     addresses to dial at once
 * @param sharing   who may get it from here
 * @param options   what else is chosen for it
 * @param usualGoal for a download, the goal of the settings counts instead of the one in {@code options}
 * @param mergeTrackers if it is in the list already, its trackers join those there are, and nothing else changes
 * @param risky     what becomes of files whose names policy wants to be asked about
 */
public record AddRequest(
        AddSource source, Path folder, Set<Integer> wanted, boolean paused, boolean existing, List<PeerAddress> peers, Sharing sharing,
        TorrentOptions options, boolean usualGoal, boolean mergeTrackers, Risky risky) {

    /** As a {@linkplain SeedGoal#ratio() ratio}: seeding does not stop. */
    public static final double SEED_FOREVER = -1;

    /** About chosen files that policy does not let pass by themselves. */
    public enum Risky {
        /** The torrent is not added. */
        REFUSE,
        /** They are left out, and the rest is fetched. */
        SKIP,
        /** The user has agreed to them; what policy blocks is refused all the same. */
        ACCEPT
    }

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
        return new AddRequest(source, folder, Set.of(), false, existing, List.of(), Sharing.DOWNLOAD, TorrentOptions.DEFAULT, true, false,
                Risky.REFUSE);
    }

    /** What it comes to: files that are not fetched are skipped. */
    AddRequest withChoice(TorrentOptions value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, value, usualGoal, mergeTrackers, risky);
    }

    AddRequest withFolder(Path value) {
        return new AddRequest(source, value, wanted, paused, existing, peers, sharing, options, usualGoal, mergeTrackers, risky);
    }

    public AddRequest withPeers(List<PeerAddress> addresses) {
        return new AddRequest(source, folder, wanted, paused, existing, addresses, sharing, options, usualGoal, mergeTrackers, risky);
    }

    public AddRequest withWanted(Set<Integer> indexes) {
        return new AddRequest(source, folder, indexes, paused, existing, peers, sharing, options, usualGoal, mergeTrackers, risky);
    }

    public AddRequest withPaused(boolean value) {
        return new AddRequest(source, folder, wanted, value, existing, peers, sharing, options, usualGoal, mergeTrackers, risky);
    }

    public AddRequest withSequential(boolean value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, options.withSequential(value), usualGoal,
                mergeTrackers, risky);
    }

    /** Stop seeding when uploaded ÷ downloaded reaches this; 0 never seeds, {@link #SEED_FOREVER} does not stop, whatever is usual. */
    public AddRequest withSeedRatio(double ratio) {
        return withGoal(SeedGoal.ratio(ratio));
    }

    /** Instead of the usual goal. */
    public AddRequest withGoal(SeedGoal goal) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, options.withGoal(goal), false, mergeTrackers, risky);
    }

    /** Decides who may get it from here. */
    public AddRequest withSharing(Sharing value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, value, options, usualGoal, mergeTrackers, risky);
    }

    /** Replaces everything else that is chosen; the usual goal stays in force unless another is among it. */
    public AddRequest withOptions(TorrentOptions value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, value, usualGoal
                && value.goal().equals(SeedGoal.NONE), mergeTrackers, risky);
    }

    /** If it is in the list already, its trackers join those there are. */
    public AddRequest withMergeTrackers(boolean value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, options, usualGoal, value, risky);
    }

    public AddRequest withRisky(Risky value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, options, usualGoal, mergeTrackers, value);
    }

    /** Unless files are chosen one by one, only those of these types. */
    public AddRequest withIntent(Intent value) {
        return new AddRequest(source, folder, wanted, paused, existing, peers, sharing, options.withIntent(value), usualGoal, mergeTrackers, risky);
    }
}
