package org.sallyport.ui.feed;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Torrents;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;

/** Sends changes to torrents of the list; every outcome arrives on the FX thread. */
public final class TorrentCommands {
    private final Torrents torrents;
    private final EngineCommands commands;

    TorrentCommands(Torrents torrents, EngineCommands commands) {
        this.torrents = torrents;
        this.commands = commands;
    }

    /** A magnet link being looked at. @param outcome completes on the FX thread @param stop ends it; the outcome is then failed */
    public record Look(CompletableFuture<Outcome<TorrentPreview>> outcome, Runnable stop) { }

    private <T> CompletableFuture<Outcome<T>> sent(Supplier<CompletableFuture<Outcome<T>>> command) {
        return commands.onFxThread(begun(command));
    }

    /** What cannot even begin ends as a defect does: with a sentence, not with a dialog that hangs. */
    private static <T> CompletableFuture<Outcome<T>> begun(Supplier<CompletableFuture<Outcome<T>>> command) {
        try {
            return command.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @param change told the present options, on a thread of the engine */
    public CompletableFuture<Outcome<InfoHash>> change(InfoHash hash, UnaryOperator<TorrentOptions> change) {
        return sent(() -> torrents.change(hash, change));
    }

    /** The same, and the user has agreed to the names of the files that are wanted from now on. */
    public CompletableFuture<Outcome<InfoHash>> changeAccepting(InfoHash hash, UnaryOperator<TorrentOptions> change) {
        return sent(() -> torrents.changeAccepting(hash, change));
    }

    /** For a magnet link that was refused for the names in its list of files. */
    public CompletableFuture<Outcome<InfoHash>> answerNames(InfoHash hash, AddRequest.Risky risky) {
        return sent(() -> torrents.answerNames(hash, risky));
    }

    public CompletableFuture<Outcome<InfoHash>> queue(InfoHash hash, QueueMove move) {
        return sent(() -> torrents.queue(hash, move));
    }

    /** @param name for the list only, empty for the torrent's own */
    public CompletableFuture<Outcome<InfoHash>> rename(InfoHash hash, String name) {
        return sent(() -> torrents.rename(hash, name));
    }

    /** @param path of a file or folder of the torrent @param name one name */
    public CompletableFuture<Outcome<InfoHash>> renamePath(InfoHash hash, String path, String name) {
        return sent(() -> torrents.renamePath(hash, path, name));
    }

    public CompletableFuture<Outcome<InfoHash>> move(InfoHash hash, Path folder) {
        return sent(() -> torrents.move(hash, folder));
    }

    public CompletableFuture<Outcome<InfoHash>> locate(InfoHash hash, Path folder) {
        return sent(() -> torrents.locate(hash, folder));
    }

    public CompletableFuture<Outcome<InfoHash>> trackers(InfoHash hash, List<List<String>> tiers) {
        return sent(() -> torrents.trackers(hash, tiers));
    }

    public CompletableFuture<Outcome<InfoHash>> announce(InfoHash hash) {
        return sent(() -> torrents.announce(hash));
    }

    public CompletableFuture<Outcome<InetAddress>> ban(InetAddress address) {
        return sent(() -> torrents.ban(address));
    }

    public CompletableFuture<Outcome<Path>> export(InfoHash hash, Path file) {
        return sent(() -> torrents.export(hash, file));
    }

    public CompletableFuture<Outcome<String>> magnet(InfoHash hash) {
        return sent(() -> torrents.magnet(hash));
    }

    /** Asks peers for what a magnet link stands for, without adding it. */
    public Look look(String magnet) {
        CompletableFuture<Outcome<TorrentPreview>> running = begun(() -> torrents.look(magnet));
        return new Look(commands.onFxThread(running), () -> running.cancel(true));
    }
}
