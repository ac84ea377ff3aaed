package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.Couple.devices;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.PairingState.Stage;

/** {@code kill -9} of a device in the middle of a pairing. */
@Timeout(120)
class KilledPairingTest {
    @TempDir
    Path temp;

    private static String line(BufferedReader output) throws IOException {
        String line = output.readLine();
        assertThat(line).as("the process ended by itself").isNotNull();
        return line;
    }

    private static void await(BufferedReader output, String wanted) throws IOException {
        while (!line(output).equals(wanted)) {
            continue;
        }
    }

    /** Up to this stage of the other device, which is killed then and starts again. */
    private void pairAndKill(Couple couple, Stage at) throws Exception {
        couple.shower.close();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), PairingLoop.class.getName(), couple.options("shower").dataDirectory().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            done(couple.reader.devices().pair(line(output)));
            await(output, "WAITING");
            if (at == Stage.PAIRED) {
                done(couple.reader.devices().confirm(true));
                await(output, "PAIRED");
            }
        } finally {
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        couple.shower = couple.engines.start(couple.options("shower"));
    }

    @Test
    void whoWasKilledAfterItsYesHasNothingAndNeitherHasTheOther() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            pairAndKill(couple, Stage.WAITING);

            Couple.awaitStage(couple.reader, Stage.ENDED);
            assertThat(devices(couple.reader)).isEmpty();
            assertThat(devices(couple.shower)).isEmpty();
            couple.pair();
        }
    }

    @Test
    void whatWasPairedBeforeTheEndIsKept() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            pairAndKill(couple, Stage.PAIRED);

            Couple.awaitPaired(couple.reader);
            Couple.awaitPaired(couple.shower);
            couple.pair();
            assertThat(devices(couple.reader)).hasSize(1);
            assertThat(devices(couple.shower)).hasSize(1);
        }
    }
}
