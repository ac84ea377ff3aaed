package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.app.wiring.Exit;

/** Limits and schedule as the running instance puts them in force. */
@Timeout(60)
class LimitsCommandTest extends RunningInstance {
    @Test
    void limitsAreSetAndShown() {
        assertThat(run("limits")).isZero();
        assertThat(last.out()).startsWith("Nothing is limited now.", "Usual       down unlimited, up unlimited");

        assertThat(run("limits", "--down", "500K", "--up", "1.5MiB", "--day-cap", "5G", "--at-cap", "slow", "--limit-local", "on"))
                .as(last.err()).isZero();

        assertThat(last.out()).contains("Limited to 512 KB/s down and 1.57 MB/s up.", "Usual       down 512 KB/s, up 1.57 MB/s",
                "Today       0 B of 5.37 GB", "At a cap    slow", "Own network limited and counted, too");
        assertThat(run("--json", "limits", "--slow", "on", "--slow-down", "100kB", "--slow-up", "0")).isZero();
        assertThat(last.outText())
                .isEqualToIgnoringNewLines("{\"mode\":\"slow\",\"sentence\":\"Slow mode is on: at most 100 KB/s down and 1.57 MB/s up.\","
                + "\"down\":100000,\"up\":1572864,\"usualDown\":512000,\"usualUp\":1572864,\"slowDown\":100000,\"slowUp\":0,\"slow\":true,"
                + "\"dayCap\":5368709120,\"monthCap\":0,\"atCap\":\"slow\",\"limitLocal\":true,\"dayBytes\":0,\"monthBytes\":0}");
    }

    @Test
    void whatIsOutOfRangeIsRefusedAndChangesNothing() {
        assertThat(run("limits", "--down", "10")).isEqualTo(Exit.USAGE);
        assertThat(run("limits", "--down", "fast")).isEqualTo(Exit.USAGE);
        assertThat(run("limits", "--day-cap", "1K")).isEqualTo(Exit.REFUSED);
        assertThat(last.err() + last.outText()).contains("settings.cap-range");
        assertThat(run("limits", "--slow", "maybe")).isEqualTo(Exit.USAGE);
        assertThat(engine.settings().bandwidth().dayCapBytes()).isZero();
    }

    @Test
    void scheduleIsSetShownAndCleared() {
        assertThat(run("schedule")).isZero();
        assertThat(last.outText()).contains("There is no schedule");
        assertThat(run("schedule", "set", "daily", "00:00-24:00", "stop")).as(last.err()).isZero();
        assertThat(last.out()).contains("mon  00:00 stop", "Stopped by your schedule.");
        assertThat(run("--json", "schedule", "show")).isZero();
        assertThat(last.outText()).contains("\"mode\":\"stop\"").contains("\"week\":[\"" + "x".repeat(48));
        assertThat(run("schedule", "set", "mon")).isEqualTo(Exit.USAGE);
        assertThat(run("schedule", "set", "mon", "8-9", "stop")).isEqualTo(Exit.USAGE);
        assertThat(run("schedule", "clear")).isZero();
        assertThat(engine.settings().bandwidth().week()).isEmpty();
    }
}
