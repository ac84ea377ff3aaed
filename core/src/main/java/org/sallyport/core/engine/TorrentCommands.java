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

/** Changes to torrents of the list, on the command thread. */
final class TorrentCommands implements Torrents {
    private final TorrentAccess access;
    private final TorrentChoices choices;
    private final MagnetDesk magnets;

    TorrentCommands(TorrentAccess access, MagnetDesk magnets) {
        this.access = access;
        this.magnets = magnets;
        this.choices = new TorrentChoices(access);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> change(InfoHash hash, UnaryOperator<TorrentOptions> change) {
        return access.command(() -> choices.change(hash, change));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> queue(InfoHash hash, QueueMove move) {
        return access.command(() -> choices.queue(hash, move));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> rename(InfoHash hash, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> renamePath(InfoHash hash, String path, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> move(InfoHash hash, Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> locate(InfoHash hash, Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> trackers(InfoHash hash, List<List<String>> tiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> announce(InfoHash hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<InetAddress>> ban(InetAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<Path>> export(InfoHash hash, Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<String>> magnet(InfoHash hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> look(String magnet) {
        return magnets.look(magnet);
    }
}
