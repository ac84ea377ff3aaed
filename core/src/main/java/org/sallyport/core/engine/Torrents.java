package org.sallyport.core.engine;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;

/**
 * What can be done with a torrent of the list besides starting and stopping it. Any thread. Every command is refused with
 * {@code torrent.unknown} when there is no such torrent.
 */
public interface Torrents {

    /**
     * Changes what was chosen for it, at once: files skipped or wanted again, order, limits, goal, labels. Refused when a value is out of range
     * or the torrent has no such file; with {@code names.ask} when a file that was skipped is wanted now and policy asks about its name, with
     * {@code names.blocked} when it may not be fetched at all.
     *
     * @param change told the present options; on the command thread
     */
    CompletableFuture<Outcome<InfoHash>> change(InfoHash hash, UnaryOperator<TorrentOptions> change);

    /** The same, and the user has agreed to the names of the files that are wanted from now on. */
    CompletableFuture<Outcome<InfoHash>> changeAccepting(InfoHash hash, UnaryOperator<TorrentOptions> change);

    /**
     * Says what becomes of files with risky names, for a magnet link whose list of files was refused for them, and goes on with it. What
     * policy blocks is refused all the same. Refused with {@code names.nothing-asked} for any other torrent.
     */
    CompletableFuture<Outcome<InfoHash>> answerNames(InfoHash hash, AddRequest.Risky risky);

    /** Moves it in the queue. */
    CompletableFuture<Outcome<InfoHash>> queue(InfoHash hash, QueueMove move);

    /** A name for the list only; empty for the torrent's own. */
    CompletableFuture<Outcome<InfoHash>> rename(InfoHash hash, String name);

    /**
     * Renames a file or folder on disk. Refused for a name that the path rule would change, that is taken, and for data that was there before.
     *
     * @param path as in {@code FileSnapshot.path()}, or a folder in front of it; the first name is the torrent's file or folder itself
     * @param name one name, without separators
     */
    CompletableFuture<Outcome<InfoHash>> renamePath(InfoHash hash, String path, String name);

    /** Moves its data to another folder: at once within a file system, copied and compared across. Done when all is there. */
    CompletableFuture<Outcome<InfoHash>> move(InfoHash hash, Path folder);

    /** Says where its data lies now; it is checked there. Nothing is moved. */
    CompletableFuture<Outcome<InfoHash>> locate(InfoHash hash, Path folder);

    /**
     * Replaces its trackers; refused for a private torrent, a trusted-only one, and addresses that are not http, https or udp.
     * @param tiers at most 100 URLs
     */
    CompletableFuture<Outcome<InfoHash>> trackers(InfoHash hash, List<List<String>> tiers);

    /** Asks its trackers now, at most once a minute. */
    CompletableFuture<Outcome<InfoHash>> announce(InfoHash hash);

    /** Ends the connections with this address in all torrents and shuts it out until the program ends. */
    CompletableFuture<Outcome<InetAddress>> ban(InetAddress address);

    /** Writes it as a .torrent file with its present trackers. Never replaces a file. */
    CompletableFuture<Outcome<Path>> export(InfoHash hash, Path file);

    /** Its magnet link with its present trackers. Refused for a trusted-only torrent. */
    CompletableFuture<Outcome<String>> magnet(InfoHash hash);

    /**
     * Looks at a .torrent at a web address ({@link AddSource.WebAddress}), or asks peers for what a magnet link stands for, without adding
     * it; an {@code add} of the same link soon after does not ask again.
     * Cancel the future to stop it.
     */
    CompletableFuture<Outcome<TorrentPreview>> look(String link);
}
