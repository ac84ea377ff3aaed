package org.sallyport.app.wiring;

/** Where a command writes whole lines: a terminal, a pipe, or a client on the control socket. One thread at a time. */
public interface Output {

    /** An answer: for a person, or one JSON object. */
    void out(String line);

    /** A diagnostic sentence. */
    void err(String line);

    /** Nobody reads any more; a command that follows something should end. */
    boolean isGone();
}
