package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A foreground command that runs, seen through the JSON lines it prints. */
final class SallyportRun {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Program program;

    SallyportRun(Program program) {
        this.program = program;
    }

    Program program() {
        return program;
    }

    /** What it printed so far, in order. */
    List<JsonNode> events() {
        return parse(program.lines());
    }

    SallyportRun awaitReady() {
        await("ready", Duration.ofSeconds(60));
        return this;
    }

    /** Waits for an event by its name; the end of the program before it is a failure. */
    void await(String event, Duration limit) {
        Waiting.until(event, limit, () -> {
            boolean running = program.isRunning();
            if (named(event).findAny().isPresent()) {
                return true;
            }
            if (!running) {
                throw new AssertionError("ended before " + event);
            }
            return false;
        });
    }

    /** Waits until at least {@code bytes} of the wanted data are there. */
    void awaitDoneBytes(long bytes, Duration limit) {
        Waiting.until(bytes + " bytes", limit, () -> doneBytes() >= bytes);
    }

    /** Waits for the end of {@code get}: everything verified and released, exit code 0. */
    void awaitDone(Duration limit) {
        assertThat(program.exitCode(limit)).as("exit code").isZero();
        List<String> names = events().stream().map(SallyportRun::name).distinct().toList();
        assertThat(names).contains("verified", "released").endsWith("done");
    }

    /** The exit code of a command that has ended. */
    int exit() {
        return program.exitCode(Duration.ZERO);
    }

    /** The last progress it reported; 0 before the first. */
    long doneBytes() {
        return progress().reduce((first, second) -> second).orElse(0L);
    }

    /** The {@code doneBytes} of all progress events, oldest first. */
    Stream<Long> progress() {
        return named("progress").map(event -> event.get("doneBytes").asLong());
    }

    Stream<JsonNode> named(String name) {
        return events().stream().filter(event -> name(event).equals(name));
    }

    static List<JsonNode> parse(List<String> lines) {
        List<JsonNode> events = new ArrayList<>();
        for (String line : lines) {
            try {
                events.add(JSON.readTree(line));
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + line, e);
            }
        }
        return events;
    }

    private static String name(JsonNode event) {
        return event.path("event").asText();
    }
}
