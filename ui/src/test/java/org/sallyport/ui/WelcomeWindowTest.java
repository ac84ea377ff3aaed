package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.pages.WelcomePage;
import org.sallyport.ui.testkit.Library;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.WindowTestCase;

/** The first page: safe as it is, consent by beginning, and nothing that runs waits for it. */
class WelcomeWindowTest extends WindowTestCase {
    private final WelcomePage welcome = new WelcomePage(robot);
    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);

    @Override
    protected MemoryEngine library(MemoryEngine empty) {
        empty.changeSettings(empty.settings().withWelcomed(false)).join();
        return empty;
    }

    @Test
    void beginningIsTheConsentToCloseByItself() {
        assertThat(welcome.quits()).isTrue();
        assertThat(engine.settings().quit().whenComplete()).isFalse();
        assertThat(welcome.beginHasKeyboard()).isTrue();

        robot.push(KeyCode.ENTER);

        welcome.untilGone();
        assertThat(engine.settings()).isEqualTo(Settings.DEFAULT.withPort(51413).withQuit(new Settings.Quit(true)).withWelcomed(true));
        assertThat(downloads.isEmptyState()).isTrue();
    }

    @Test
    void skippingChangesNothingAndItDoesNotComeBack() {
        welcome.skip();

        welcome.untilGone();
        assertThat(engine.settings()).isEqualTo(Settings.DEFAULT.withPort(51413).withWelcomed(true));
        robot.interact(() -> stage.hide());
        openWindow();
        assertThat(welcome.shown()).isFalse();
    }

    @Test
    void everyChoiceComesIntoForce() {
        desktop.choose(folder);
        welcome.browse();
        welcome.untilFree("GB free there");
        assertThat(welcome.portText()).isEqualTo("Yes, through exactly one port: 51413");
        assertThat(welcome.portIsOpened()).isTrue();
        welcome.openNoPort();
        welcome.quits(false);
        welcome.uploads(UploadPolicy.WHILE_DOWNLOADING);

        welcome.begin();

        welcome.untilGone();
        assertThat(engine.settings()).isEqualTo(Settings.DEFAULT.withPort(51413).withDownloadFolder(folder.toString()).withReceiveOnly(true)
                .withUploads(new Settings.Uploads(UploadPolicy.WHILE_DOWNLOADING)).withWelcomed(true));
    }

    @Test
    void aFolderThatIsRefusedIsSaidOnThePage() {
        welcome.folder("somewhere");

        welcome.begin();

        assertThat(welcome.noticeRule()).isEqualTo("Rule settings.folder");
        assertThat(welcome.shown()).isTrue();
        assertThat(engine.settings().welcomed()).isFalse();
    }

    @Test
    void aTorrentCanBeAddedWhileItIsShown() {
        Path file = folder.resolve("x.torrent");
        engine.metainfo(file, Outcome.done(Library.COURSE));
        AddPage add = new AddPage(robot);
        shell.addTorrents(List.of(file));
        add.untilReady();
        add.start();
        add.untilClosed();

        assertThat(welcome.shown()).isTrue();
        welcome.begin();

        welcome.untilGone();
        assertThat(downloads.lists(Library.COURSE.hash())).isTrue();
    }

    @Test
    void theRailLeadsAwayAndTheNextStartAsksAgain() {
        window.showSafety();
        assertThat(welcome.shown()).isFalse();
        window.showDownloads();
        assertThat(downloads.isEmptyState()).isTrue();
        robot.interact(() -> stage.hide());

        openWindow();

        assertThat(welcome.shown()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void pictures(Theme theme) {
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        window.untilDark(theme == Theme.DARK);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        welcome.untilFree("GB free there");
        robot.moveTo("#shellBrandLabel");
        Shots.save(stage.getScene(), theme.name().toLowerCase(Locale.ROOT) + "-welcome-1024");
    }
}
