package org.sallyport.app.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The scripts of the test resources, run by Debian's Python: another one on the path has no libtorrent. */
final class Python {

    private Python() {
    }

    static List<String> command(Path folder, String script, Object... arguments) {
        Path file = folder.resolve(script);
        try (InputStream in = Objects.requireNonNull(Python.class.getResourceAsStream(script), script)) {
            if (!Files.exists(file)) {
                Files.copy(in, file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-u", file.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }
}
