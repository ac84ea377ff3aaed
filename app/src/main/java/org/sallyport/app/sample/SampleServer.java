package org.sallyport.app.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.sallyport.app.wiring.Json;
import org.sallyport.app.wiring.ScratchFolder;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;

/**
 * The other side of the sample, in a process of its own: makes the folder and its torrent, tracks and shares it until its stdin
 * ends, which the operating system makes sure of when the parent is gone. Nobody but this
 * computer reaches it, and everything lies in one temporary folder.
 */
public final class SampleServer {
    private static final int PATIENCE_SECONDS = 60;

    private SampleServer() { }

    /**
     * @param announce told one JSON line {@code {"torrent":PATH,"peer":"127.0.0.1:PORT"}} when it shares
     * @param end      completes when it should end
     * @throws IOException if the sample cannot be made or shared; the message is a sentence
     */
    public static void run(Consumer<String> announce, CompletableFuture<?> end) throws IOException {
        Path folder = ScratchFolder.make();
        try (EmbeddedTracker tracker = EmbeddedTracker.start();
                Engine engine = Engine.start(EngineOptions.in(folder.resolve("data")).withBind(InetAddress.getLoopbackAddress()).withDht(false))) {
            share(engine, tracker, folder);
            announce.accept(Json.write(Json.object(
                    "torrent", folder.resolve("sample.torrent").toString(),
                    "peer", "127.0.0.1:" + engine.snapshot().port().port())));
            end.handle((value, trouble) -> true).join();
        } catch (EngineStartException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            ScratchFolder.delete(folder);
        }
    }

    private static void share(Engine engine, EmbeddedTracker tracker, Path folder) throws IOException {
        await(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        Path content = SampleContent.write(folder);
        Path torrent = folder.resolve("sample.torrent");
        await(engine.create(new CreateRequest(content, torrent, 0, List.of(List.of(tracker.url())), List.of(), false,
                "Made on this computer by the Sallyport sample."), progress -> { }));
        await(engine.add(AddRequest.seed(torrent, folder)));
        awaitSeeding(engine);
    }

    private static void awaitSeeding(Engine engine) throws IOException {
        CompletableFuture<TorrentSnapshot> seeding = new CompletableFuture<>();
        try (Engine.Subscription subscription = engine.onSnapshot(s -> s.torrents().stream()
                .filter(t -> t.state() == TorrentState.SEEDING).forEach(seeding::complete))) {
            get(seeding);
        }
    }

    private static void await(CompletableFuture<? extends Outcome<?>> answer) throws IOException {
        Outcome<?> outcome = get(answer);
        if (outcome instanceof Outcome.Refused<?> refused) {
            throw new IOException(refused.refusal().sentence());
        }
        if (outcome instanceof Outcome.Failed<?> failed) {
            throw new IOException(failed.sentence());
        }
    }

    private static <T> T get(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("The sample could not be made; the log says more.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The sample was interrupted.", e);
        }
    }
}
