package org.sallyport.ui;

import static org.sallyport.ui.testkit.Library.COURSE;
import static org.sallyport.ui.testkit.Library.DEBIAN;
import static org.sallyport.ui.testkit.Library.MUSIC;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.Why;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.core.settings.Settings.Rates;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.OptionsPage;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.Snapshots;
import org.sallyport.ui.testkit.WindowTestCase;

/** Pictures of what can be done to torrents, magnet links and speed, light and dark, at the smallest usual size, for people to look at. */
class OperationsPicturesTest extends WindowTestCase {
    private static final String LINK = "magnet:?xt=urn:btih:" + COURSE.hash().hex()
            + "&dn=Course%20recordings&tr=https%3A%2F%2Ftracker.example.org%2Fannounce";

    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
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
    void operations(Theme theme) {
        begin(theme);
        engine.edit(COURSE.hash(), t -> Snapshots.withWhy(Snapshots.with(t, t.options().withLabels(Set.of("work")).withPriorities(
                Map.of(0, FilePriority.HIGH, 1, FilePriority.SKIP, 2, FilePriority.LOW))),
                new Why("nobody-has-it", "Nobody connected has the last 3 parts.", "It goes on as soon as somebody comes who has them.")));
        engine.edit(MUSIC.hash(), t -> Snapshots.with(t, t.options().withLabels(Set.of("music", "work"))));
        downloads.select(COURSE.hash());
        until(details::saysWhy);
        details.pieces();
        picture("operations");
        Shots.save(downloads.openMenu(), look + "-row-menu");
        downloads.closeMenu();
        details.open("Files");
        details.untilColumn("filesTable", "filesPriorityColumn", FilePriority.HIGH, FilePriority.SKIP, FilePriority.LOW, FilePriority.NORMAL,
                FilePriority.NORMAL, FilePriority.NORMAL);
        picture("files-priorities");
        details.open("Trackers");
        details.select("trackersTable", 0);
        picture("trackers-tools");
        details.press("trackersEditButton");
        new AskPage(robot).trackers();
        dialog("trackers-edit");
        details.open("Peers");
        details.select("peersTable", 1);
        picture("peers-tools");
        details.press("peersLegendButton");
        dialog("flags-legend");
        details.press("peersBanButton");
        new AskPage(robot).question();
        dialog("ban");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void dialogs(Theme theme) {
        begin(theme);
        engine.edit(DEBIAN.hash(), t -> Snapshots.with(t, t.options().withLimits(512_000, 0).withGoal(new SeedGoal(2, -1, 30, SeedGoal.Then.STOP))));
        downloads.select(DEBIAN.hash());
        until(() -> engine.snapshot().find(DEBIAN.hash()).orElseThrow().options().downLimit() > 0);
        downloads.menu("transfersOptionsItem");
        new OptionsPage(robot).what();
        dialog("options");
        downloads.menu("transfersLabelsItem");
        new AskPage(robot).asked();
        dialog("labels");
        AddPage add = new AddPage(robot);
        shell.addMagnets(List.of(LINK));
        add.untilName("Course recordings");
        Shots.save(front(), look + "-magnet-looking");
        engine.torrents().expectLook(LINK).complete(Outcome.done(COURSE));
        add.untilFiles();
        dialog("magnet-files");
        robot.interact(shell::askForLink);
        new AskPage(robot).asked();
        dialog("magnet-ask");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void speed(Theme theme) {
        begin(theme);
        String work = "r".repeat(16) + "s".repeat(20) + "r".repeat(12);
        String night = "x".repeat(12) + "r".repeat(36);
        List<String> week = Stream.concat(Collections.nCopies(5, work).stream(), Collections.nCopies(2, night).stream()).toList();
        engine.changeSettings(engine.settings().withBandwidth(new Bandwidth(new Rates(2_000_000, 0), new Rates(100_000, 20_000), true, week, false,
                5_000_000_000L, 0, Bandwidth.AtCap.STOP, 2048)));
        engine.bandwidth(new BandwidthState(BandwidthState.Mode.SLOW, "Slow mode: 100 KB/s down, 20 KB/s up", 100_000, 20_000,
                1_200_000_000L, 38_000_000_000L));
        window.untilSlow(true);
        window.pressLimits();
        SettingsPage settings = new SettingsPage(robot);
        until(() -> settings.hasKeyboard("settingsUsualDownField"));
        picture("settings-speed");
        scroll("settingsEnoughPane");
        picture("settings-goal-others");
        engine.bandwidth(new BandwidthState(BandwidthState.Mode.STOP,
                "Stopped by the schedule until 06:00. Downloads go on by themselves then.", 0, 0, 0, 0));
        window.showDownloads();
        until(window::saysStopped);
        picture("stopped");
        window.showSafety();
        scroll("safetyDhtLabel");
        picture("safety-others");
    }

    private void scroll(String id) {
        robot.interact(() -> {
            Node node = stage.getScene().lookup("#" + id);
            Node parent = node;
            while (!(parent instanceof ScrollPane)) {
                parent = parent.getParent();
            }
            ScrollPane pane = (ScrollPane) parent;
            double y = pane.getContent().sceneToLocal(node.localToScene(0, 0)).getY();
            pane.setVvalue(Math.min(1, y / (pane.getContent().getBoundsInLocal().getHeight() - pane.getViewportBounds().getHeight())));
        });
    }
}
