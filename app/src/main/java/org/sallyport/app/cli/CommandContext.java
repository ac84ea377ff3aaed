package org.sallyport.app.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.InstanceHost;
import org.sallyport.app.wiring.Json;
import org.sallyport.app.wiring.Output;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentSnapshot;

/**
 * What a command of the library runs in: the running instance's engine, and the client's output and folder.
 *
 * @param cwd the client's current folder
 */
record CommandContext(Engine engine, InstanceHost host, Output output, boolean json, Path cwd) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    void out(String line) {
        output.out(line);
    }

    void json(Object... keysAndValues) {
        output.out(Json.write(Json.object(keysAndValues)));
    }

    void json(Map<String, Object> object) {
        output.out(Json.write(object));
    }

    Path resolve(Path path) {
        return cwd.resolve(path).normalize();
    }

    /** Waits at most a minute for the engine's answer. */
    <T> T await(CompletableFuture<T> answer) throws CommandFailedException {
        return await(answer, PATIENCE);
    }

    static <T> T await(CompletableFuture<T> answer, Duration patience) throws CommandFailedException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailedException(Exit.TIMED_OUT, "Sallyport did not answer in time. Try again, or look into its log.", e);
        } catch (ExecutionException e) {
            throw new CommandFailedException(Exit.FAILED, "Something went wrong inside Sallyport; its log says more.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(Exit.FAILED, "The command was interrupted.", e);
        }
    }

    /** Waits for a command's outcome; prints why when it was refused or failed. @return the exit code */
    <T> int report(CompletableFuture<Outcome<T>> outcome, Consumer<T> done) throws CommandFailedException {
        return report(await(outcome), done);
    }

    <T> int report(Outcome<T> outcome, Consumer<T> done) {
        return new Answers(output, json).report(outcome, done);
    }

    /** What is to be done with the value when it was done and told. @return the exit code */
    interface Then<T> {
        int with(T value) throws CommandFailedException;
    }

    /** As {@link #report(CompletableFuture, Consumer)}, for what reads many files: as long as the client waits, so do we. */
    <T> int reportAtLength(CompletableFuture<Outcome<T>> outcome, Consumer<T> done, Then<T> then) throws CommandFailedException {
        while (!outcome.isDone() && !output.isGone()) {
            try {
                outcome.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (!outcome.isDone()) {
            outcome.cancel(true);
            return Exit.FAILED;
        }
        Outcome<T> ended = await(outcome);
        int exit = report(ended, done);
        return ended instanceof Outcome.Done<T> value ? then.with(value.value()) : exit;
    }

    String nameOf(InfoHash hash) {
        return engine.snapshot().find(hash).map(TorrentSnapshot::name).orElse("");
    }

    /** Says that a command about one torrent was done. */
    void acknowledge(String what, InfoHash hash) {
        acknowledge(what, hash, nameOf(hash));
    }

    /** Likewise for one that is gone by now. */
    void acknowledge(String what, InfoHash hash, String name) {
        if (json) {
            json("hash", hash.hex(), "name", name);
        } else {
            out(what + " " + hash.shortHex() + (name.isEmpty() ? "" : " " + name));
        }
    }

    int refuse(Refusal refusal) {
        return new Answers(output, json).refuse(refusal);
    }
}
