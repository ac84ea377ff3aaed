package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.CreatePage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.testkit.LoopbackTracker;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** Giving and finding: own torrents, trackers, the sample; and what is said when files on the disk go missing. */
class RealSharingWindowTest extends RealWindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final CreatePage create = new CreatePage(robot);
    private final AddPage add = new AddPage(robot);

    @Override
    protected Duration undoTime() {
        return Duration.ofMillis(300);
    }

    @Override
    protected Settings settings(Settings usual) {
        // the tracker of these tests is on this computer
        return usual.withTrackers(new Settings.Trackers(true));
    }

    /** Through the Create dialog, opened from the empty list. */
    private InfoHash createAndSeed(Path source) {
        desktop.choose(source);
        downloads.pressEmptyCreate();
        create.chooseFolder();
        create.comment("Made in the window");
        create.pieceLength(PIECE);
        create.make();
        create.untilNotice("Created: " + source.getFileName());
        create.seed();
        create.untilClosed();
        InfoHash hash = hashOf(Path.of(source + ".torrent"));
        downloads.untilState(hash, TorrentState.SEEDING);
        return hash;
    }

    @Test
    void whatIsMadeInTheWindowReachesANeighbour() throws Exception {
        Path source = source("lectures", 200_000, 70_000);
        InfoHash hash = createAndSeed(source);
        downloads.untilStanding(hash, "Ready to share");
        assertThat(downloads.selected()).containsExactly(hash);

        neighbour().fetch(Path.of(source + ".torrent"), folder.resolve("there"), Set.of(), Neighbour.addressOf(engine));

        assertSameBytes(source.resolve("a.bin"), folder.resolve("there/lectures/a.bin"));
        assertSameBytes(source.resolve("b.bin"), folder.resolve("there/lectures/b.bin"));
        details.untilValue("overviewRatioLabel", "270.0 KB sent, ratio 1.00");
        details.untilValue("overviewCommentLabel", "Made in the window");
    }

    @Test
    void aTorrentWithATrackerFindsItsPeopleByItself() throws Exception {
        Path source = source("tracked", 150_000);
        Neighbour neighbour = neighbour();
        try (LoopbackTracker tracker = new LoopbackTracker(neighbour.address())) {
            neighbour.make(source, torrent("tracked"), PIECE, tracker.announceUrl(), "http://127.0.0.1:1/announce");
            neighbour.give(torrent("tracked"), source.getParent());
            desktop.chooseTorrents(torrent("tracked"));
            downloads.pressEmptyAdd();
            add.untilReady();
            add.start();
            add.untilClosed();
            InfoHash hash = hashOf(torrent("tracked"));

            downloads.untilState(hash, TorrentState.SEEDING);
            assertSameBytes(source.resolve("a.bin"), arrived().resolve("tracked/a.bin"));
            details.open("Trackers");
            details.untilColumn("trackersTable", "trackersStatusColumn",
                    Messages.text("trackers.status." + TrackerSnapshot.Status.WORKING),
                    Messages.text("trackers.status." + TrackerSnapshot.Status.NOT_CONTACTED));
            assertThat(details.column("trackersTable", "trackersUrlColumn")).containsExactly(tracker.announceUrl(), "http://127.0.0.1:1/announce");
            assertThat(details.cell("trackersTable", "trackersPeopleColumn", 0)).isEqualTo("3 / 2");
        }
    }

    @Test
    void lostFilesOfAnOwnTorrentAreSaidUntilTheyAreBackAndCheckedAgain() throws Exception {
        Path source = source("own", 120_000);
        InfoHash hash = createAndSeed(source);
        Path aside = Files.move(source.resolve("a.bin"), folder.resolve("aside"));
        downloads.select(hash);

        downloads.press(KeyCode.F5);
        downloads.untilState(hash, TorrentState.TROUBLE);
        assertThat(downloads.standing(hash)).isEqualTo(
                "8 of 8 parts differ from the torrent, so it is not shared. Put the right files there, then check again.");
        details.untilValue("overviewStateLabel", "8 of 8 parts differ");
        Files.move(aside, source.resolve("a.bin"));
        downloads.press(KeyCode.F5);

        downloads.untilState(hash, TorrentState.SEEDING);
    }

    @Test
    void lostFilesOfADownloadAreFetchedAgainAfterACheck() throws Exception {
        Path source = source("lost", 120_000, 50_000);
        Neighbour neighbour = giving(source);
        desktop.chooseTorrents(torrent("lost"));
        downloads.pressEmptyAdd();
        add.untilReady();
        add.start();
        add.untilClosed();
        InfoHash hash = hashOf(torrent("lost"));
        introduce(hash, neighbour);
        downloads.untilState(hash, TorrentState.SEEDING);
        Path arrived = arrived().resolve("lost/a.bin");
        Files.delete(arrived);
        downloads.select(hash);

        downloads.press(KeyCode.F5);

        until(() -> Files.exists(arrived));
        downloads.untilState(hash, TorrentState.SEEDING);
        assertSameBytes(source.resolve("a.bin"), arrived);
        assertSameBytes(source.resolve("b.bin"), arrived().resolve("lost/b.bin"));
    }

    @Test
    void aRemovalReachesTheEngineWhenTheTimeToUndoHasPassed() throws Exception {
        Path source = source("over", 40_000);
        InfoHash hash = createAndSeed(source);
        downloads.select(hash);

        downloads.press(KeyCode.DELETE);

        until(() -> engine.snapshot().find(hash).isEmpty());
        downloads.untilUndoGone();
        assertThat(downloads.isEmptyState()).isTrue();
        assertThat(source.resolve("a.bin")).exists();
    }

    @Test
    void theSampleArrivesFromTheEmptyList() throws Exception {
        assertThat(downloads.isEmptyState()).isTrue();

        downloads.pressSample();

        until(() -> !engine.snapshot().torrents().isEmpty());
        InfoHash hash = engine.snapshot().torrents().get(0).hash();
        downloads.untilState(hash, TorrentState.SEEDING);
        assertSameBytes(folder.resolve("given/sample/b.bin"), arrived().resolve("sample/b.bin"));
        assertThat(downloads.isEmptyState()).isFalse();
    }
}
