package org.sallyport.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.Snapshots;
import org.sallyport.ui.testkit.WindowTestCase;

/** Pictures of what is said about names and intents, light and dark, for people to look at. */
class NamesPicturesTest extends WindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final AddPage add = new AddPage(robot);

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void names(Theme theme) {
        String look = theme.name().toLowerCase(Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        window.untilDark(theme == Theme.DARK);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        Path file = folder.resolve("night.torrent");
        engine.metainfo(file, Outcome.done(NamesWindowTest.NIGHT));
        shell.addTorrents(List.of(file));
        add.untilReady();
        add.intent(Intent.VIDEO);
        add.clickFile(NamesWindowTest.SETUP);
        Shots.save(front(), look + "-add-names");
        add.submit();
        AskPage ask = new AskPage(robot);
        ask.question();
        Shots.save(robot.lookup("#questionPane").query().getScene(), look + "-add-names-ask");
        ask.goOn();
        add.untilClosed();
        downloads.untilState(NamesWindowTest.NIGHT.hash(), TorrentState.DOWNLOADING);
        engine.edit(NamesWindowTest.NIGHT.hash(), t -> Snapshots.with(t, t.options().withIntent(Intent.VIDEO)
                .withPriorities(Map.of(2, FilePriority.SKIP, 4, FilePriority.SKIP))));
        downloads.select(NamesWindowTest.NIGHT.hash());
        DetailsPage details = new DetailsPage(robot);
        details.open("Files");
        until(() -> details.names().contains("disguised +1"));
        Shots.save(stage.getScene(), look + "-files-names");
        window.showSettings();
        robot.interact(() -> ((ScrollPane) stage.getScene().lookup("#settingsScrollPane")).setVvalue(0.12));
        Shots.save(stage.getScene(), look + "-settings-names");
    }
}
