package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;
import static org.sallyport.ui.testkit.Library.DEBIAN;
import static org.sallyport.ui.testkit.Library.MAPS;
import static org.sallyport.ui.testkit.Library.MUSIC;
import static org.sallyport.ui.testkit.Library.PHOTOS;

import java.nio.file.Path;
import javafx.scene.control.TableColumn;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.WindowTestCase;

class DownloadsWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final ShellPage window = new ShellPage(robot);

    @Test
    void torrentsAreListedInTheOrderTheyWereAdded() {
        assertThat(downloads.names()).containsExactly(COURSE.name(), DEBIAN.name(), PHOTOS.name(), MUSIC.name(), MAPS.name());
    }

    @Test
    void spacePausesAndGoesOn() {
        downloads.select(COURSE.hash());

        downloads.press(KeyCode.SPACE);
        downloads.untilState(COURSE.hash(), TorrentState.PAUSED);
        downloads.press(KeyCode.SPACE);
        downloads.untilState(COURSE.hash(), TorrentState.DOWNLOADING);

        assertThat(downloads.selected()).containsExactly(COURSE.hash());
    }

    @Test
    void theMenuActsOnAllSelectedTorrents() {
        downloads.select(COURSE.hash(), DEBIAN.hash());

        downloads.menu("transfersPauseItem");

        downloads.untilState(COURSE.hash(), TorrentState.PAUSED);
        downloads.untilState(DEBIAN.hash(), TorrentState.PAUSED);
        downloads.menu("transfersStartItem");
        downloads.untilState(COURSE.hash(), TorrentState.DOWNLOADING);
    }

    @Test
    void f5ChecksTheDataAgain() {
        downloads.select(DEBIAN.hash());

        downloads.press(KeyCode.F5);

        downloads.untilState(DEBIAN.hash(), TorrentState.CHECKING);
    }

    @Test
    void aRemovalThatIsUndoneNeverReachesTheEngine() {
        downloads.select(PHOTOS.hash());

        downloads.press(KeyCode.DELETE);
        downloads.untilGone(PHOTOS.hash());
        assertThat(downloads.undoText()).contains(PHOTOS.name());
        downloads.pressUndo();

        downloads.untilListed(PHOTOS.hash());
        downloads.untilUndoGone();
        engine.settle();
        assertThat(engine.commands()).noneMatch(command -> command.startsWith("remove"));
    }

    @Test
    void aSecondRemovalSendsTheFirst() {
        downloads.select(PHOTOS.hash());
        downloads.press(KeyCode.DELETE);
        downloads.select(MUSIC.hash());

        downloads.press(KeyCode.DELETE);

        until(() -> engine.commands().contains("remove " + PHOTOS.hash()));
        assertThat(engine.commands()).doesNotContain("remove " + MUSIC.hash());
        assertThat(downloads.undoText()).contains(MUSIC.name());
    }

    @Test
    void closingTheWindowSendsThePendingRemoval() {
        downloads.select(PHOTOS.hash());
        downloads.press(KeyCode.DELETE);

        shell.close();

        until(() -> engine.commands().contains("remove " + PHOTOS.hash()));
    }

    @Test
    void movingFilesToTheTrashSaysHowMuchAndFocusesTheSafeAnswer() {
        downloads.select(COURSE.hash());

        downloads.menu("transfersRemoveDataItem");
        assertThat(window.trashText()).isEqualTo("Remove and move 1.8 GB to the trash");
        assertThat(window.keepHasKeyboard()).isTrue();
        window.keepFiles();
        assertThat(downloads.lists(COURSE.hash())).isTrue();
        downloads.menu("transfersRemoveDataItem");
        window.trash();

        downloads.untilGone(COURSE.hash());
        assertThat(engine.commands()).contains("removeData " + COURSE.hash());
    }

    @Test
    void searchLeavesWhatHasTheWordInItsName() {
        downloads.search("goldberg");
        assertThat(downloads.names()).containsExactly(MUSIC.name());

        downloads.search("no such thing");
        assertThat(downloads.foundNothing()).isTrue();
        downloads.clearSearch();

        assertThat(downloads.names()).hasSize(5);
    }

    @Test
    void sortOrderColumnOrderAndWidthsAreRemembered() {
        downloads.sortBy("transfersSizeColumn", TableColumn.SortType.DESCENDING);
        downloads.moveToFront("transfersPeersColumn");
        assertThat(downloads.names()).startsWith(MAPS.name(), COURSE.name());

        robot.interact(() -> stage.hide());
        openWindow();

        assertThat(downloads.names()).startsWith(MAPS.name(), COURSE.name());
        assertThat(downloads.columns()).startsWith("transfersPeersColumn", "transfersQueueColumn", "transfersNameColumn");
    }

    @Test
    void aLiveColumnKeepsItsOrderWhenValuesChange() {
        downloads.sortBy("transfersStateColumn", TableColumn.SortType.ASCENDING);
        assertThat(downloads.names().indexOf(COURSE.name())).isLessThan(downloads.names().indexOf(DEBIAN.name()));

        engine.pause(COURSE.hash());

        until(() -> downloads.names().indexOf(COURSE.name()) > downloads.names().indexOf(DEBIAN.name()));
    }

    @Test
    void aCommandThatIsRefusedIsExplainedWithItsRule() {
        downloads.select(COURSE.hash());
        engine.refuse("recheck", "library.busy", "It is being moved. Try again when it is done.");

        downloads.press(KeyCode.F5);

        assertThat(downloads.notice()).isEqualTo("It is being moved. Try again when it is done.");
        assertThat(downloads.noticeRule()).isEqualTo("Rule library.busy");
        downloads.dismissNotice();
    }

    @Test
    void aRemovalThatIsRefusedBringsTheRowBack() {
        engine.refuse("remove", "policy.remove", "Only a grown-up may remove this. It stays.");
        downloads.select(PHOTOS.hash());
        downloads.press(KeyCode.DELETE);
        downloads.untilGone(PHOTOS.hash());

        downloads.select(MUSIC.hash());
        downloads.press(KeyCode.DELETE);

        downloads.untilListed(PHOTOS.hash());
        assertThat(downloads.noticeRule()).isEqualTo("Rule policy.remove");
    }

    @Test
    void folderAndHashGoWhereTheyWereSent() {
        downloads.select(COURSE.hash());

        downloads.menu("transfersOpenFolderItem");
        downloads.menu("transfersCopyMagnetItem");

        assertThat(desktop.openedFolders()).containsExactly(Path.of("/home/ana/Downloads/Sallyport"));
        robot.interact(() -> assertThat(Clipboard.getSystemClipboard().getString())
                .isEqualTo("magnet:?xt=urn:btih:" + COURSE.hash() + "&dn=Course%20recordings"));
    }
}
