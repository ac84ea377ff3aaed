package org.sallyport.app.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;
import org.sallyport.core.model.Outcome;

/** Data directories made ready by an engine of this JVM on loopback, before the packaged program runs in them. */
final class Library {

    private static final Duration SOON = Duration.ofSeconds(30);

    private Library() {
    }

    /** Adds a torrent, to be found there by the next run. */
    static void add(Path data, AddRequest request) throws EngineStartException {
        try (Engine engine = Engine.start(EngineOptions.in(data).withDht(false).withPort(0))) {
            done(engine.add(request.withPaused(true)));
        }
    }

    private static <T> T done(CompletableFuture<Outcome<T>> future) {
        return future.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join().fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        }, problem -> {
            throw new AssertionError("failed: " + problem);
        });
    }
}
