package org.sallyport.app.wiring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lines that a person types, or a script writes, into this process; waited for on a thread of their own. Any thread. */
public final class TypedLines {
    /** What is longer is no answer to anything that is asked here. */
    static final int MAX_CHARS = 1000;

    private final BufferedReader reader;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(ControlServer.daemon("typed-lines"));

    public TypedLines(InputStream in) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The next line without its end; empty at the end of the input, and for a line of more than 1000 characters. */
    public CompletableFuture<String> next() {
        return CompletableFuture.supplyAsync(this::read, thread);
    }

    private String read() {
        try {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
                if (line.length() <= MAX_CHARS) {
                    line.append((char) c);
                }
            }
            return line.length() > MAX_CHARS ? "" : line.toString().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
