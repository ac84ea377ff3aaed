package org.sallyport.ui;

import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.testkit.Library;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** Pictures of every screen, light and dark, for people to look at. */
class PicturesTest extends WindowTestCase {
    private String look = "";

    private void shot(String name) {
        shot(stage.getScene(), name);
    }

    private void shot(Scene scene, String name) {
        Shots.save(scene, look + "-" + name);
    }

    private Scene front() {
        return Window.getWindows().stream().filter(w -> w instanceof Stage && w != stage && w.isShowing()).findFirst().orElseThrow().getScene();
    }

    private void dialog(String name) {
        shot(front(), name);
        robot.interact(() -> front().getWindow().hide());
    }

    private void size(double width, double height) {
        robot.interact(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
        });
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void everyScreen(Theme theme) {
        look = theme.name().toLowerCase(java.util.Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        until(() -> String.valueOf(javafx.application.Application.getUserAgentStylesheet()).contains(look));
        TableView<?> table = robot.lookup("#transfersTable").query();
        robot.interact(() -> table.getSelectionModel().select(0));
        until(() -> robot.lookup("#overviewPiecesLabel").queryLabeled().getText().endsWith("parts"));
        shot("downloads");
        size(1024, 700);
        shot("downloads-1024");
        size(1180, 760);
        TabPane tabs = robot.lookup("#detailsTabPane").query();
        for (int tab = 1; tab < 4; tab++) {
            int index = tab;
            robot.interact(() -> tabs.getSelectionModel().select(index));
            until(() -> !((TableView<?>) tabs.getSelectionModel().getSelectedItem().getContent()).getItems().isEmpty());
            shot("details-" + tab);
        }
        robot.interact(() -> table.requestFocus());
        robot.push(KeyCode.DELETE);
        engine.metainfo(Path.of("/x/course.torrent"), Outcome.done(Torrents.withNotes(Library.COURSE, "One file name held a character that is not allowed here; it was replaced.")));
        until(() -> robot.lookup("#transfersUndoPane").query().isVisible());
        shot("undo");
        robot.interact(() -> ((javafx.scene.control.Button) robot.lookup("#transfersUndoButton").query()).fire());
        robot.interact(() -> ((TextField) robot.lookup("#transfersSearchField").query()).setText("xyz"));
        shot("nothing-found");
        robot.interact(() -> ((TextField) robot.lookup("#transfersSearchField").query()).setText(""));

        shell.addTorrents(java.util.List.of(Path.of("/x/course.torrent")));
        until(() -> robot.lookup("#addStartButton").tryQuery().isPresent() && !robot.lookup("#addStartButton").query().isDisabled());
        dialog("add");
        engine.metainfo(Path.of("/x/bad.torrent"), Outcome.refused("metainfo.path", "This torrent is not added: one of its files would be written outside of its folder. Ask where you got it for a good copy."));
        shell.addTorrents(java.util.List.of(Path.of("/x/bad.torrent")));
        until(() -> robot.lookup("#addNoticeLabel").tryQuery().isPresent() && !robot.lookup("#addNoticeLabel").queryLabeled().getText().isEmpty());
        dialog("add-refused");
        robot.interact(() -> shell.createTorrent());
        dialog("create");
        robot.interact(() -> shell.about());
        dialog("about");
        robot.interact(() -> shell.shortcuts());
        dialog("shortcuts");
        robot.interact(() -> ((org.sallyport.ui.control.NoticeBar) robot.lookup("#transfersNoticePane").query()).noticeProperty().set(
                org.sallyport.ui.control.Notice.of(Outcome.refused("library.duplicate", "This torrent is on the list already. Nothing was changed."))));
        shot("notice");
        robot.interact(() -> table.getSelectionModel().select(0));
        robot.interact(() -> org.sallyport.ui.dialog.RemoveDataView.show(stage, "Course recordings", "1.8 GB", () -> { }));
        dialog("remove");
        robot.interact(() -> shell.showSettings());
        shot("settings");
    }

    static class EmptyLibrary extends WindowTestCase {
        @Override
        protected MemoryEngine library(MemoryEngine empty) {
            return empty;
        }

        @ParameterizedTest
        @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
        void emptyState(Theme theme) {
            engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, true)));
            until(() -> String.valueOf(javafx.application.Application.getUserAgentStylesheet()).contains(theme.name().toLowerCase(java.util.Locale.ROOT)));
            Shots.save(stage.getScene(), theme.name().toLowerCase(java.util.Locale.ROOT) + "-empty");
            robot.interact(() -> {
                stage.setWidth(1024);
                stage.setHeight(700);
            });
            Shots.save(stage.getScene(), theme.name().toLowerCase(java.util.Locale.ROOT) + "-empty-1024");
        }
    }
}
