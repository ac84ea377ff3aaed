package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.WindowTestCase;

class EmptyPicturesTest extends WindowTestCase {
    @Override
    protected MemoryEngine library(MemoryEngine empty) {
        return empty;
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void theEmptyState(Theme theme) {
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        new ShellPage(robot).untilDark(theme == Theme.DARK);

        assertThat(new DownloadsPage(robot).isEmptyState()).isTrue();
        Shots.save(stage.getScene(), theme.name().toLowerCase(Locale.ROOT) + "-empty");
    }
}
