package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.nio.file.Files;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PortState;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.WindowTestCase;

class ShellWindowTest extends WindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);

    @Test
    void theStatusBarShowsRatesPortAndSpace() {
        assertThat(window.downRate()).isEqualTo("3.2 MB/s");
        assertThat(window.port()).isEqualTo("One port: 51413, open");
        assertThat(window.disk()).isEqualTo("212.4 GB free");

        engine.port(new PortState(51413, PortState.Kind.BUSY, "Port 51413 is used by another program"));

        until(() -> window.port().equals("Port 51413 is used by another program"));
    }

    @Test
    void theThemeMenuSwitchesLightAndDark() {
        window.theme("Dark");
        window.untilDark(true);
        window.theme("Light");
        window.untilDark(false);
    }

    @Test
    void shortcutsReachEverySection() {
        downloads.press(KeyCode.CONTROL, KeyCode.DIGIT6);
        until(window::settingsShown);
        downloads.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        until(() -> !window.settingsShown());
        downloads.press(KeyCode.CONTROL, KeyCode.F);
        assertThat(downloads.searchHasKeyboard()).isTrue();
        downloads.press(KeyCode.F1);
        until(window::shortcutsShown);
        window.escape("shortcutsPane");
    }

    @Test
    void f6GoesRoundTheRegions() {
        downloads.select(COURSE.hash());
        assertThat(downloads.hasKeyboard()).isTrue();

        downloads.press(KeyCode.F6);
        assertThat(downloads.hasKeyboard()).isFalse();
        downloads.press(KeyCode.F6);
        assertThat(downloads.searchHasKeyboard()).isTrue();
        downloads.press(KeyCode.F6);
        downloads.press(KeyCode.F6);

        assertThat(downloads.hasKeyboard()).isTrue();
    }

    @Test
    void f6SkipsWhatIsClosed() {
        new DetailsPage(robot).toggle();
        downloads.select(COURSE.hash());

        downloads.press(KeyCode.F6);

        assertThat(downloads.searchHasKeyboard()).isTrue();
    }

    @Test
    void pressingASectionAgainStaysThere() {
        window.showSettings();
        window.showSettings();
        assertThat(window.settingsShown()).isTrue();
        window.showDownloads();
        window.showSettings();
        assertThat(window.settingsShown()).isTrue();
    }

    @Test
    void aboutSaysTheVersion() {
        window.openAbout();

        assertThat(window.aboutVersion()).isEqualTo("Version 0.1.0");
        window.escape("aboutPane");
    }

    @Test
    void itClosesWithADialogOpen() {
        window.openAbout();
        assertThat(window.aboutVersion()).isNotBlank();

        shell.close();

        until(() -> !stage.isShowing());
    }

    @Test
    void closingKeepsWhereTheWindowWas() {
        shell.close();

        until(() -> Files.exists(folder.resolve("window.properties")) && !stage.isShowing());
        assertThat(folder.resolve("window.properties")).content().contains("window.width=").contains("details.height=");
    }
}
