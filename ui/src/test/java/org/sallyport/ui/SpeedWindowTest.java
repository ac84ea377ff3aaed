package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Rates;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.WindowTestCase;

/** Limits, slow mode, schedule, caps, goals, and where addresses of others come from. */
class SpeedWindowTest extends WindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final SettingsPage settings = new SettingsPage(robot);

    private Bandwidth bandwidth() {
        return engine.settings().bandwidth();
    }

    @Test
    void slowModeIsSwitchedByMouseAndKeyboard() {
        window.pressSlow();
        until(() -> bandwidth().slowNow());
        window.untilSlow(true);

        downloads.select(COURSE.hash());
        downloads.press(KeyCode.CONTROL, KeyCode.T);

        until(() -> !bandwidth().slowNow());
        window.untilSlow(false);
    }

    @Test
    void theStatusBarSaysWhatHoldsAndLeadsToWhereItIsSet() {
        assertThat(window.limits()).isEqualTo("No limit");

        engine.bandwidth(new BandwidthState(BandwidthState.Mode.SLOW, "Slow until 18:00", 102_400, 20_480, 0, 0));
        window.untilLimits("Slow until 18:00");
        window.pressLimits();

        assertThat(window.settingsShown()).isTrue();
        until(() -> settings.hasKeyboard("settingsUsualDownField"));
    }

    @Test
    void whatStopsEverythingIsSaidOverEveryScreen() {
        assertThat(window.saysStopped()).isFalse();

        engine.bandwidth(new BandwidthState(BandwidthState.Mode.STOP, "Stopped by the schedule until 18:00", 0, 0, 0, 0));

        until(window::saysStopped);
        assertThat(window.stopReason()).isEqualTo("Stopped by the schedule until 18:00");
        window.pressStopSettings();
        assertThat(window.settingsShown()).isTrue();
        engine.bandwidth(BandwidthState.FREE);
        until(() -> !window.saysStopped());
    }

    @Test
    void limitsTakeEffectWhenTyped() {
        window.showSettings();
        assertThat(settings.value("settingsUsualDownField")).isEmpty();
        assertThat(settings.value("settingsSlowDownField")).isEqualTo("100");

        settings.enter("settingsUsualDownField", "2000");
        until(() -> bandwidth().usual().equals(new Rates(2_000_000, 0)));
        settings.enter("settingsUsualUpField", "200");
        until(() -> bandwidth().usual().equals(new Rates(2_000_000, 200_000)));
        settings.enter("settingsSlowUpField", "");
        until(() -> bandwidth().slow().equals(new Rates(100_000, 0)));
        settings.turn("settingsLimitLocalCheck", true);
        until(() -> bandwidth().limitLocal());
        settings.enter("settingsSlowBelowField", "");
        until(() -> bandwidth().slowBelow() == 0);
        settings.enter("settingsUsualDownField", "much");

        assertThat(settings.notice()).startsWith("A limit is a whole number");
        assertThat(settings.value("settingsUsualDownField")).isEqualTo("2000");
    }

    @Test
    void theWeekIsPaintedWithTheKeyboardAndReadAloud() {
        window.showSettings();
        assertThat(settings.shows("settingsWeekPane")).isFalse();
        settings.turn("settingsScheduleCheck", true);
        until(() -> bandwidth().week().size() == 7);
        assertThat(settings.label("settingsWeekLabel")).isEqualTo("It runs all the time.");

        settings.week();
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.RIGHT);
        assertThat(settings.spokenBox()).isEqualTo("Tuesday 00:30: run");
        robot.push(KeyCode.SPACE);
        robot.push(KeyCode.SHIFT, KeyCode.RIGHT);
        robot.push(KeyCode.END);
        robot.push(KeyCode.X);

        until(() -> bandwidth().week().get(1).equals("rss" + "r".repeat(44) + "x"));
        assertThat(settings.spokenBox()).isEqualTo("Tuesday 23:30: stop");
        assertThat(settings.label("settingsWeekLabel")).isEqualTo("Tuesday: slow 00:30–01:30, stop 23:30–24:00");
        settings.turn("settingsScheduleCheck", false);
        until(() -> bandwidth().week().isEmpty());
        settings.turn("settingsScheduleCheck", true);
        until(() -> bandwidth().week().size() == 7 && bandwidth().week().get(1).startsWith("rss"));
    }

    @Test
    void theWeekIsPaintedWithTheMouse() {
        window.showSettings();
        settings.turn("settingsScheduleCheck", true);
        until(() -> bandwidth().week().size() == 7);

        settings.brush("Stop");
        settings.paint(0, 16, 35);
        until(() -> bandwidth().week().get(0).equals("r".repeat(16) + "x".repeat(20) + "r".repeat(12)));
        settings.brush("Run");
        settings.paint(0, 16, 17);

        until(() -> settings.label("settingsWeekLabel").equals("Monday: stop 09:00–18:00"));
    }

    @Test
    void capsAreSetAndTheirUseIsShown() {
        engine.bandwidth(new BandwidthState(BandwidthState.Mode.RUN, "", 0, 0, 1_200_000_000L, 40_000_000_000L));
        window.showSettings();
        until(() -> settings.label("settingsDayUsedLabel").equals("1.2 GB so far"));

        settings.enter("settingsDayCapField", "2,5");
        until(() -> bandwidth().dayCapBytes() == 2_500_000_000L);
        settings.enter("settingsMonthCapField", "50");
        until(() -> bandwidth().monthCapBytes() == 50_000_000_000L);
        settings.choice("settingsAtCapChoice", Bandwidth.AtCap.SLOW);
        until(() -> bandwidth().atCap() == Bandwidth.AtCap.SLOW);

        until(() -> settings.label("settingsDayUsedLabel").equals("1.2 GB of 2.5 GB so far"));
        settings.enter("settingsMonthCapField", "lots");
        assertThat(settings.notice()).startsWith("A cap is a number of gigabytes");
        assertThat(settings.value("settingsMonthCapField")).isEqualTo("50");
    }

    @Test
    void theUsualGoalIsChosen() {
        window.showSettings();

        settings.tick("settingsGoalRatioCheck", true);
        until(() -> engine.settings().goal().equals(new SeedGoal(2, -1, -1, SeedGoal.Then.STOP)));
        settings.enter("settingsGoalRatioField", "1.25");
        until(() -> engine.settings().goal().ratio() == 1.25);
        settings.enter("settingsGoalRatioField", "no");

        assertThat(settings.notice()).startsWith("Each condition that is ticked");
        settings.untilValue("settingsGoalRatioField", "1.25");
    }

    @Test
    void howOthersAreFoundIsChosenAndExplained() {
        window.showSettings();
        assertThat(settings.label("settingsDhtStateLabel")).isEqualTo("Connected to 214 others");

        settings.lines("settingsBootstrapField", "one.example.org:6881\n\n [2001:db8::1]:6881 ");
        until(() -> engine.settings().discovery().bootstrap().equals(List.of("one.example.org:6881", "[2001:db8::1]:6881")));
        settings.turn("settingsDhtCheck", false);
        until(() -> !engine.settings().discovery().dht());
        assertThat(settings.canType("settingsBootstrapField")).isFalse();
        settings.turn("settingsExchangeCheck", false);
        until(() -> !engine.settings().discovery().exchange());
        settings.turn("settingsLocalNetworkCheck", true);
        until(() -> engine.settings().discovery().localNetwork());
    }
}
