package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.core.model.PeerAddress;

/** Data directories made ready by an engine of this JVM on loopback, before the packaged program runs in them. */
final class Library {

    private static final Duration SOON = Duration.ofSeconds(30);

    private Library() {
    }

    /** Adds a torrent, to be found there by the next run. */
    static void add(Path data, AddRequest request) throws EngineStartException {
        try (Engine engine = Engine.start(EngineOptions.in(data).withPort(0))) {
            done(engine.add(request.withPaused(true)));
        }
    }

    /** Pairs two devices as their people would, by code and words, and tells each where the other one will be. */
    static void pair(Path one, PeerAddress oneAt, Path other, PeerAddress otherAt) throws EngineStartException {
        try (Engine first = start(one); Engine second = start(other)) {
            String code = done(first.devices().offer()).code();
            PairingState words = done(second.devices().pair(code));
            Waiting.until("both compare", SOON, () -> stage(first) == Stage.COMPARING);
            assertThat(first.snapshot().devices().pairing().words()).isEqualTo(words.words()).hasSize(6);
            CompletableFuture<?> confirmed = first.devices().confirm(true);
            done(second.devices().confirm(true));
            confirmed.join();
            Waiting.until("both are paired", SOON, () -> stage(first) == Stage.PAIRED && stage(second) == Stage.PAIRED);
            done(first.devices().readdress(id(second), List.of(otherAt)));
            done(second.devices().readdress(id(first), List.of(oneAt)));
        }
    }

    private static Engine start(Path data) throws EngineStartException {
        return Engine.start(EngineOptions.in(data).withBind(InetAddress.getLoopbackAddress()));
    }

    private static Stage stage(Engine engine) {
        return engine.snapshot().devices().pairing().stage();
    }

    private static String id(Engine engine) {
        return engine.snapshot().devices().ownId();
    }

    private static <T> T done(CompletableFuture<Outcome<T>> future) {
        return future.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join().fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        }, problem -> {
            throw new AssertionError("failed: " + problem);
        });
    }
}
