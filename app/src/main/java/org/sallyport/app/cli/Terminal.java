package org.sallyport.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.sallyport.app.wiring.Output;
import org.sallyport.app.wiring.Printable;
import org.sallyport.app.wiring.TypedLines;

/**
 * This process's own stdout and stderr, always UTF-8. Control characters in a line are replaced: names and messages come
 * from strangers, and an escape sequence must not reach the terminal.
 */
public final class Terminal implements Output {
    private static final int WIDTH = 79;

    private final PrintStream out;
    private final PrintStream err;
    private final Supplier<TypedLines> in;
    private final boolean interactive;
    private Optional<TypedLines> typed = Optional.empty();
    private boolean barShown;

    private Terminal(PrintStream out, PrintStream err, Supplier<TypedLines> in, boolean interactive) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.interactive = interactive;
    }

    public static Terminal ofProcess() {
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                () -> new TypedLines(System.in), stdoutIsTerminal());
    }

    /** For tests: somewhere else, as a pipe or as a terminal. */
    static Terminal of(PrintStream out, PrintStream err, boolean interactive) {
        return of(out, err, InputStream.nullInputStream(), interactive);
    }

    /** The same, where somebody types. */
    static Terminal of(PrintStream out, PrintStream err, InputStream in, boolean interactive) {
        return new Terminal(out, err, () -> new TypedLines(in), interactive);
    }

    /** The start script knows ({@code test -t 1}); under {@code mvn}, whose pipe we write to, Maven's own stdout tells. */
    private static boolean stdoutIsTerminal() {
        String told = System.getProperty("sallyport.terminal", "");
        return switch (told) {
            case "true" -> true;
            case "false" -> false;
            case "parent" -> isTerminal(ProcessHandle.current().parent());
            default -> isTerminal(Optional.of(ProcessHandle.current()));
        };
    }

    private static boolean isTerminal(Optional<ProcessHandle> process) {
        return process.map(p -> Path.of("/proc", Long.toString(p.pid()), "fd", "1")).map(link -> {
            try {
                Path target = Files.readSymbolicLink(link);
                return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
            } catch (IOException | UnsupportedOperationException e) {
                return false;
            }
        }).orElse(false);
    }

    boolean isInteractive() {
        return interactive;
    }

    @Override
    public synchronized void out(String line) {
        clearBar();
        out.println(printable(line));
    }

    @Override
    public synchronized void err(String line) {
        clearBar();
        err.println(printable(line));
    }

    /** On stderr, as what is asked is no part of the answer. */
    @Override
    public synchronized CompletableFuture<String> ask(String question) {
        clearBar();
        err.print(printable(question) + " ");
        err.flush();
        if (typed.isEmpty()) {
            typed = Optional.of(in.get());
        }
        return typed.get().next();
    }

    @Override
    public boolean isGone() {
        return out.checkError();
    }

    /** Shows or replaces the last line of a terminal; the next whole line takes its place. */
    synchronized void bar(String text) {
        String shown = printable(text);
        String cut = shown.length() > WIDTH ? shown.substring(0, WIDTH) : shown;
        out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
        out.flush();
        barShown = true;
    }

    private void clearBar() {
        if (barShown) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
            barShown = false;
        }
    }

    /** Without control, format (such as right-to-left override), surrogate and private characters. */
    static String printable(String line) {
        return line.codePoints()
                .map(c -> Printable.isHarmless(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
