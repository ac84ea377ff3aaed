package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.WindowTestCase;

class SettingsWindowTest extends WindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final SettingsPage settings = new SettingsPage(robot);

    @BeforeEach
    void openSettings() {
        window.showSettings();
    }

    @Test
    void aTypedNumberTakesEffectOnEnter() {
        settings.enter("settingsPortField", "50000");

        settings.untilSaved();
        assertThat(engine.settings().port()).isEqualTo(50000);
        settings.enter("settingsActiveDownloadsField", "7");
        until(() -> engine.settings().limits().activeDownloads() == 7);
    }

    @Test
    void aNumberOutOfRangeIsExplainedAndTheOldOneStays() {
        settings.enter("settingsPortField", "80");

        assertThat(settings.notice()).isEqualTo("Port: a number from 1024 to 65535, please. The old value stays.");
        assertThat(settings.value("settingsPortField")).isEqualTo("51413");
        assertThat(engine.commands()).isEmpty();
    }

    @Test
    void whatTheEngineRefusesIsShownWithItsRule() {
        settings.enter("settingsFolderField", "relative");

        assertThat(settings.noticeRule()).isEqualTo("Rule settings.folder");
    }

    @Test
    void theDownloadFolderCanBeChosen() {
        desktop.choose(folder);

        settings.browse();

        until(() -> engine.settings().downloadFolder().equals(folder.toString()));
        until(() -> settings.value("settingsFolderField").equals(folder.toString()));
    }

    @Test
    void receiveOnlyLeavesThePortAlone() {
        settings.receiveOnly(true);

        until(() -> engine.settings().receiveOnly());
        assertThat(settings.canType("settingsPortField")).isFalse();
    }

    @Test
    void obfuscationIsPreferredUntilTheUserChooses() {
        assertThat(settings.encryptionIs("Prefer")).isTrue();

        settings.encryption("Require");
        until(() -> engine.settings().encryption() == Encryption.REQUIRE);
        settings.encryption("Off");
        until(() -> engine.settings().encryption() == Encryption.OFF);

        assertThat(settings.encryptionIs("Off")).isTrue();
    }

    @Test
    void themeAndRowHeightTakeEffectAtOnce() {
        settings.theme("Dark");
        window.untilDark(true);
        settings.dense(true);
        until(() -> engine.settings().look().dense());
        settings.theme("Light");
        window.untilDark(false);

        assertThat(engine.settings().look().theme()).isEqualTo(Theme.LIGHT);
    }
}
