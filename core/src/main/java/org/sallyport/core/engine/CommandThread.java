package org.sallyport.core.engine;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands one after another, and makes an outcome of whatever goes wrong in one. Any thread. */
final class CommandThread implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(CommandThread.class);
    private static final long LOOP_ANSWER_SECONDS = 10;

    private final Services services;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("sallyport-commands"));

    CommandThread(Services services) {
        this.services = services;
    }

    <T> CompletableFuture<Outcome<T>> run(Callable<Outcome<T>> work) {
        return run(thread, work);
    }

    /** Between commands, work that belongs to none. @throws RejectedExecutionException after {@link #close} */
    @Override
    public void execute(Runnable work) {
        thread.execute(work);
    }

    /** {@link #run} on another thread, for commands that take long. */
    <T> CompletableFuture<Outcome<T>> run(ExecutorService other, Callable<Outcome<T>> work) {
        try {
            return CompletableFuture.supplyAsync(() -> outcome(work), other);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Outcome.failed("Sallyport is closing."));
        }
    }

    private <T> Outcome<T> outcome(Callable<Outcome<T>> work) {
        try {
            return work.call();
        } catch (RefusedException e) {
            services.events().refused("command.refused", e.refusal(), e.refusal().rule(), Map.of());
            return Outcome.refused(e.refusal());
        } catch (IOException e) {
            return Outcome.failed(DiskTrouble.sentence(e));
        } catch (Exception e) {
            LOG.error("a command failed", e);
            return Outcome.failed("Something went wrong inside Sallyport; the log has the details (" + e + ").");
        }
    }

    /** Has the network thread do something and waits for it. Not on the network thread. */
    <T> T onLoop(Callable<T> work) throws ExecutionException, TimeoutException {
        try {
            return services.loop().submit(work).get(LOOP_ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }

    /** Takes no more commands; waits half a second for those there are. */
    void close() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(500, TimeUnit.MILLISECONDS);
    }
}
