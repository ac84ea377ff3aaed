package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.QuitState;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.QuitPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.QuitStates;
import org.sallyport.ui.testkit.WindowTestCase;

class QuitWindowTest extends WindowTestCase {
    private final QuitPage quit = new QuitPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final ShellPage window = new ShellPage(robot);

    @Test
    void thePillSaysWhatIsInForce() {
        assertThat(quit.pill()).isEqualTo("Quit when done");
        assertThat(quit.chosen("Off")).isTrue();

        quit.choose("AllDone");

        until(() -> quit.pill().equals("Quits when all is done"));
        assertThat(quit.chosen("AllDone")).isTrue();
        assertThat(quit.pillSpoken()).endsWith("Sallyport quits then.");
        quit.choose("Shared");
        until(() -> quit.pill().equals("Quits when all is shared"));
        quit.choose("Off");
        until(() -> quit.pill().equals("Quit when done"));
        assertThat(engine.commands()).containsExactly("quitWhen ALL_DONE", "quitWhen SHARED", "quitWhen OFF");
    }

    @Test
    void oneIsWaitedForWhenOneIsSelected() {
        quit.openMenu();
        assertThat(quit.canChooseOneDone()).isFalse();
        quit.closeMenu();
        downloads.select(COURSE.hash());

        quit.openMenu();

        assertThat(quit.oneDone()).isEqualTo("When Course recordings is done");
        quit.closeMenu();
        quit.choose("OneDone");
        until(() -> quit.pill().equals("Quits when one is done"));
        assertThat(engine.snapshot().quit().mode().torrent()).contains(COURSE.hash());
    }

    @Test
    void fullHoursAreOffered() {
        String first = quit.times().get(0);
        assertThat(quit.times()).hasSize(12).allMatch(time -> time.matches("[0-2][0-9]:00"));

        quit.chooseFirstTime();

        until(() -> quit.pill().equals("Quits at " + first));
    }

    @Test
    void whatIsRefusedIsToldAndNothingIsMarked() {
        engine.refuse("quitWhen", "policy.quit", "A parent keeps Sallyport open. Ask them.");

        quit.choose("AllDone");

        assertThat(downloads.notice()).isEqualTo("A parent keeps Sallyport open. Ask them.");
        until(() -> quit.chosen("Off"));
        assertThat(quit.pill()).isEqualTo("Quit when done");
    }

    @Test
    void theCountdownNamesWhatIsDoneAndWhatIsNotAndKeepOpenHasTheKeyboard() {
        engine.quit(QuitStates.countdown(23));

        assertThat(quit.countdown()).isEqualTo("Sallyport quits in 23 s");
        assertThat(quit.finished()).isEqualTo("Done: Course recordings");
        assertThat(quit.unfinished())
                .isEqualTo("Not done: planet-latest.osm.pbf (The disk is full. Free 12.4 GB, and it goes on by itself), Holiday photos (stopped)");
        assertThat(quit.keepOpenHasKeyboard()).isTrue();
        downloads.press(KeyCode.SPACE);

        quit.untilNoCountdown();
        assertThat(engine.commands()).containsExactly("keepOpen");
        assertThat(stage.isShowing()).isTrue();
    }

    @Test
    void escapeKeepsItOpenAndTheKeyboardGoesBack() {
        downloads.press(KeyCode.CONTROL, KeyCode.F);
        engine.quit(QuitStates.countdown(23));
        until(quit::keepOpenHasKeyboard);

        downloads.press(KeyCode.ESCAPE);

        quit.untilNoCountdown();
        assertThat(engine.commands()).containsExactly("keepOpen");
        assertThat(downloads.searchHasKeyboard()).isTrue();
    }

    @Test
    void itIsSeenOnEveryScreenAndKeepOpenCanBeClicked() {
        window.showSettings();
        engine.quit(QuitStates.countdown(5));
        assertThat(quit.countdown()).isEqualTo("Sallyport quits in 5 s");

        quit.keepOpen();

        quit.untilNoCountdown();
        assertThat(window.settingsShown()).isTrue();
    }

    @Test
    void quitNowClosesTheWindow() {
        engine.quit(QuitStates.countdown(23));

        quit.quitNow();

        until(() -> !stage.isShowing());
    }

    @Test
    void whenItIsOverItCannotBeStopped() {
        engine.quit(QuitStates.countdown(0));

        assertThat(quit.countdown()).isEqualTo("Sallyport is closing");
        until(() -> !quit.canKeepOpen());
    }

    @Test
    void theNextStartTellsWhyItEnded() {
        engine.quit(QuitState.NONE.withLast("Sallyport quit by itself on 2 January, 03:04: all downloads have ended."));

        robot.interact(stage::hide);
        openWindow();

        assertThat(downloads.notice()).isEqualTo("Sallyport quit by itself on 2 January, 03:04: all downloads have ended.");
    }

    @Test
    void theSettingHoldsForEveryStart() {
        window.showSettings();
        robot.interact(() -> robot.lookup("#settingsQuitCheck").queryAs(atlantafx.base.controls.ToggleSwitch.class).setSelected(true));

        until(() -> engine.settings().quit().whenComplete());
    }
}
