package org.sallyport.ui.feed;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.ShareRequest;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.model.UploadPolicy;

/** Sends what decides who gets what from this computer; every outcome arrives on the FX thread. */
public final class ShareCommands {
    private final Engine engine;
    private final EngineCommands commands;
    private final Executor fxThread;

    ShareCommands(Engine engine, EngineCommands commands, Executor fxThread) {
        this.engine = engine;
        this.commands = commands;
        this.fxThread = fxThread;
    }

    /** Files being read to be shared. @param outcome completes on the FX thread @param stop ends the work; the outcome is then failed */
    public record Reading(CompletableFuture<Outcome<InfoHash>> outcome, Runnable stop) { }

    public CompletableFuture<Outcome<AllowedFolder>> allow(Path folder) {
        return commands.onFxThread(engine.shares().allow(folder));
    }

    public CompletableFuture<Outcome<Path>> disallow(Path folder) {
        return commands.onFxThread(engine.shares().disallow(folder));
    }

    public CompletableFuture<Outcome<List<ShareConcern>>> examine(Path path) {
        return commands.onFxThread(engine.shares().examine(path));
    }

    /** @param progress 0..1 on the FX thread, the latest value only */
    public Reading add(ShareRequest request, Consumer<Double> progress) {
        LatestWins<Double> handOver = new LatestWins<>(fxThread, progress);
        CompletableFuture<Outcome<InfoHash>> running = engine.shares().add(request, handOver::offer);
        return new Reading(commands.onFxThread(running), () -> running.cancel(true));
    }

    public CompletableFuture<Outcome<InfoHash>> stop(InfoHash hash) {
        return commands.onFxThread(engine.shares().stop(hash));
    }

    /** @param target replaced when it is there */
    public CompletableFuture<Outcome<Path>> writeTorrent(InfoHash hash, Path target) {
        return commands.onFxThread(engine.shares().writeTorrent(hash, target));
    }

    public CompletableFuture<Outcome<InfoHash>> upload(InfoHash hash, UploadPolicy policy) {
        return commands.onFxThread(engine.shares().upload(hash, policy));
    }
}
