package org.sallyport.ui.feed;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.application.Platform;

/** The way onto the FX thread, and away from it for work that may block. */
public final class FxThread {
    /** Runs a task on the FX thread, after what is queued there. */
    public static final Executor EXECUTOR = Platform::runLater;

    private FxThread() { }

    /** Something planned that can be called off. */
    public interface Planned {
        void cancel();
    }

    /** Runs {@code task} on the FX thread after {@code delay}. Call on the FX thread. */
    public static Planned after(Duration delay, Runnable task) {
        PauseTransition pause = new PauseTransition(javafx.util.Duration.millis(delay.toMillis()));
        pause.setOnFinished(e -> task.run());
        pause.play();
        return pause::stop;
    }

    /** Runs {@code work} (disk, processes) on a pool thread; what depends on the stage runs on the FX thread. */
    public static <T> CompletionStage<T> away(Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletableFuture.supplyAsync(work).whenComplete((value, problem) -> EXECUTOR.execute(() -> {
            if (problem == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(problem);
            }
        }));
        return answer;
    }
}
