package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.QuitPage;
import org.sallyport.ui.pages.SafetyPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.QuitStates;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** Pictures of the screens, light and dark, for people to look at; and what can be measured about them. */
class PicturesTest extends WindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AddPage add = new AddPage(robot);
    private final QuitPage quit = new QuitPage(robot);
    private String look = "";

    private void begin(Theme theme) {
        look = theme.name().toLowerCase(Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        window.untilDark(theme == Theme.DARK);
    }

    private void picture(String name) {
        // no control may look hovered
        robot.moveTo("#shellBrandLabel");
        Shots.save(stage.getScene(), look + "-" + name);
    }

    private void dialog(String name) {
        Scene front = front();
        Shots.save(front, look + "-" + name);
        robot.interact(() -> front.getWindow().hide());
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void downloads(Theme theme) {
        begin(theme);
        picture("downloads-none-selected");
        downloads.select(COURSE.hash());
        details.pieces();
        picture("downloads");
        details.open("Files");
        details.rows("filesTable");
        picture("files");
        details.open("Peers");
        details.rows("peersTable");
        picture("peers");
        details.open("Trackers");
        details.rows("trackersTable");
        picture("trackers");
        downloads.press(KeyCode.DELETE);
        downloads.undoText();
        picture("undo");
        engine.refuse("recheck", "library.busy", "This torrent is being moved. Try again when it is done.");
        downloads.press(KeyCode.F5);
        downloads.notice();
        picture("notice");
        downloads.search("xyz");
        picture("nothing-found");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void atTheSmallestUsualSize(Theme theme) {
        begin(theme);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        downloads.select(COURSE.hash());
        details.pieces();

        picture("downloads-1024");

        robot.interact(() -> assertThat(stage.getScene().lookup("#shellRailPane").getBoundsInParent().getWidth()).isLessThan(60));
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void theFocusCanBeSeen(Theme theme) {
        begin(theme);
        downloads.press(KeyCode.CONTROL, KeyCode.F);
        for (String focused : List.of("details", "quit", "rail", "rail-2", "rail-3", "rail-4", "theme", "about", "add", "create")) {
            downloads.press(KeyCode.TAB);
            Shots.save(stage.getScene(), look + "-focus-" + focused);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void safety(Theme theme) {
        begin(theme);
        SafetyPage safety = new SafetyPage(robot);
        window.showSafety();
        until(() -> safety.sockets().size() == 4);
        picture("safety");
        engine.audit(List.of(new SocketSnapshot("tcp6", "::", 51413, SocketSnapshot.State.LISTENING, "the one port, for peers", true),
                new SocketSnapshot("tcp", "0.0.0.0", 4444, SocketSnapshot.State.LISTENING, "unknown: Sallyport did not ask for it", false)),
                "One port: 51413, open; 1 socket is open that should not be. Restart Sallyport; report it if it happens again.");
        engine.port(new PortState(51413, PortState.Kind.OPEN, "One port: 51413, open").withUnexpected(1));
        desktop.choose(Path.of("level1.gz"));
        safety.loadBlocklist();
        until(safety::alarmed);
        until(safety::canClear);
        robot.interact(() -> stage.setHeight(1000));
        picture("safety-alarm");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void dialogsAndSettings(Theme theme) {
        begin(theme);
        Path file = Path.of("/x/course.torrent");
        engine.metainfo(file, Outcome.done(Torrents.withNotes(COURSE, "One file name held a character that is not allowed here; it was replaced.")));
        shell.addTorrents(List.of(file));
        add.untilReady();
        add.clickFile(1);
        dialog("add");
        engine.metainfo(file, Outcome.refused("metainfo.path",
                "This torrent is not added: one of its files would be written outside of its folder. Ask for a good copy where you got it."));
        shell.addTorrents(List.of(file));
        add.notice();
        dialog("add-refused");
        robot.interact(shell::createTorrent);
        dialog("create");
        robot.interact(shell::about);
        dialog("about");
        robot.interact(shell::shortcuts);
        dialog("shortcuts");
        downloads.select(COURSE.hash());
        downloads.menu("transfersRemoveDataItem");
        window.trashText();
        dialog("remove");
        window.showSettings();
        picture("settings");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void quitWhenDone(Theme theme) {
        begin(theme);
        downloads.select(COURSE.hash());
        quit.openMenu();
        Shots.save(quit.menuScene(), look + "-quit-menu");
        quit.closeMenu();
        quit.choose("AllDone");
        until(() -> quit.pill().equals("Quits when all is done"));
        engine.quit(QuitStates.countdown(23));
        quit.countdown();
        picture("quit-countdown");
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        picture("quit-countdown-1024");
    }
}
