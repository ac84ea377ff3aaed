package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** Downloads as a person sees them, with bytes that really move. */
class RealDownloadWindowTest extends RealWindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AddPage add = new AddPage(robot);

    /** Adds what the file dialog gives, with what is chosen already. */
    private InfoHash addFromDialog(Path torrent) {
        desktop.chooseTorrents(torrent);
        downloads.pressAdd();
        add.untilReady();
        add.start();
        add.untilClosed();
        InfoHash hash = hashOf(torrent);
        downloads.untilListed(hash);
        return hash;
    }

    @Test
    void aTorrentFromTheFileDialogArrivesWhole() throws Exception {
        Path source = source("photos", 300_000, 0, 90_001);
        Neighbour neighbour = giving(source);
        desktop.chooseTorrents(torrent("photos"));

        downloads.pressEmptyAdd();
        add.untilReady();
        assertThat(add.name()).isEqualTo("photos");
        assertThat(add.fact("Files")).isEqualTo("3");
        assertThat(add.fact("Comment")).isEqualTo("For the window");
        assertThat(add.folder()).isEqualTo(arrived().toString());
        add.start();
        add.untilClosed();
        InfoHash hash = hashOf(torrent("photos"));
        downloads.untilStanding(hash, "Looking for people who have it");
        introduce(hash, neighbour);

        downloads.untilState(hash, TorrentState.SEEDING);
        downloads.untilProgress(hash, 1);
        for (String file : List.of("a.bin", "b.bin", "c.bin")) {
            assertSameBytes(source.resolve(file), arrived().resolve("photos").resolve(file));
        }
        assertThat(arrived().resolve(".sallyport")).doesNotExist();
        details.untilValue("overviewPiecesLabel", "24 of 24 parts");
        assertThat(details.value("overviewHashLabel")).isEqualTo(hash.hex());
        details.open("Files");
        assertThat(details.column("filesTable", "filesPathColumn")).containsExactly("photos/a.bin", "photos/b.bin", "photos/c.bin");
        assertThat(details.column("filesTable", "filesVerdictColumn")).extracting(verdict -> ((Verdict) verdict).kind())
                .containsOnly(Verdict.Kind.NOT_SCANNED);
        details.untilVerdicts("Not scanned", "Not scanned", "Not scanned");
        details.untilColumn("filesTable", "filesDoneColumn", 1.0, 1.0, 1.0);
    }

    @Test
    void ofADroppedTorrentOnlyTheChosenFilesArrive() throws Exception {
        Path source = source("set", 5 * PIECE, 3 * PIECE, 4 * PIECE);
        Neighbour neighbour = giving(source);

        window.drop(List.of(torrent("set").toFile()));
        add.untilReady();
        // "set" itself is row 0
        add.toggleRow(1);
        add.toggleRow(3);
        add.submit();
        add.untilClosed();
        InfoHash hash = hashOf(torrent("set"));
        introduce(hash, neighbour);

        downloads.untilState(hash, TorrentState.SEEDING);
        assertSameBytes(source.resolve("b.bin"), arrived().resolve("set/b.bin"));
        try (var files = Files.list(arrived().resolve("set"))) {
            assertThat(files).containsExactly(arrived().resolve("set/b.bin"));
        }
        details.untilValue("overviewSizeLabel", "chosen from");
        details.open("Files");
        assertThat(details.column("filesTable", "filesPriorityColumn")).containsExactly(FilePriority.SKIP, FilePriority.NORMAL, FilePriority.SKIP);
    }

    /** One who has half of it gives a place to stop at that does not depend on speed. */
    @Test
    void itStopsWherePausedAndGoesOnFromThere() throws Exception {
        Path source = source("half", 20 * PIECE, 20 * PIECE);
        Neighbour whole = giving(source);
        Neighbour half = neighbour();
        half.fetch(torrent("half"), folder.resolve("half-there"), Set.of(0), whole.address());
        InfoHash hash = addFromDialog(torrent("half"));
        introduce(hash, half);

        downloads.untilProgress(hash, 0.5);
        details.untilValue("overviewPiecesLabel", "20 of 40 parts");
        details.untilValue("overviewStateLabel", "nobody sends right now");
        details.open("Peers");
        assertThat(details.column("peersTable", "peersAddressColumn")).containsExactly(half.address().toString());
        assertThat(details.column("peersTable", "peersProgressColumn")).containsExactly(0.5);
        assertThat((String) details.cell("peersTable", "peersClientColumn", 0)).startsWith("Sallyport");
        downloads.select(hash);
        downloads.press(KeyCode.SPACE);
        downloads.untilState(hash, TorrentState.PAUSED);
        downloads.untilProgress(hash, 0.5);
        assertThat(arrived().resolve("half/b.bin")).doesNotExist();

        downloads.press(KeyCode.SPACE);
        downloads.untilState(hash, TorrentState.DOWNLOADING);
        introduce(hash, whole);

        downloads.untilState(hash, TorrentState.SEEDING);
        assertSameBytes(source.resolve("a.bin"), arrived().resolve("half/a.bin"));
        assertSameBytes(source.resolve("b.bin"), arrived().resolve("half/b.bin"));
    }

    @Test
    void whatIsRemovedAndPutBackStaysInTheEngine() throws Exception {
        Path source = source("kept", 50_000);
        neighbour().make(source, torrent("kept"), PIECE);
        InfoHash hash = addFromDialog(torrent("kept"));
        downloads.select(hash);

        downloads.press(KeyCode.DELETE);
        downloads.untilGone(hash);
        assertThat(downloads.undoText()).contains("kept");
        downloads.pressUndo();

        downloads.untilListed(hash);
        downloads.untilUndoGone();
        assertThat(engine.snapshot().find(hash)).isPresent();
    }

    @Test
    void whatIsRemovedAndNotPutBackLeavesTheEngineButNotTheDisk() throws Exception {
        Path source = source("gone", 50_000);
        introduceAndAwait(source);
        InfoHash hash = hashOf(torrent("gone"));

        downloads.press(KeyCode.DELETE);
        downloads.untilGone(hash);
        // the window does not wait for the time to undo when it closes
        shell.close();

        until(() -> engine.snapshot().find(hash).isEmpty());
        assertSameBytes(source.resolve("a.bin"), arrived().resolve("gone/a.bin"));
    }

    private void introduceAndAwait(Path source) throws Exception {
        Neighbour neighbour = giving(source);
        InfoHash hash = addFromDialog(torrentOf(source));
        introduce(hash, neighbour);
        downloads.untilState(hash, TorrentState.SEEDING);
        downloads.select(hash);
    }

    @Test
    void aTorrentIsThereAgainAfterARestart() throws Exception {
        Path source = source("again", 50_000);
        introduceAndAwait(source);

        restart();

        downloads.untilState(hashOf(torrent("again")), TorrentState.SEEDING);
        downloads.untilProgress(hashOf(torrent("again")), 1);
    }

    @Test
    void whatIsNoTorrentAndWhatIsThereAlreadyIsExplained() throws Exception {
        Path damaged = folder.resolve("damaged.torrent");
        Files.writeString(damaged, "d8:announce5:x://y4:infod6:lengthi-5eee");
        desktop.chooseTorrents(damaged);
        downloads.pressAdd();
        assertThat(add.notice()).isNotBlank();
        assertThat(add.noticeRule()).startsWith("Rule metainfo.");
        add.cancel();
        add.untilClosed();

        neighbour().make(source("twice", 50_000), torrent("twice"), PIECE);
        addFromDialog(torrent("twice"));
        downloads.pressAdd();
        add.untilReady();
        add.start();

        assertThat(add.notice()).contains("twice");
        assertThat(add.noticeRule()).startsWith("Rule ");
        assertThat(engine.snapshot().torrents()).hasSize(1);
    }
}
