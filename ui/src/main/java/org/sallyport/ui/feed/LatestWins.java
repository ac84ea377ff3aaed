package org.sallyport.ui.feed;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands values over to another thread; when the receiver is slower than the sender, it sees only the latest.
 * {@link #offer} may be called by any thread and never waits.
 */
final class LatestWins<T> {
    private final AtomicReference<@Nullable T> pending = new AtomicReference<>();
    private final Executor receiverThread;
    private final Consumer<T> receiver;

    LatestWins(Executor receiverThread, Consumer<T> receiver) {
        this.receiverThread = receiverThread;
        this.receiver = receiver;
    }

    void offer(T value) {
        if (pending.getAndSet(value) == null) {
            receiverThread.execute(this::deliver);
        }
    }

    private void deliver() {
        T value = pending.getAndSet(null);
        if (value != null) {
            receiver.accept(value);
        }
    }
}
