package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.model.UploadPolicy;

/** What others can get from this computer. Any thread; the state is in the snapshot: {@code EngineSnapshot.shares()}. */
public interface Shares {

    /**
     * Allows sharing from a folder and what is in it; shares nothing by itself. Refused with {@code share.root-*} for places that hold more
     * than anybody means to share.
     */
    CompletableFuture<Outcome<AllowedFolder>> allow(Path folder);

    /** Takes that back; shares in it stop at once. Refused: {@code share.not-allowed}. */
    CompletableFuture<Outcome<Path>> disallow(Path folder);

    /** What in a file or folder should perhaps not be shared: keys, password stores, wallets. Empty when nothing was found. */
    CompletableFuture<Outcome<List<ShareConcern>>> examine(Path path);

    /**
     * Reads the files once and shares exactly these, as they are now: what is added later is not shared, what changes stops the share.
     * Refused: {@code share.not-allowed} outside the allowed folders, {@code share.concern} with a concern that was not accepted,
     * {@code share.link}, {@code share.empty}, and by policy.
     *
     * @param progress told 0..1 now and then, on a thread of the engine @return cancel the future to stop it
     */
    CompletableFuture<Outcome<InfoHash>> add(ShareRequest request, Consumer<Double> progress);

    /**
     * Nobody gets it any more, within a second. A share of own files leaves the list, the files stay; a download stays, with
     * {@link UploadPolicy#NEVER}.
     */
    CompletableFuture<Outcome<InfoHash>> stop(InfoHash hash);

    /** Writes the .torrent file of a torrent of the list, for others to add; an existing file is replaced. */
    CompletableFuture<Outcome<Path>> writeTorrent(InfoHash hash, Path target);

    /** Sets when a torrent's bytes may be sent; in force at once. */
    CompletableFuture<Outcome<InfoHash>> upload(InfoHash hash, UploadPolicy policy);
}
