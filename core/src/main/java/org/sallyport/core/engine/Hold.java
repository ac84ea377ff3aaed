package org.sallyport.core.engine;

import java.util.concurrent.CompletableFuture;

/** A torrent stands still while something else works with its files: what that is, how far it is, and when each side is through. Any thread. */
final class Hold {
    private final String doing;
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile CompletableFuture<Void> left = CompletableFuture.completedFuture(null);
    private volatile double progress;
    private volatile boolean cancelled;

    /** @param doing such as "Moving its files" */
    Hold(String doing) {
        this.doing = doing;
    }

    String sentence() {
        return doing + ", " + (int) (progress * 100) + " %";
    }

    /** @param done 0..1 */
    void progress(double done) {
        progress = done;
    }

    /** Nothing of the torrent's own uses its files any more. */
    void isQuiet() {
        quiet.complete(null);
    }

    CompletableFuture<Void> quiet() {
        return quiet;
    }

    /** @param told done when the trackers know, or could not be told in time */
    void leaves(CompletableFuture<Void> told) {
        left = told;
    }

    /** Only then may it start anew: a farewell that comes after the next greeting would make trackers forget it. */
    CompletableFuture<Void> left() {
        return left;
    }

    /** What works with the files is asked to stop and leave them as they were. */
    void cancel() {
        cancelled = true;
        quiet.complete(null);
    }

    boolean cancelled() {
        return cancelled;
    }

    /** What worked with the files is through with them. */
    void isOver() {
        over.complete(null);
    }

    CompletableFuture<Void> over() {
        return over;
    }
}
