package org.sallyport.ui.feed;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.LocalNetwork;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.i18n.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands to the engine; every outcome arrives on the FX thread, and a defect arrives as a failed outcome. */
public final class EngineCommands {
    private static final Logger LOG = LoggerFactory.getLogger(EngineCommands.class);

    private final Engine engine;
    private final Executor fxThread;
    private final Consumer<Settings> settingsChanged;
    private final ShareCommands shares;

    EngineCommands(Engine engine, Executor fxThread, Consumer<Settings> settingsChanged) {
        this.engine = engine;
        this.fxThread = fxThread;
        this.settingsChanged = settingsChanged;
        this.shares = new ShareCommands(engine, this, fxThread);
    }

    /** A torrent being made. @param outcome completes on the FX thread @param stop ends the work; the outcome is then failed */
    public record Creation(CompletableFuture<Outcome<TorrentPreview>> outcome, Runnable stop) { }

    /** Those about files between the network and the user. */
    public QuarantineCommands quarantine() {
        return new QuarantineCommands(engine.quarantine(), this);
    }

    /** Those about who gets what from this computer. */
    public ShareCommands shares() {
        return shares;
    }

    public CompletableFuture<Outcome<InfoHash>> add(AddRequest request) {
        return onFxThread(engine.add(request));
    }

    public CompletableFuture<Outcome<InfoHash>> start(InfoHash hash) {
        return onFxThread(engine.start(hash));
    }

    public CompletableFuture<Outcome<InfoHash>> pause(InfoHash hash) {
        return onFxThread(engine.pause(hash));
    }

    public CompletableFuture<Outcome<InfoHash>> remove(InfoHash hash, boolean withData) {
        return onFxThread(engine.remove(hash, withData));
    }

    public CompletableFuture<Outcome<InfoHash>> recheck(InfoHash hash) {
        return onFxThread(engine.recheck(hash));
    }

    public CompletableFuture<Outcome<TorrentPreview>> inspect(Path metainfo) {
        return onFxThread(engine.inspect(metainfo));
    }

    /** @param progress 0..1 on the FX thread, the latest value only */
    public Creation create(CreateRequest request, Consumer<Double> progress) {
        LatestWins<Double> handOver = new LatestWins<>(fxThread, progress);
        CompletableFuture<Outcome<TorrentPreview>> running = engine.create(request, handOver::offer);
        return new Creation(onFxThread(running), () -> running.cancel(true));
    }

    public CompletableFuture<Outcome<QuitMode>> quitWhen(QuitMode mode) {
        return onFxThread(engine.quitWhen(mode));
    }

    public CompletableFuture<Outcome<QuitMode>> keepOpen() {
        return onFxThread(engine.keepOpen());
    }

    /** The outcome carries the settings in force; the feed shows them before the outcome arrives. */
    public CompletableFuture<Outcome<Settings>> changeSettings(Settings settings) {
        return onFxThread(engine.changeSettings(settings)).thenApply(outcome -> {
            if (outcome instanceof Outcome.Done<Settings> done) {
                settingsChanged.accept(done.value());
            }
            return outcome;
        });
    }

    public CompletableFuture<Outcome<PortAudit>> auditPort() {
        return onFxThread(engine.auditPort());
    }

    public CompletableFuture<Outcome<List<LocalNetwork>>> networks() {
        return onFxThread(engine.networks());
    }

    public CompletableFuture<Outcome<BlocklistState>> loadBlocklist(Path file) {
        return onFxThread(engine.loadBlocklist(file));
    }

    public CompletableFuture<Outcome<BlocklistState>> clearBlocklist() {
        return onFxThread(engine.clearBlocklist());
    }

    /** Changes to torrents of the list. */
    public TorrentCommands torrents() {
        return new TorrentCommands(engine.torrents(), this);
    }

    public CompletableFuture<Outcome<InfoHash>> addPeers(InfoHash hash, List<PeerAddress> peers) {
        return onFxThread(engine.addPeers(hash, peers));
    }

    /** Whose signatures are believed. */
    public PublisherCommands publishers() {
        return new PublisherCommands(engine.publishers(), this);
    }

    /** This device and those it trusts. */
    public DeviceCommands devices() {
        return new DeviceCommands(engine.devices(), this);
    }

    /** Brings any outcome to the FX thread. */
    public <T> CompletableFuture<Outcome<T>> onFxThread(CompletableFuture<Outcome<T>> running) {
        return running.handleAsync((outcome, problem) -> {
            if (problem == null) {
                return outcome;
            }
            if (!running.isCancelled()) {
                LOG.error("a command ended in a defect", problem);
            }
            return Outcome.failed(Messages.text("outcome.defect"));
        }, fxThread);
    }
}
