package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a Java process uses, seen from outside: {@code /proc}, and the JDK's {@code jcmd} for what is left after a collection. */
final class Vitals {

    private static final double KIB_PER_MIB = 1024;
    private static final Pattern FIELD = Pattern.compile("(\\w+):\\s+(\\d+)(?: kB)?");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
    private static final Pattern GENERATION = Pattern.compile("\\s*(?:def new|tenured) generation\\s+total \\d+K, used (\\d+)K "
            + "\\[0x([0-9a-f]+), 0x[0-9a-f]+, 0x([0-9a-f]+)\\).*");
    private static final Pattern METASPACE = Pattern.compile("\\s*Metaspace\\s+used (\\d+)K, committed (\\d+)K.*");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long pid;
    private final Path folder;

    /** @param folder for files of ours */
    Vitals(long pid, Path folder) {
        this.pid = pid;
        this.folder = folder;
    }

    /**
     * One look, which costs the process nothing.
     *
     * @param rssMiB       resident, shared libraries and class data included
     * @param anonymousMiB resident and no file: heap, direct buffers, stacks, what the JVM itself needs
     * @param sockets      of the file descriptors
     */
    record Look(double rssMiB, double anonymousMiB, int descriptors, int sockets, int threads) { }

    /**
     * One look right after a full collection.
     *
     * @param liveHeapMiB     what is reachable
     * @param outsideHeapMiB  anonymous memory that is not Java heap: direct buffers, compiled code, class data, stacks, malloc
     * @param metaspaceMiB    committed; a part of the former
     */
    record Live(double liveHeapMiB, double outsideHeapMiB, double metaspaceMiB) { }

    Look look() {
        List<String> memory = lines("smaps_rollup");
        List<String> targets = descriptors();
        return new Look(field(memory, "Rss") / KIB_PER_MIB, field(memory, "Anonymous") / KIB_PER_MIB, targets.size(),
                (int) targets.stream().filter(target -> target.startsWith("socket:")).count(), (int) field(lines("status"), "Threads"));
    }

    /** Collects first. */
    Live collect() {
        List<String> heap = jcmd("GC.run", "GC.heap_info");
        List<Matcher> generations = matches(heap, GENERATION);
        if (generations.size() != 2) {
            throw new AssertionError("not the heap of a serial collector: " + heap);
        }
        long from = generations.stream().mapToLong(m -> Long.parseUnsignedLong(m.group(2), 16)).min().orElseThrow();
        long to = generations.stream().mapToLong(m -> Long.parseUnsignedLong(m.group(3), 16)).max().orElseThrow();
        double live = generations.stream().mapToLong(m -> Long.parseLong(m.group(1))).sum() / KIB_PER_MIB;
        double metaspace = matches(heap, METASPACE).stream().mapToLong(m -> Long.parseLong(m.group(2))).sum() / KIB_PER_MIB;
        return new Live(live, anonymousOutside(lines("smaps"), from, to) / KIB_PER_MIB, metaspace);
    }

    /** KiB of anonymous memory in mappings that do not begin within {@code [from, to)}. */
    static long anonymousOutside(List<String> smaps, long from, long to) {
        long sum = 0;
        boolean outside = false;
        for (String line : smaps) {
            Matcher mapping = MAPPING.matcher(line);
            Matcher field = FIELD.matcher(line);
            if (mapping.matches()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                outside = start < from || start >= to;
            } else if (outside && field.matches() && field.group(1).equals("Anonymous")) {
                sum += Long.parseLong(field.group(2));
            }
        }
        return sum;
    }

    /** Classes with the most bytes on the heap, after a collection. */
    List<String> largestClasses(int count) {
        return jcmd("GC.class_histogram").stream().limit(count).toList();
    }

    private List<String> jcmd(String... commands) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path file = folder.resolve("jcmd-" + pid);
        try {
            Files.write(file, List.of(commands));
            Process process = new ProcessBuilder(tool.toString(), Long.toString(pid), "-f", file.toString()).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("jcmd-" + pid + ".out").toFile()).start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("jcmd failed: " + Files.readString(folder.resolve("jcmd-" + pid + ".out")));
            }
            return Files.readAllLines(folder.resolve("jcmd-" + pid + ".out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** What its file descriptors stand for. */
    List<String> descriptors() {
        try (Stream<Path> all = Files.list(proc("fd"))) {
            return all.map(Vitals::target).flatMap(Optional::stream).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (NoSuchFileException closedMeanwhile) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path proc(String file) {
        return Path.of("/proc/" + pid, file);
    }

    private static long field(List<String> lines, String name) {
        return matches(lines, FIELD).stream().filter(m -> m.group(1).equals(name)).mapToLong(m -> Long.parseLong(m.group(2))).findFirst()
                .orElseThrow();
    }

    private static List<Matcher> matches(List<String> lines, Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::matches).toList();
    }
}
