package org.sallyport.core.transport;

import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.wire.MseHandshake;
import org.sallyport.core.wire.MseInitiator;
import org.sallyport.core.wire.MseKeys;
import org.sallyport.core.wire.MseMethod;
import org.sallyport.core.wire.MseReceiver;

/**
 * The keys of MSE, computed off the network thread; those for callers from outside only so often, first come first served. How many
 * wait is bounded by the half-open connections there may be. Network thread only.
 */
final class MseDesk {
    private final NetworkLoop loop;
    private final HandshakeRate rate;
    private final long millisEach;
    private final Random random = new SecureRandom();
    private final Supplier<byte[]> padding = MseHandshake.padding(new Random());
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    /** The next turn is planned. */
    private boolean serving;

    MseDesk(NetworkLoop loop, Limits limits) {
        this.loop = loop;
        this.rate = new HandshakeRate(limits.exchangesPerSecond(), System::nanoTime);
        this.millisEach = Math.max(1, TimeUnit.SECONDS.toMillis(1) / limits.exchangesPerSecond());
    }

    /** Our side of a handshake that somebody else began. @param torrents {@link LinkHost#torrentNamed} */
    MseReceiver receiver(Encryption encryption, Function<Bytes, Optional<InfoHash>> torrents) {
        return new MseReceiver(encryption == Encryption.REQUIRE ? List.of(MseMethod.RC4) : List.of(MseMethod.RC4, MseMethod.PLAINTEXT),
                torrents, padding);
    }

    /** Our side of a handshake that we begin. */
    MseInitiator initiator(Encryption encryption, InfoHash hash, Bytes initial, MseKeys keys) {
        Set<MseMethod> offered = encryption == Encryption.REQUIRE ? Set.of(MseMethod.RC4) : Set.of(MseMethod.RC4, MseMethod.PLAINTEXT);
        return new MseInitiator(hash, offered, initial, keys, padding);
    }

    void makeKeys(Consumer<MseKeys> then, Consumer<Throwable> failed) {
        work(() -> MseKeys.make(random), then, failed);
    }

    void agree(MseKeys keys, Bytes theirs, Consumer<Bytes> then, Consumer<Throwable> failed) {
        work(() -> keys.agree(theirs), then, failed);
    }

    /** Fresh keys and what they lead to with those of a caller. */
    record Answer(MseKeys keys, Bytes secret) { }

    /** When it is this caller's turn. @param cancelled whether nobody wants it any more, asked then */
    void answer(Bytes theirs, Supplier<Boolean> cancelled, Consumer<Answer> then, Consumer<Throwable> failed) {
        waiting.add(() -> {
            if (!cancelled.get()) {
                work(() -> {
                    MseKeys keys = MseKeys.make(random);
                    return new Answer(keys, keys.agree(theirs));
                }, then, failed);
            }
        });
        if (!serving) {
            serve();
        }
    }

    private void serve() {
        serving = false;
        while (!waiting.isEmpty()) {
            if (!rate.tryBegin()) {
                serving = true;
                loop.eventLoop().schedule(this::serve, millisEach, TimeUnit.MILLISECONDS);
                return;
            }
            waiting.remove().run();
        }
    }

    private <T> void work(Supplier<T> work, Consumer<T> then, Consumer<Throwable> failed) {
        EventLoop back = loop.eventLoop();
        try {
            CompletableFuture.supplyAsync(work, loop.tlsWorkers()).whenCompleteAsync((done, failure) -> {
                if (failure == null) {
                    then.accept(done);
                } else {
                    failed.accept(failure);
                }
            }, back);
        } catch (RejectedExecutionException tooMuchToDo) {
            failed.accept(tooMuchToDo);
        }
    }
}
