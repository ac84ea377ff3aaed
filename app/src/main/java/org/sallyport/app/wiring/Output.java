package org.sallyport.app.wiring;

import java.util.concurrent.CompletableFuture;

/** Where a command writes whole lines: a terminal, a pipe, or a client on the control socket. One thread at a time. */
public interface Output {

    /** An answer: for a person, or one JSON object. */
    void out(String line);

    /** A diagnostic sentence. */
    void err(String line);

    /**
     * Asks the person for one line; returns at once. The answer comes when it is typed, or is seen at the next {@link #isGone}; it is empty
     * where nobody can be asked, and when there is no more input.
     */
    default CompletableFuture<String> ask(String question) {
        return CompletableFuture.completedFuture("");
    }

    /** Nobody reads any more; a command that follows something should end. */
    boolean isGone();
}
