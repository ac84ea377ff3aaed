package org.sallyport.ui;

import static org.sallyport.ui.testkit.Offered.CHOIR;
import static org.sallyport.ui.testkit.Offered.DEBIAN;
import static org.sallyport.ui.testkit.Offered.MUSIC_FOLDER;
import static org.sallyport.ui.testkit.Offered.SLIDES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Scene;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.SharingPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Offered;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.WindowTestCase;

/** Pictures of the Sharing screen and its dialogs, light and dark, at the smallest usual size, for people to look at. */
class SharingPicturesTest extends WindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final SharingPage sharing = new SharingPage(robot);
    private String look = "";

    private void begin(Theme theme) {
        look = theme.name().toLowerCase(Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        window.untilDark(theme == Theme.DARK);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        window.showSharing();
    }

    private void picture(Scene scene, String name) {
        robot.moveTo("#shellBrandLabel");
        Shots.save(scene, look + "-" + name);
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void theScreen(Theme theme) {
        begin(theme);
        picture(stage.getScene(), "sharing-nothing");
        Offered.fill(engine);
        sharing.untilShared(CHOIR.hash(), DEBIAN.hash(), SLIDES.hash());
        sharing.select(SLIDES.hash());
        picture(stage.getScene(), "sharing-1024");
        sharing.removeFolder(MUSIC_FOLDER);
        picture(front(), "sharing-remove-folder");
        sharing.keepFolder();
        desktop.choose(Path.of(System.getProperty("user.home")));
        sharing.addFolder();
        sharing.notice();
        robot.interact(() -> {
            stage.setWidth(1280);
            stage.setHeight(800);
        });
        picture(stage.getScene(), "sharing-refused");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void theDialog(Theme theme) throws IOException {
        begin(theme);
        Path photos = Files.createDirectories(folder.resolve("Holiday"));
        engine.shares().concern(photos, new ShareConcern("keys/id_ed25519", "A private key: whoever has it can sign in as you."),
                new ShareConcern("passwords.kdbx",
                        "A password store. It is encrypted, but whoever has it can try to open it for as long as they like."));
        sharing.openDialog();
        picture(front(), "sharing-new-no-device");
        sharing.cancel();
        sharing.untilDialogClosed();
        Offered.fill(engine);
        sharing.untilShared(CHOIR.hash(), DEBIAN.hash(), SLIDES.hash());
        sharing.openDialog();
        desktop.choose(photos);
        sharing.chooseFolder();
        sharing.allowText();
        sharing.audience("SomeDevices");
        sharing.ends(3);
        sharing.share();
        sharing.untilDialogNotice("Tick");
        picture(front(), "sharing-new");
        sharing.allow();
        sharing.device(0);
        sharing.ends(1);
        sharing.share();
        sharing.concerns();
        picture(front(), "sharing-new-concerns");
        CountDownLatch reading = new CountDownLatch(1);
        engine.shares().holdReading(reading);
        sharing.shareAllTheSame();
        sharing.untilProgress("42%");
        picture(front(), "sharing-new-reading");
        reading.countDown();
        sharing.untilDialogNotice("The devices you chose");
        picture(front(), "sharing-new-done");
    }
}
