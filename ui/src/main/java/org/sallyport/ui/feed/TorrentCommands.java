package org.sallyport.ui.feed;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
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

    /** @param change told the present options, on a thread of the engine */
    public CompletableFuture<Outcome<InfoHash>> change(InfoHash hash, UnaryOperator<TorrentOptions> change) {
        return commands.onFxThread(torrents.change(hash, change));
    }

    public CompletableFuture<Outcome<InfoHash>> queue(InfoHash hash, QueueMove move) {
        return commands.onFxThread(torrents.queue(hash, move));
    }

    /** @param name for the list only, empty for the torrent's own */
    public CompletableFuture<Outcome<InfoHash>> rename(InfoHash hash, String name) {
        return commands.onFxThread(torrents.rename(hash, name));
    }

    /** @param path of a file or folder of the torrent @param name one name */
    public CompletableFuture<Outcome<InfoHash>> renamePath(InfoHash hash, String path, String name) {
        return commands.onFxThread(torrents.renamePath(hash, path, name));
    }

    public CompletableFuture<Outcome<InfoHash>> move(InfoHash hash, Path folder) {
        return commands.onFxThread(torrents.move(hash, folder));
    }

    public CompletableFuture<Outcome<InfoHash>> locate(InfoHash hash, Path folder) {
        return commands.onFxThread(torrents.locate(hash, folder));
    }

    public CompletableFuture<Outcome<InfoHash>> trackers(InfoHash hash, List<List<String>> tiers) {
        return commands.onFxThread(torrents.trackers(hash, tiers));
    }

    public CompletableFuture<Outcome<InfoHash>> announce(InfoHash hash) {
        return commands.onFxThread(torrents.announce(hash));
    }

    public CompletableFuture<Outcome<InetAddress>> ban(InetAddress address) {
        return commands.onFxThread(torrents.ban(address));
    }

    public CompletableFuture<Outcome<Path>> export(InfoHash hash, Path file) {
        return commands.onFxThread(torrents.export(hash, file));
    }

    public CompletableFuture<Outcome<String>> magnet(InfoHash hash) {
        return commands.onFxThread(torrents.magnet(hash));
    }

    /** Asks peers for what a magnet link stands for, without adding it. */
    public Look look(String magnet) {
        CompletableFuture<Outcome<TorrentPreview>> running = torrents.look(magnet);
        return new Look(commands.onFxThread(running), () -> running.cancel(true));
    }
}
