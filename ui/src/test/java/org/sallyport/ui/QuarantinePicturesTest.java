package org.sallyport.ui;

import java.util.Locale;
import javafx.scene.Scene;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Verdict.Kind;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.QuarantinePage;
import org.sallyport.ui.pages.SafetyPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.MemoryQuarantine;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.WindowTestCase;

/** Pictures of the Quarantine screen and the scanner, light and dark, at the smallest usual size, for people to look at. */
class QuarantinePicturesTest extends WindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final QuarantinePage quarantine = new QuarantinePage(robot);
    private String look = "";

    private void begin(Theme theme) {
        look = theme.name().toLowerCase(Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        window.untilDark(theme == Theme.DARK);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
    }

    private void picture(Scene scene, String name) {
        robot.moveTo("#shellBrandLabel");
        Shots.save(scene, look + "-" + name);
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void theScreen(Theme theme) {
        begin(theme);
        window.showQuarantine();
        until(quarantine::empty);
        picture(stage.getScene(), "quarantine-nothing");
        InfoHash hash = new InfoHash("ab".repeat(20));
        engine.quarantine().hold(hash, 1, "Office", "Office/setup.exe", Kind.INFECTED, "Win.Test.EICAR_HDB-1");
        HeldFile odd = engine.quarantine().hold(hash, 2, "Holiday", "Holiday/beach.jpg", Kind.SUSPICIOUS, "It is a program for Windows, "
                + "and its name says that it is a picture.");
        engine.quarantine().hold(new InfoHash("cd".repeat(20)), 0, "archive.zip", "archive.zip", Kind.NOT_SCANNED, "It is locked with a "
                + "password, so nobody could look into it.");
        until(() -> quarantine.shown() && !quarantine.empty() && quarantine.files().size() == 3);
        quarantine.select(odd);
        picture(stage.getScene(), "quarantine-1024");
        quarantine.release();
        quarantine.question();
        picture(front(), "quarantine-release");
        quarantine.no();
        engine.quarantine().scannerToFind(MemoryQuarantine.ready());
        window.showSafety();
        SafetyPage safety = new SafetyPage(robot);
        picture(stage.getScene(), "scanner-none");
        safety.findScanner();
        until(() -> safety.scanner().contains("found the test file"));
        picture(stage.getScene(), "scanner-ready");
    }
}
