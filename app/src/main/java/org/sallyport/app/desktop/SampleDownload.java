package org.sallyport.app.desktop;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sallyport.app.cli.Folders;
import org.sallyport.app.sample.SampleProcess;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentPreview;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sample in the running window: starts the other side, adds its torrent, and ends the other side when the files are there. */
final class SampleDownload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SampleDownload.class);
    private static final int PATIENCE_SECONDS = 60;

    private final Engine engine;
    private final Class<?> mainClass;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final Set<OtherSide> running = ConcurrentHashMap.newKeySet();

    private record OtherSide(SampleProcess process, Engine.Subscription ending) implements AutoCloseable {
        @Override
        public void close() {
            ending.close();
            process.close();
        }
    }

    SampleDownload(Engine engine, Class<?> mainClass) {
        this.engine = engine;
        this.mainClass = mainClass;
    }

    CompletableFuture<Outcome<InfoHash>> start() {
        return CompletableFuture.supplyAsync(this::download, worker);
    }

    private Outcome<InfoHash> download() {
        try {
            SampleProcess process = SampleProcess.start(mainClass);
            Outcome<TorrentPreview> preview = await(engine.inspect(process.torrent()));
            Outcome<InfoHash> outcome = preview.fold(p -> add(process, p.hash()), Outcome::refused, Outcome::failed);
            if (!outcome.isDone()) {
                process.close();
            }
            return outcome;
        } catch (IOException e) {
            LOG.warn("the sample could not be started", e);
            return Outcome.failed("The sample could not be started. The log says why.");
        }
    }

    private Outcome<InfoHash> add(SampleProcess process, InfoHash hash) {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        // listens before it adds: a small torrent may be there before the outcome is
        Engine.Subscription subscription = engine.onEvent(e -> {
            boolean last = e.id().equals("torrent.released") || e.id().equals("torrent.removed");
            if (last && e.fact("hash").equals(hash.hex())) {
                ended.complete(true);
            }
        });
        OtherSide side = new OtherSide(process, subscription);
        running.add(side);
        ended.thenRunAsync(() -> end(side), worker);
        AddRequest request = AddRequest.download(process.torrent(), Folders.downloads(engine.settings())).withPeers(List.of(process.peer()));
        Outcome<InfoHash> outcome = await(engine.add(request));
        if (!outcome.isDone()) {
            end(side);
        }
        return outcome;
    }

    private void end(OtherSide side) {
        if (running.remove(side)) {
            side.close();
        }
    }

    private static <T> Outcome<T> await(CompletableFuture<Outcome<T>> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the sample could not be added", e);
            return Outcome.failed("The sample could not be added. The log says why.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed("The sample was interrupted.");
        }
    }

    @Override
    public void close() {
        running.forEach(this::end);
        worker.shutdownNow();
    }
}
