package org.sallyport.app.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.app.launch.Main;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;

class SampleDownloadTest {
    @TempDir
    Path folder;

    /** Trackers on this computer are refused by default, and the running window keeps that: the peer's address is what is left. */
    @Test
    void theSampleArrivesWithSafeSettingsAndItsProcessEnds() throws Exception {
        long before = children();
        try (Engine engine = Engine.start(EngineOptions.in(folder.resolve("data")).withDht(false).withPort(0));
                SampleDownload sample = new SampleDownload(engine, Main.class)) {
            engine.changeSettings(engine.settings().withDownloadFolder(folder.resolve("here").toString())).get(10, TimeUnit.SECONDS);
            assertThat(engine.settings().trackers().allowLocal()).isFalse();

            Outcome<InfoHash> outcome = sample.start().get(90, TimeUnit.SECONDS);

            assertThat(outcome.isDone()).as(outcome.toString()).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(() -> folder.resolve("here/Sallyport sample/tone.wav").toFile().exists());
            await().atMost(Duration.ofSeconds(30)).until(() -> children() == before);
        }
    }

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }
}
