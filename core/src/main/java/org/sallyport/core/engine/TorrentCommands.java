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
final class TorrentCommands implements Torrents, AutoCloseable {
    private final TorrentAccess access;
    private final TorrentChoices choices;
    private final MagnetDesk magnets;
    private final Look web;
    private final FileWork files;
    private final Relocation relocation;
    private final Renaming renaming;
    private final TrackerEditing trackers;
    private final Export export;
    private final ShuttingOut shutOut;

    /** Looks at a .torrent at a web address. */
    interface Look {
        CompletableFuture<Outcome<TorrentPreview>> at(String address);
    }

    TorrentCommands(TorrentDesk desk, Admissions admissions, DeviceExchange exchange, MagnetDesk magnets, Look web) {
        this.web = web;
        this.access = desk.access();
        this.magnets = magnets;
        this.choices = new TorrentChoices(access, new FileChoice(desk.services().policy()));
        this.files = new FileWork(desk);
        this.relocation = new Relocation(desk, files);
        this.renaming = new Renaming(desk, files);
        this.trackers = new TrackerEditing(desk, admissions);
        this.export = new Export(desk);
        this.shutOut = new ShuttingOut(desk, exchange);
    }

    /** For a torrent that is added once more. */
    TrackerEditing trackers() {
        return trackers;
    }

    /** Stops what works with files. */
    @Override
    public void close() {
        files.close();
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> change(InfoHash hash, UnaryOperator<TorrentOptions> change) {
        return access.command(() -> choices.change(hash, change, false));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> changeAccepting(InfoHash hash, UnaryOperator<TorrentOptions> change) {
        return access.command(() -> choices.change(hash, change, true));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> answerNames(InfoHash hash, AddRequest.Risky risky) {
        return access.command(() -> magnets.answer(hash, risky));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> queue(InfoHash hash, QueueMove move) {
        return access.command(() -> choices.queue(hash, move));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> rename(InfoHash hash, String name) {
        return renaming.inTheList(hash, name);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> renamePath(InfoHash hash, String path, String name) {
        return renaming.onDisk(hash, path, name);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> move(InfoHash hash, Path folder) {
        return relocation.move(hash, folder);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> locate(InfoHash hash, Path folder) {
        return relocation.locate(hash, folder);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> trackers(InfoHash hash, List<List<String>> tiers) {
        return trackers.replace(hash, tiers);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> announce(InfoHash hash) {
        return trackers.announce(hash);
    }

    @Override
    public CompletableFuture<Outcome<InetAddress>> ban(InetAddress address) {
        return shutOut.ban(address);
    }

    @Override
    public CompletableFuture<Outcome<Path>> export(InfoHash hash, Path file) {
        return export.file(hash, file);
    }

    @Override
    public CompletableFuture<Outcome<String>> magnet(InfoHash hash) {
        return export.magnet(hash);
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> look(String link) {
        return AddSource.WebAddress.isOne(link) ? web.at(link) : magnets.look(link);
    }
}
