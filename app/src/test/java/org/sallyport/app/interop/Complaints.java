package org.sallyport.app.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Follows what a process of ours says on standard error and in its log, and keeps what should never be said: uncaught exceptions, stack traces,
 * errors, leaked buffers. The log is followed over one change of file between two looks.
 */
final class Complaints {

    private static final Pattern UNWANTED = Pattern.compile(
            "Exception in thread|^ERROR|^\\S+ ERROR |^\\s+at [\\w.$/]+\\(|^Caused by: |^[\\w.]+(Exception|Error)(:|$)|LEAK:|exceptionCaught|OutOfMemory");
    private static final int KEPT = 200;

    private final Path log;
    private final Path errors;
    private final List<String> found = new ArrayList<>();
    private long logRead;
    private long errorsRead;
    private int count;

    /** @param data of the process @param errors where its standard error goes */
    Complaints(Path data, Path errors) {
        this.log = data.resolve("log").resolve("sallyport.log");
        this.errors = errors;
    }

    /** Reads on. */
    void look() {
        errorsRead = read(errors, errorsRead);
        if (size(log) < logRead) {
            read(log.resolveSibling("sallyport.1.log"), logRead);
            logRead = 0;
        }
        logRead = read(log, logRead);
    }

    /** Lines so far. */
    int count() {
        return count;
    }

    /** The first of them. */
    List<String> lines() {
        return List.copyOf(found);
    }

    static boolean isUnwanted(String line) {
        return UNWANTED.matcher(line).find();
    }

    /** @return up to where whole lines were read */
    private long read(Path file, long from) {
        if (size(file) <= from) {
            return from;
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            byte[] bytes = in.readAllBytes();
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            new String(bytes, 0, end, StandardCharsets.UTF_8).lines().filter(Complaints::isUnwanted).forEach(line -> {
                count++;
                if (found.size() < KEPT) {
                    found.add(line);
                }
            });
            return from + end;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
