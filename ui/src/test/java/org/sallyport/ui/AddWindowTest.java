package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;
import static org.sallyport.ui.testkit.Library.PHOTOS;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

class AddWindowTest extends WindowTestCase {
    private static final TorrentPreview BOOKS = Torrents.preview("Books",
            "Books/a/one.txt", 1_000_000, "Books/a/two.txt", 2_000_000, "Books/three.txt", 4_000_000);

    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final AddPage add = new AddPage(robot);
    private Path file = Path.of("books.torrent");

    @BeforeEach
    void aTorrentFile() {
        file = folder.resolve("books.torrent");
        engine.metainfo(file, Outcome.done(BOOKS));
    }

    @Test
    void theTrackersOfATorrentThatIsThereAlreadyCanJoinItsOwn() {
        engine.metainfo(file, Outcome.done(Torrents.withTrackers(COURSE, "https://other.example.org/announce")));
        open();
        assertThat(add.canJoin()).isFalse();

        add.submit();

        assertThat(add.noticeRule()).isEqualTo("Rule engine.duplicate-trackers");
        add.join();
        add.untilClosed();
        assertThat(engine.adds()).extracting(AddRequest::mergeTrackers).containsExactly(false, true);
    }

    @Test
    void aFileFromTheDialogIsShownAndStarted() {
        desktop.chooseTorrents(file);

        downloads.pressAdd();
        add.untilReady();
        assertThat(add.name()).isEqualTo("Books");
        assertThat(add.fact("Files")).isEqualTo("3");
        assertThat(add.fact("Size")).isEqualTo("7.0 MB");
        assertThat(add.fact("Pieces")).isEqualTo("7 of 1 MiB");
        assertThat(add.fact("Private")).isEqualTo("No");
        add.start();

        add.untilClosed();
        downloads.untilState(BOOKS.hash(), TorrentState.DOWNLOADING);
        until(() -> downloads.selected().equals(List.of(BOOKS.hash())));
        Path home = Path.of(System.getProperty("user.home"), "Downloads", "Sallyport");
        assertThat(engine.adds()).containsExactly(AddRequest.download(file, home));
    }

    @Test
    void onlyChosenFilesAreWantedAndFoldersShowIt() {
        open();

        add.clickFile(2);
        assertThat(add.selected()).isEqualTo("Selected 3.0 MB of 7.0 MB");
        add.toggleRow(1);
        assertThat(add.selected()).isEqualTo("Selected 0 B of 7.0 MB");
        assertThat(add.canStart()).isFalse();
        add.toggleRow(2);
        assertThat(add.selected()).isEqualTo("Selected 1.0 MB of 7.0 MB");
        add.start();

        add.untilClosed();
        assertThat(engine.adds().get(0).wanted()).isEqualTo(Set.of(0));
    }

    @Test
    void anotherFolderCanBeChosenAndItCanBeAddedPaused() {
        desktop.choose(folder);
        open();

        add.browse();
        assertThat(add.folder()).isEqualTo(folder.toString());
        add.addPaused();

        downloads.untilState(BOOKS.hash(), TorrentState.PAUSED);
        assertThat(engine.adds()).containsExactly(AddRequest.download(file, folder).withPaused(true));
    }

    @Test
    void aFolderThatIsNoWholePathCannotBeStartedInto() {
        open();

        add.folder("somewhere");

        assertThat(add.canStart()).isFalse();
        add.folder("~/somewhere");
        assertThat(add.canStart()).isTrue();
    }

    @Test
    void aRefusedTorrentShowsTheSentenceAndTheRule() {
        engine.metainfo(file, Outcome.refused("metainfo.path", "A file of this torrent would leave its folder. It is not added."));
        desktop.chooseTorrents(file);

        downloads.pressAdd();

        assertThat(add.notice()).isEqualTo("A file of this torrent would leave its folder. It is not added.");
        assertThat(add.noticeRule()).isEqualTo("Rule metainfo.path");
        add.cancel();
        add.untilClosed();
        assertThat(engine.adds()).isEmpty();
    }

    @Test
    void oneThatIsThereAlreadyIsRefusedInTheDialog() {
        engine.metainfo(file, Outcome.done(COURSE));
        open();

        add.start();

        assertThat(add.noticeRule()).isEqualTo("Rule engine.duplicate");
        add.cancel();
    }

    @Test
    void oneThatWasJustRemovedCanBeAddedAgain() {
        engine.metainfo(file, Outcome.done(PHOTOS));
        downloads.select(PHOTOS.hash());
        downloads.press(KeyCode.DELETE);
        open();

        add.start();

        add.untilClosed();
        downloads.untilListed(PHOTOS.hash());
        assertThat(engine.commands()).containsSequence("remove " + PHOTOS.hash(), "add " + PHOTOS.name());
    }

    @Test
    void tooLittleRoomIsSaidBeforeItStarts() {
        engine.metainfo(file, Outcome.done(Torrents.preview("Everything", "everything.bin", Long.MAX_VALUE / 2)));
        open();

        assertThat(add.spaceNotice()).startsWith("There is not enough room");
    }

    @Test
    void droppedFilesOpenOneDialogAfterTheOther() {
        Path second = folder.resolve("photos.torrent");
        engine.metainfo(second, Outcome.done(Torrents.preview("Second", "second.txt", 10)));

        new ShellPage(robot).drop(List.of(file.toFile(), second.toFile()));

        add.untilReady();
        assertThat(add.name()).isEqualTo("Books");
        add.pressEnter();
        downloads.untilListed(BOOKS.hash());
        until(() -> add.isOpen() && add.name().equals("Second"));
        add.pressEscape();
        add.untilClosed();
        assertThat(engine.adds()).hasSize(1);
    }

    @Test
    void somethingElseThatIsDroppedIsExplained() {
        new ShellPage(robot).drop(List.of(folder.resolve("photo.jpg").toFile()));

        assertThat(downloads.notice()).startsWith("Only .torrent files and magnet links");
    }

    @Test
    void aPastedFileOpensTheDialog() {
        robot.interact(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.FILES, List.of(file.toFile()))));
        downloads.select(COURSE.hash());

        downloads.press(KeyCode.CONTROL, KeyCode.V);

        add.untilReady();
        assertThat(add.name()).isEqualTo("Books");
    }

    @Test
    void aPastedPathOpensTheDialog() {
        robot.interact(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, file.toString())));
        downloads.select(COURSE.hash());

        downloads.press(KeyCode.CONTROL, KeyCode.V);

        add.untilReady();
        assertThat(add.name()).isEqualTo("Books");
    }

    private void open() {
        shell.addTorrents(List.of(file));
        add.untilReady();
    }
}
