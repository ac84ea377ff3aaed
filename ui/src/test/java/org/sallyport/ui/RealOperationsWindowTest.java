package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.OptionsPage;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** Changes to torrents as a person makes them, with bytes that really move. */
class RealOperationsWindowTest extends RealWindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AskPage ask = new AskPage(robot);
    private final OptionsPage options = new OptionsPage(robot);

    @Test
    void aFileThatIsLeftOutStaysOutAndIsFetchedWhenItIsWantedAgain() throws Exception {
        Path source = source("set", 5 * PIECE, 3 * PIECE, 4 * PIECE);
        Neighbour neighbour = giving(source);
        InfoHash hash = addTorrent(torrent("set"));
        details.open("Files");
        details.select("filesTable", 0);
        robot.push(KeyCode.DIGIT0);
        details.untilColumn("filesTable", "filesPriorityColumn", FilePriority.SKIP, FilePriority.NORMAL, FilePriority.NORMAL);

        introduce(hash, neighbour);
        downloads.untilState(hash, TorrentState.SEEDING);
        assertThat(arrived().resolve("set/a.bin")).doesNotExist();
        assertSameBytes(source.resolve("b.bin"), arrived().resolve("set/b.bin"));

        details.select("filesTable", 0);
        robot.push(KeyCode.DIGIT3);
        details.untilColumn("filesTable", "filesPriorityColumn", FilePriority.HIGH, FilePriority.NORMAL, FilePriority.NORMAL);
        until(() -> Files.exists(arrived().resolve("set/a.bin")));
        assertSameBytes(source.resolve("a.bin"), arrived().resolve("set/a.bin"));
    }

    @Test
    void whatIsChosenForATorrentIsInForceAndThereAfterARestart() throws Exception {
        neighbour().make(source("kept", 50_000), torrent("kept"), PIECE);
        InfoHash hash = addTorrent(torrent("kept"));
        downloads.press(KeyCode.CONTROL, KeyCode.L);
        ask.answer("music, work");
        ask.untilClosed();
        downloads.menu("transfersOptionsItem");
        options.tick("optionsSequentialCheck", true);
        options.enter("optionsDownField", "300");
        options.tick("optionsGoalRatioCheck", true);
        options.save();
        options.untilClosed();
        TorrentOptions chosen = TorrentOptions.DEFAULT.withSequential(true).withLimits(300_000, 0)
                .withGoal(new SeedGoal(2, -1, -1, SeedGoal.Then.STOP)).withLabels(Set.of("music", "work"));
        until(() -> engine.snapshot().find(hash).orElseThrow().options().equals(chosen));

        restart();

        until(() -> engine.snapshot().find(hash).filter(torrent -> torrent.options().equals(chosen)).isPresent());
        until(() -> downloads.labels(hash).equals("music, work"));
    }

    @Test
    void theQueueIsReordered() throws Exception {
        neighbour().make(source("one", 50_000), torrent("one"), PIECE);
        neighbour().make(source("two", 50_000), torrent("two"), PIECE);
        InfoHash one = addTorrent(torrent("one"));
        InfoHash two = addTorrent(torrent("two"));
        downloads.untilQueued(one, 1);

        downloads.press(KeyCode.ALT, KeyCode.UP);

        downloads.untilQueued(two, 1);
        downloads.untilQueued(one, 2);
    }
}
