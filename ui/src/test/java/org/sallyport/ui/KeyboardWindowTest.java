package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.WindowTestCase;

/** Everything can be reached with Tab, and has words for a screen reader. */
class KeyboardWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);

    @Test
    void theDownloadsScreenCanBeWalkedThrough() {
        downloads.select(COURSE.hash());

        walk(stage.getScene(), "shellDownloadsButton", "shellSettingsButton", "shellThemeChoice", "shellAboutButton",
                "transfersAddButton", "transfersCreateButton", "transfersSearchField", "transfersDetailsButton", "transfersTable", "detailsTabPane");
    }

    @Test
    void theSettingsScreenCanBeWalkedThrough() {
        new ShellPage(robot).showSettings();

        walk(stage.getScene(), "settingsFolderField", "settingsBrowseButton", "settingsReceiveOnlyCheck", "settingsPortField", "settingsEncryptionPreferChoice",
                "settingsActiveDownloadsField", "settingsActiveSeedsField", "settingsConnectionsField", "settingsConnectionsPerTorrentField",
                "settingsUploadSlotsField", "settingsThemeSystemChoice", "settingsDenseCheck");
    }

    @Test
    void theAddDialogCanBeWalkedThroughAndEndsWithEscape() {
        Path file = folder.resolve("x.torrent");
        engine.metainfo(file, Outcome.done(COURSE));
        AddPage add = new AddPage(robot);
        shell.addTorrents(List.of(file));
        add.untilReady();

        walk(front(), "addFilesTree", "addFolderField", "addBrowseButton", "addCancelButton", "addPausedButton", "addStartButton");
        robot.push(KeyCode.ESCAPE);
        add.untilClosed();
    }

    @Test
    void theCreateDialogCanBeWalkedThrough() {
        downloads.pressCreate();

        walk(front(), "createSourceField", "createSourceFileButton", "createSourceFolderButton", "createTrackersField", "createPieceChoice",
                "createPrivateCheck", "createCommentField", "createTargetField", "createTargetButton", "createCancelButton", "createMakeButton");
    }

    /** Presses Tab until it is round, and compares with what should have been reached. */
    private void walk(Scene scene, String... expected) {
        Set<String> reached = new LinkedHashSet<>();
        for (int i = 0; i < 40 && !reached.containsAll(List.of(expected)); i++) {
            if (scene.getFocusOwner() instanceof TextArea) {
                // it keeps a plain Tab for itself
                robot.push(KeyCode.CONTROL, KeyCode.TAB);
            } else {
                robot.push(KeyCode.TAB);
            }
            robot.interact(() -> note(scene.getFocusOwner(), reached));
        }
        assertThat(reached).contains(expected);
        List<String> silent = new ArrayList<>();
        robot.interact(() -> silent(scene.getRoot(), silent));
        assertThat(silent).as("controls without words").isEmpty();
    }

    private static void note(Node owner, Set<String> reached) {
        for (Node node = owner; node != null; node = node.getParent()) {
            if (node.getId() != null) {
                reached.add(node.getId());
                return;
            }
        }
    }

    private static void silent(Node node, List<String> found) {
        boolean words = node.getAccessibleText() != null && !node.getAccessibleText().isBlank()
                || node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank();
        if (node.isVisible() && node.isFocusTraversable() && node.getId() != null && !words) {
            found.add(node.getId());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> silent(child, found));
        }
    }
}
