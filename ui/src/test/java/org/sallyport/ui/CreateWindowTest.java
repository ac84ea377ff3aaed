package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.CreatePage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

class CreateWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final CreatePage create = new CreatePage(robot);

    private Path source() throws IOException {
        return Files.createDirectories(folder.resolve("lectures"));
    }

    @Test
    void aFolderBecomesATorrentAndIsSeeded() throws IOException {
        Path source = source();
        desktop.choose(source);
        downloads.pressCreate();

        create.chooseFolder();
        assertThat(create.target()).isEqualTo(source + ".torrent");
        create.trackers("https://a.example/announce\nhttps://b.example/announce\n\nhttps://c.example/announce\n");
        create.comment("for the class");
        create.pieceLength(1 << 20);
        create.privateTorrent();
        create.make();
        create.untilNotice("Created: lectures");
        create.showFolder();
        create.seed();

        create.untilClosed();
        downloads.untilState(Torrents.hash("lectures"), TorrentState.SEEDING);
        assertThat(engine.commands()).contains(
                "create lectures [[https://a.example/announce, https://b.example/announce], [https://c.example/announce]]");
        assertThat(engine.adds()).containsExactly(AddRequest.seed(Path.of(source + ".torrent"), folder));
        assertThat(desktop.openedFolders()).containsExactly(folder);
    }

    @Test
    void itCanBeStoppedOnTheWay() throws IOException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        engine.holdCreations(mayEnd);
        desktop.choose(source());
        downloads.press(KeyCode.CONTROL, KeyCode.N);
        create.chooseFolder();

        create.make();
        create.untilProgress(0.42);
        create.cancel();

        create.untilNotice("Stopped.");
        mayEnd.countDown();
        create.cancel();
        create.untilClosed();
    }

    @Test
    void whatIsMissingIsSaid() {
        downloads.pressCreate();

        create.make();

        assertThat(create.notice()).isEqualTo("Choose the file or folder first.");
    }
}
