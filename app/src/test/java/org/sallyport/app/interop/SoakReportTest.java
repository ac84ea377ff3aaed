package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.app.interop.SoakReport.Collected;
import org.sallyport.app.interop.SoakReport.Ends;
import org.sallyport.app.interop.SoakReport.Sample;
import org.sallyport.app.interop.SoakReport.Troubles;

class SoakReportTest {

    private static final Troubles NONE = new Troubles(0, List.of(), List.of(), 100, List.of(), 0);
    private static final IntToDoubleFunction STEADY = minute -> 20 + minute % 3;

    @Test
    void aSteadyRunPasses() {
        assertThat(report(STEADY, minute -> 150 + minute % 5, 60, NONE).failures(true)).isEmpty();
    }

    @Test
    void growthBeforeTheWarmUpIsOverDoesNotCount() {
        assertThat(report(minute -> Math.min(minute, 10) * 3, minute -> Math.min(minute, 10) * 20, 60, NONE).failures(true)).isEmpty();
    }

    @Test
    void aHeapThatGrowsByMoreThanTwoMebibytesAnHourFails() {
        SoakReport report = report(minute -> 20 + minute / 20.0, STEADY, 60, NONE);

        assertThat(report.failures(true)).singleElement().asString().startsWith("the live heap grows by 3.00 MiB/h");
        assertThat(report.failures(false)).as("of a short run no slope is asked").isEmpty();
    }

    @Test
    void fileDescriptorsThatGrowFail() {
        assertThat(report(STEADY, minute -> 100 + 2 * minute, 60, NONE).failures(true)).singleElement().asString()
                .startsWith("file descriptors grow by 120.0/h");
    }

    @Test
    void fileDescriptorsThatStayOpenFailAlsoInAShortRun() {
        assertThat(report(STEADY, STEADY, 69, NONE).failures(false)).singleElement().asString().startsWith("9 file descriptors more than before");
    }

    @Test
    void whatWasComplainedOfFails() {
        Troubles troubles = new Troubles(1, List.of("Exception in thread"), List.of("engine.dead"), 100, List.of(), 143);

        assertThat(report(STEADY, STEADY, 60, troubles).failures(true)).hasSize(3);
    }

    @Test
    void aStepThatWasLateFailsAShortRunAndManyALongOne() {
        Troubles one = new Troubles(0, List.of(), List.of(), 100, List.of("pair 3: late"), 0);
        Troubles many = new Troubles(0, List.of(), List.of(), 100, List.of("1", "2", "3", "4", "5", "6"), 0);

        assertThat(report(STEADY, STEADY, 60, one).failures(true)).isEmpty();
        assertThat(report(STEADY, STEADY, 60, one).failures(false)).hasSize(1);
        assertThat(report(STEADY, STEADY, 60, many).failures(true)).hasSize(1);
    }

    @Test
    void tableAndFileTellTheSlopes(@TempDir Path folder) throws IOException {
        SoakReport report = report(minute -> 20 + minute / 20.0, STEADY, 60, NONE);

        report.write(folder.resolve("target/soak.json"));

        assertThat(report.table()).contains("live heap after collection, MiB          20.50     22.25     22.25      3.00  0.00");
        JsonNode written = new ObjectMapper().readTree(folder.resolve("target/soak.json").toFile());
        assertThat(written.at("/trends/liveHeapMiB/perHour").asDouble()).isBetween(2.99, 3.01);
        assertThat(written.get("samples")).hasSize(46);
    }

    @Test
    void memoryOutsideTheHeapIsTheAnonymousPartOfTheOtherMappings() {
        List<String> smaps = List.of(
                "e0000000-e1000000 rw-p 00000000 00:00 0", "Rss:               16384 kB", "Anonymous:         16384 kB",
                "7f0000000000-7f0000100000 rw-p 00000000 00:00 0", "Rss:                1024 kB", "Anonymous:          1000 kB",
                "7f0000200000-7f0000300000 r-xp 00000000 08:01 99 /usr/lib/libc.so.6", "Rss:                 900 kB", "Anonymous:             8 kB");

        assertThat(Vitals.anonymousOutside(smaps, 0xe0000000L, 0x100000000L)).isEqualTo(1008);
    }

    /** One sample and one collection a minute for 45 minutes, of which the first ten are warm-up. */
    private static SoakReport report(IntToDoubleFunction heap, IntToDoubleFunction descriptors, int openAfter, Troubles troubles) {
        JsonNode crowd = JsonNodeFactory.instance.objectNode().put("wrongBlocks", 0);
        List<Sample> samples = IntStream.rangeClosed(0, 45).mapToObj(minute -> sample(60 * minute, (int) descriptors.applyAsDouble(minute))).toList();
        List<Collected> collected = IntStream.rangeClosed(0, 45)
                .mapToObj(minute -> new Collected(60 * minute, minute, new Vitals.Live(heap.applyAsDouble(minute), 100, 40))).toList();
        Ends ends = new Ends(sample(0, 60), sample(2700, openAfter), collected.get(0), collected.get(45), List.of());
        return new SoakReport(new Soak.Plan(Duration.ofMinutes(45), Duration.ofMinutes(10), 50, 200), 45, crowd, ends, samples, collected,
                troubles, List.of());
    }

    private static Sample sample(double seconds, int descriptors) {
        Vitals.Look look = new Vitals.Look(300, 250, descriptors, 0, 60);
        return new Sample(seconds, look, look);
    }
}
