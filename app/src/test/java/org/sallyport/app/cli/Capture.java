package org.sallyport.app.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A terminal or pipe whose output is kept. */
final class Capture {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;

    private Capture(InputStream in, boolean interactive) {
        terminal = Terminal.of(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), in, interactive);
    }

    static Capture pipe() {
        return new Capture(InputStream.nullInputStream(), false);
    }

    static Capture screen() {
        return new Capture(InputStream.nullInputStream(), true);
    }

    /** Somebody types these lines. */
    static Capture typing(String lines) {
        return new Capture(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), true);
    }

    Terminal terminal() {
        return terminal;
    }

    String outText() {
        return out.toString(StandardCharsets.UTF_8);
    }

    List<String> out() {
        return outText().lines().toList();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }
}
