package org.sallyport.ui.feed;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine as the FX thread sees it: the latest snapshot and the settings in force. Owned by the FX thread; the engine
 * hands over through {@link LatestWins}, so a slow window never holds up the engine.
 */
public final class EngineFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineFeed.class);

    private final Engine engine;
    private final Executor fxThread;
    private final EngineCommands commands;
    private final ReadOnlyObjectWrapper<EngineSnapshot> snapshot;
    private final ReadOnlyObjectWrapper<Settings> settings;
    private final Engine.Subscription subscription;

    /** Starts listening. FX thread. */
    public EngineFeed(Engine engine) {
        this(engine, FxThread.EXECUTOR);
    }

    EngineFeed(Engine engine, Executor fxThread) {
        this.engine = engine;
        this.fxThread = fxThread;
        this.snapshot = new ReadOnlyObjectWrapper<>(engine.snapshot());
        this.settings = new ReadOnlyObjectWrapper<>(engine.settings());
        this.commands = new EngineCommands(engine, fxThread, settings::set);
        LatestWins<EngineSnapshot> handOver = new LatestWins<>(fxThread, this::deliver);
        this.subscription = engine.onSnapshot(handOver::offer);
    }

    private void deliver(EngineSnapshot latest) {
        settings.set(engine.settings());
        snapshot.set(latest);
    }

    /** Changes about twice a second. */
    public ReadOnlyObjectProperty<EngineSnapshot> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    public EngineSnapshot snapshot() {
        return snapshot.get();
    }

    /** The settings in force, whoever changed them. */
    public ReadOnlyObjectProperty<Settings> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    public Settings settings() {
        return settings.get();
    }

    /** The blocklist in force. */
    public BlocklistState blocklist() {
        return engine.blocklist();
    }

    public EngineCommands commands() {
        return commands;
    }

    /** One torrent in full; completes on the FX thread, empty when it is gone. */
    public CompletableFuture<Optional<TorrentDetails>> details(InfoHash hash) {
        return engine.details(hash).handleAsync((details, problem) -> {
            if (problem == null) {
                return details;
            }
            LOG.error("details of {} could not be had", hash.shortHex(), problem);
            return Optional.<TorrentDetails>empty();
        }, fxThread);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
