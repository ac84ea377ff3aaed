package org.sallyport.core.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentPreview;

/** Where whole files are read to make torrents of them, beside the commands that must not wait for that. Any thread. */
final class AuthorThread implements ShareDesk.Threads, AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("sallyport-create"));
    private final CommandThread commands;
    private final Runnable publish;
    private final PublisherDesk publishers;

    /** @param publish on the network thread, after something was done there */
    AuthorThread(CommandThread commands, Runnable publish, PublisherDesk publishers) {
        this.publishers = publishers;
        this.commands = commands;
        this.publish = publish;
    }

    CompletableFuture<Outcome<TorrentPreview>> create(CreateRequest request, Consumer<Double> progress) {
        Authoring authoring = new Authoring(request, progress, publishers);
        CompletableFuture<Outcome<TorrentPreview>> outcome = slow(authoring::run);
        outcome.whenComplete((done, failure) -> authoring.cancelIf(outcome.isCancelled()));
        return outcome;
    }

    @Override
    public <T> CompletableFuture<Outcome<T>> command(Callable<Outcome<T>> work) {
        return commands.run(work);
    }

    @Override
    public <T> CompletableFuture<Outcome<T>> slow(Callable<Outcome<T>> work) {
        return commands.run(thread, work);
    }

    @Override
    public <T> T onLoop(Callable<T> work) throws ExecutionException, TimeoutException {
        return commands.onLoop(() -> {
            T result = work.call();
            publish.run();
            return result;
        });
    }

    /** What is being made is left. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
