package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** Magnet links on their way in. */
class MagnetWindowTest extends WindowTestCase {
    private static final TorrentPreview BOOKS = Torrents.preview("Books", "Books/one.txt", 1_000_000, "Books/two.txt", 2_000_000, "Books/three.txt",
            4_000_000);
    private static final String LINK = "magnet:?xt=urn:btih:" + BOOKS.hash().hex() + "&dn=Books&tr=https%3A%2F%2Ftracker.example.org%2Fannounce";

    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final ShellPage window = new ShellPage(robot);
    private final AddPage add = new AddPage(robot);
    private final AskPage ask = new AskPage(robot);

    @BeforeEach
    void forgetWhatWasCopied() {
        robot.interact(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, "")));
    }

    private void copy(String text) {
        robot.interact(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text)));
    }

    @Test
    void aPastedLinkShowsWhatItSaysAtOnceAndItsFilesLater() {
        copy(LINK);
        downloads.select(COURSE.hash());
        downloads.press(KeyCode.CONTROL, KeyCode.V);

        add.untilName("Books");
        assertThat(add.fact("Trackers")).isEqualTo("https://tracker.example.org/announce");
        assertThat(add.isLooking()).isTrue();
        assertThat(add.canStart()).as("it can be added before the files are known").isTrue();
        engine.torrents().expectLook(LINK).complete(Outcome.done(BOOKS));
        add.untilFiles();
        assertThat(add.fact("Files")).isEqualTo("3");
        add.clickFile(2);
        assertThat(add.selected()).isEqualTo("Selected 3.0 MB of 7.0 MB");
        add.submit();

        add.untilClosed();
        downloads.untilState(BOOKS.hash(), TorrentState.DOWNLOADING);
        assertThat(engine.adds().get(0).source()).isEqualTo(new AddSource.MagnetLink(LINK));
        assertThat(engine.adds().get(0).wanted()).isEqualTo(Set.of(0, 1));
    }

    @Test
    void itIsAddedBeforeItsFilesAreKnownAndSaysSo() {
        shell.addMagnets(List.of(LINK));
        add.untilName("Books");

        add.submit();

        add.untilClosed();
        downloads.untilState(BOOKS.hash(), TorrentState.METADATA);
        downloads.untilProgress(BOOKS.hash(), 0);
        assertThat(downloads.standing(BOOKS.hash())).isEqualTo("Asking others for the list of files");
    }

    @Test
    void aTypedLinkIsLookedAtAndSomethingElseIsNot() {
        downloads.press(KeyCode.CONTROL, KeyCode.U);
        ask.answer("ftp://example.org/x");
        assertThat(ask.notice()).startsWith("This is neither a magnet link");

        ask.answer("  " + LINK);

        ask.untilClosed();
        add.untilName("Books");
    }

    @Test
    void aCopiedLinkIsThereAlreadyWhenAsked() {
        copy(LINK);

        downloads.pressAddLink();

        assertThat(ask.value()).isEqualTo(LINK);
        ask.cancel();
    }

    @Test
    void aDroppedLinkOpensTheDialog() {
        window.dropText(LINK);

        add.untilName("Books");
        add.pressEscape();
        add.untilClosed();
    }

    @Test
    void cancellingEndsTheLook() {
        shell.addMagnets(List.of(LINK));
        add.untilName("Books");

        add.pressEscape();
        add.untilClosed();

        until(() -> engine.torrents().stoppedLooks().equals(List.of(LINK)));
        assertThat(engine.adds()).isEmpty();
    }

    @Test
    void whenNobodyTellsItCanStillBeAdded() {
        shell.addMagnets(List.of(LINK));
        add.untilName("Books");
        engine.torrents().expectLook(LINK).complete(Outcome.failed("Nobody who has it was found within 2 minutes."));

        add.untilLookText("Nobody has told");

        assertThat(add.isLooking()).isFalse();
        assertThat(add.notice()).isEqualTo("Nobody who has it was found within 2 minutes.");
        assertThat(add.canStart()).isTrue();
    }

    @Test
    void aLinkThatIsRefusedCannotBeAdded() {
        engine.torrents().expectLook("magnet:?dn=x").complete(Outcome.refused("magnet.hash", "This link names no torrent. "
                + "Copy all of it, and try again."));

        shell.addMagnets(List.of("magnet:?dn=x"));

        assertThat(add.notice()).startsWith("This link names no torrent");
        assertThat(add.noticeRule()).isEqualTo("Rule magnet.hash");
    }

    @Test
    void whatTheLinkChoosesIsChosen() {
        String choosing = LINK + "&so=0,2-9";
        shell.addMagnets(List.of(choosing));
        engine.torrents().expectLook(choosing).complete(Outcome.done(BOOKS));

        add.untilFiles();
        assertThat(add.selected()).isEqualTo("Selected 5.0 MB of 7.0 MB");
        add.submit();

        add.untilClosed();
        assertThat(engine.adds().get(0).wanted()).isEqualTo(Set.of(0, 2));
    }

    @Test
    void aFolderOfAHundredThousandFilesIsChosenFromAtOnce() {
        Object[] filesAndSizes = IntStream.range(0, 100_000).boxed().flatMap(i -> Stream.<Object>of("Many/" + i, 10)).toArray();
        TorrentPreview many = Torrents.preview("Many", filesAndSizes);
        String choosing = "magnet:?xt=urn:btih:" + many.hash().hex() + "&dn=Many&so=0-49999";
        shell.addMagnets(List.of(choosing));
        engine.torrents().expectLook(choosing).complete(Outcome.done(many));

        add.untilFiles();
        add.untilSelected("Selected 500.0 KB of 1.0 MB");
        add.toggleRow(0);
        add.untilSelected("Selected 1.0 MB of 1.0 MB");
        add.toggleRow(0);
        add.untilSelected("Selected 0 B of 1.0 MB");
    }
}
