package org.sallyport.app.wiring;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a client asks the running instance to do: the words of a command line.
 *
 * @param words the arguments as typed, with the command, without the program's name
 * @param cwd   absolute folder that relative paths among them start from
 */
public record ControlRequest(List<String> words, Path cwd) {

    /** Bytes of one request line; a longer one is refused unread. */
    static final int MAX_BYTES = 1 << 20;

    public ControlRequest {
        words = List.copyOf(words);
        if (!cwd.isAbsolute()) {
            throw new IllegalArgumentException("cwd: " + cwd);
        }
    }

    String encode() {
        return Json.write(Json.object("argv", words, "cwd", cwd.toString()));
    }

    /** @throws IOException if the line is not such a request */
    static ControlRequest decode(String line) throws IOException {
        Map<String, Object> object = Json.read(line);
        if (!(object.get("argv") instanceof List<?> words) || !words.stream().allMatch(String.class::isInstance)
                || !(object.get("cwd") instanceof String cwd)) {
            throw new IOException("not a control request");
        }
        try {
            return new ControlRequest(words.stream().map(String.class::cast).toList(), Path.of(cwd));
        } catch (InvalidPathException e) {
            throw new IOException("not a control request", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("the folder of a control request must be absolute", e);
        }
    }
}
