package org.sallyport.app.wiring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** The answers of one client to what it was asked, in order: lines {@code {"answer":…}}. The thread of its connection. */
final class ControlAnswers {
    /** As much as an answer may have; more is no answer. */
    private static final int MAX_BYTES = 8192;
    private static final int MAX_OPEN = 16;

    private final Deque<CompletableFuture<String>> open = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    CompletableFuture<String> expect() {
        if (open.size() == MAX_OPEN) {
            throw new IllegalStateException("a command asks more than it waits for");
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        open.add(answer);
        return answer;
    }

    /** @throws IOException if these are no answers, or nothing was asked */
    void take(ByteBuffer received) throws IOException {
        while (received.hasRemaining()) {
            byte b = received.get();
            if (b == '\n') {
                answer(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (line.size() == MAX_BYTES) {
                throw new IOException("an answer is longer than " + MAX_BYTES + " bytes");
            } else {
                line.write(b);
            }
        }
    }

    private void answer(String text) throws IOException {
        CompletableFuture<String> asked = open.poll();
        if (asked == null || !(Json.read(text).get("answer") instanceof String answer)) {
            throw new IOException("a client sent what was not asked for");
        }
        asked.complete(answer);
    }
}
