package org.sallyport.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedTrackerTest {
    private static final String HASH = "info_hash=%00%01abc";
    private EmbeddedTracker tracker;

    @BeforeEach
    void start() throws IOException {
        tracker = EmbeddedTracker.start();
    }

    @AfterEach
    void stop() {
        tracker.close();
    }

    private String ask(String query) throws IOException {
        try (InputStream body = new URL(tracker.url() + query).openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aLeecherIsToldOfTheSeedAndNotOfItself() throws IOException {
        ask("?" + HASH + "&port=258&left=0&event=started");

        assertThat(ask("?" + HASH + "&port=1000&left=5")).isEqualTo("d8:completei1e10:incompletei1e8:intervali60e5:peers6:\u007f\0\0\1\1\2e");
        assertThat(ask("?info_hash=other&port=1000&left=5")).contains("5:peers0:");
    }

    @Test
    void whoStoppedIsForgotten() throws IOException {
        ask("?" + HASH + "&port=258&left=0");
        ask("?" + HASH + "&port=258&left=0&event=stopped");

        assertThat(ask("?" + HASH + "&port=1000&left=5")).contains("8:completei0e");
    }

    @Test
    void oddQuestionsGetAFailureReason() throws IOException {
        for (String query : new String[] {"", "?", "?port=5", "?" + HASH, "?" + HASH + "&port=99999", "?" + HASH + "&port=0", "?x="
                + "y".repeat(3000)}) {
            assertThat(ask(query)).as(query).startsWith("d14:failure reason");
        }
    }

    @Test
    void noMoreThanFiftyPeersAreRemembered() throws IOException {
        for (int port = 1; port <= 60; port++) {
            ask("?" + HASH + "&port=" + port + "&left=5");
        }

        assertThat(ask("?" + HASH + "&port=1&left=5")).contains("10:incompletei50e");
    }
}
