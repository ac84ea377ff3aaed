package org.sallyport.app.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.sallyport.app.interop.Trend.Point;

/**
 * What came of a {@link Soak}. The Java heap is let grow to its limit before it is collected for good, so that the memory seen from outside
 * tells little
 * about a leak within an hour: what is left after a full collection does, and what is outside the heap; the resident size is told besides.
 *
 * @param crowd     what the peers tell
 * @param samples   every few seconds @param collected after a collection, one a round
 * @param histogram the largest classes at the end of the churn
 */
record SoakReport(Soak.Plan plan, int rounds, JsonNode crowd, Ends ends, List<Sample> samples, List<Collected> collected, Troubles troubles,
        List<String> histogram) {

    /** More than this is a leak. */
    static final double HEAP_MIB_PER_HOUR = 2;
    /** An empty list again needs no more of them than at the start; a few are opened at first use and kept. */
    private static final int MORE_DESCRIPTORS = 8;

    /** In a long run on a busy machine one step in so many may come too late. */
    private static final int SELDOM = 20;

    /** @param seconds since the start @param other a second instance that is little used and never told to collect */
    record Sample(double seconds, Vitals.Look look, Vitals.Look other) { }

    /** @param round 0 before the first */
    record Collected(double seconds, int round, Vitals.Live live) { }

    /**
     * With an empty list and nobody connected, at the start and after everything was removed again.
     * @param opened descriptors that were not open before
     */
    record Ends(Sample before, Sample after, Collected liveBefore, Collected liveAfter, List<String> opened) { }

    /**
     * @param count     lines of log and standard error that should not be there @param lines the first of them
     * @param events    that tell of a dead or stuck part @param steps of the rounds
     * @param missteps  what did not come about in time
     */
    record Troubles(int count, List<String> lines, List<String> events, int steps, List<String> missteps, int exitCode) { }

    Trend heap() {
        return collectedTrend(each -> each.live().liveHeapMiB());
    }

    /** Direct buffers, threads, code, class data, malloc. */
    Trend outsideHeap() {
        return collectedTrend(each -> each.live().outsideHeapMiB());
    }

    Trend resident() {
        return sampleTrend(each -> each.look().rssMiB());
    }

    Trend otherResident() {
        return sampleTrend(each -> each.other().rssMiB());
    }

    Trend descriptors() {
        return sampleTrend(each -> each.look().descriptors());
    }

    Trend files() {
        return sampleTrend(each -> each.look().descriptors() - each.look().sockets());
    }

    Trend threads() {
        return sampleTrend(each -> each.look().threads());
    }

    /** Why it failed; empty if it did not. */
    List<String> failures(boolean slopes) {
        List<String> failures = new ArrayList<>();
        if (slopes && heap().perHour() > HEAP_MIB_PER_HOUR) {
            failures.add(String.format(Locale.ROOT, "the live heap grows by %.2f MiB/h, more than %.0f", heap().perHour(), HEAP_MIB_PER_HOUR));
        }
        if (slopes && grows(descriptors()) || slopes && grows(files())) {
            failures.add(String.format(Locale.ROOT, "file descriptors grow by %.1f/h, those that are no sockets by %.1f/h", descriptors().perHour(),
                    files().perHour()));
        }
        int more = ends.after.look().descriptors() - ends.before.look().descriptors();
        if (more > MORE_DESCRIPTORS) {
            failures.add(more + " file descriptors more than before, with nothing to do: " + ends.opened);
        }
        if (troubles.count > 0) {
            failures.add(troubles.count + " lines of log and standard error tell of exceptions: " + troubles.lines);
        }
        if (!troubles.events.isEmpty()) {
            failures.add("events tell of a part that is dead or stuck: " + troubles.events);
        }
        if (troubles.missteps.size() > (slopes ? troubles.steps / SELDOM : 0)) {
            failures.add("of " + troubles.steps + " steps did not come about: " + troubles.missteps);
        }
        if (troubles.exitCode != 0) {
            failures.add("it ended with " + troubles.exitCode);
        }
        if (crowd.get("wrongBlocks").asLong() > 0) {
            failures.add(crowd.get("wrongBlocks") + " blocks with wrong bytes were served");
        }
        return failures;
    }

    /** By more than a tenth of what is usual in the time measured, and not by chance. */
    private boolean grows(Trend trend) {
        double usual = ends.before.look().descriptors() + plan.peers();
        double hours = plan.length().minus(plan.warmUp()).toSeconds() / 3600.0;
        return trend.isCertainGrowth() && trend.perHour() * hours > usual / 10;
    }

    /** A short table for people. */
    String table() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%n%d torrents, %d peers, %d rounds in %d min, the first %d min left out of the trends%n",
                plan.torrents(), plan.peers(), rounds, plan.length().toMinutes(), plan.warmUp().toMinutes()));
        text.append(String.format(Locale.ROOT, "%-36s %9s %9s %9s %9s  %s%n", "", "first", "last", "max", "slope/h", "+-"));
        row(text, "live heap after collection, MiB", collected(each -> each.live().liveHeapMiB()), heap());
        row(text, "memory outside the heap, MiB", collected(each -> each.live().outsideHeapMiB()), outsideHeap());
        row(text, "resident (RSS), MiB", measured(each -> each.look().rssMiB()), resident());
        row(text, "resident, a second instance, MiB", measured(each -> each.other().rssMiB()), otherResident());
        row(text, "file descriptors", measured(each -> each.look().descriptors()), descriptors());
        row(text, "  those that are no sockets", measured(each -> each.look().descriptors() - each.look().sockets()), files());
        row(text, "threads", measured(each -> each.look().threads()), threads());
        text.append(String.format(Locale.ROOT, "with an empty list, before and after: live heap %.2f and %.2f MiB, outside heap %.1f and %.1f MiB, "
                + "file descriptors %d and %d, threads %d and %d%n", ends.liveBefore.live().liveHeapMiB(), ends.liveAfter.live().liveHeapMiB(),
                ends.liveBefore.live().outsideHeapMiB(), ends.liveAfter.live().outsideHeapMiB(), ends.before.look().descriptors(),
                ends.after.look().descriptors(), ends.before.look().threads(), ends.after.look().threads()));
        text.append("exceptions and errors told: ").append(troubles.count).append(", events of dead or stuck parts: ")
                .append(troubles.events.size()).append('\n');
        text.append("steps: ").append(troubles.steps).append(", not in time: ").append(troubles.missteps).append('\n');
        text.append("the crowd: ").append(crowd).append('\n');
        return text.toString();
    }

    private static void row(StringBuilder text, String name, List<Point> points, Trend trend) {
        if (points.isEmpty()) {
            return;
        }
        text.append(String.format(Locale.ROOT, "%-36s %9.2f %9.2f %9.2f %9.2f  %.2f%n", name, points.get(0).value(),
                points.get(points.size() - 1).value(),
                points.stream().mapToDouble(Point::value).max().orElseThrow(), trend.perHour(), trend.uncertainty()));
    }

    /** Everything measured, for other programs. */
    void write(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("torrents", plan.torrents());
        all.put("peers", plan.peers());
        all.put("rounds", rounds);
        all.put("seconds", plan.length().toSeconds());
        all.put("warmUpSeconds", plan.warmUp().toSeconds());
        all.put("trends", Map.of("liveHeapMiB", heap(), "outsideHeapMiB", outsideHeap(), "rssMiB", resident(), "otherRssMiB", otherResident(),
                "descriptors", descriptors(), "files", files(), "threads", threads()));
        all.put("ends", ends);
        all.put("troubles", troubles);
        all.put("failures", failures(true));
        all.put("crowd", crowd);
        all.put("histogram", histogram);
        all.put("collected", collected);
        all.put("samples", samples);
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }

    private Trend collectedTrend(ToDoubleFunction<Collected> value) {
        return Trend.of(collected(value));
    }

    private Trend sampleTrend(ToDoubleFunction<Sample> value) {
        return Trend.of(measured(value));
    }

    private List<Point> collected(ToDoubleFunction<Collected> value) {
        return collected.stream().filter(each -> each.seconds >= plan.warmUp().toSeconds())
                .map(each -> new Point(each.seconds, value.applyAsDouble(each))).toList();
    }

    private List<Point> measured(ToDoubleFunction<Sample> value) {
        return samples.stream().filter(each -> each.seconds >= plan.warmUp().toSeconds())
                .map(each -> new Point(each.seconds, value.applyAsDouble(each))).toList();
    }
}
