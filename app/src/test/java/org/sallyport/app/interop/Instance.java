package org.sallyport.app.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sallyport.app.wiring.ControlClient;
import org.sallyport.app.wiring.ControlRequest;
import org.sallyport.app.wiring.Output;
import org.sallyport.core.engine.Engine;

/**
 * The command line of a running daemon without a process for each command: the words go straight to its socket, as {@code bin/sallyport}
 * sends them.
 */
final class Instance {

    private static final int LIMIT_SECONDS = 120;

    private final Path data;

    Instance(Sallyport sallyport) {
        this.data = sallyport.data();
    }

    /** Runs a command and returns the JSON it printed; it must succeed. */
    List<JsonNode> ask(Object... arguments) {
        List<String> words = Stream.concat(Stream.of("--json"), Stream.of(arguments).map(Object::toString)).toList();
        Lines lines = new Lines();
        try (ControlClient client = ControlClient.connect(Engine.socketFile(data))
                .orElseThrow(() -> new AssertionError("nobody answers for " + data))) {
            int exit = client.runWithin(LIMIT_SECONDS, new ControlRequest(words, data), lines);
            if (exit != 0) {
                throw new AssertionError(words + " ended with " + exit + ": " + lines.out + lines.err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(words + " was not answered", e);
        }
        return SallyportRun.parse(lines.out);
    }

    private static final class Lines implements Output {
        private final List<String> out = new ArrayList<>();
        private final List<String> err = new ArrayList<>();

        @Override
        public void out(String line) {
            out.add(line);
        }

        @Override
        public void err(String line) {
            err.add(line);
        }

        @Override
        public boolean isGone() {
            return false;
        }
    }
}
