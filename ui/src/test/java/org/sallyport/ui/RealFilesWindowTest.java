package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** Names, places and exports of torrents as a person changes them, with files that are really there. */
class RealFilesWindowTest extends RealWindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AskPage ask = new AskPage(robot);

    private InfoHash arrived(Path source) throws Exception {
        Neighbour neighbour = giving(source);
        InfoHash hash = addTorrent(torrentOf(source));
        introduce(hash, neighbour);
        downloads.untilState(hash, TorrentState.SEEDING);
        return hash;
    }

    @Test
    void aTorrentAndAFileOfItAreRenamedAndStaySoAfterARestart() throws Exception {
        Path source = source("lectures", 2 * PIECE, PIECE);
        InfoHash hash = arrived(source);

        downloads.press(KeyCode.F2);
        ask.answer("Physics");
        ask.untilClosed();
        until(() -> downloads.names().contains("Physics"));
        details.open("Files");
        details.select("filesTable", 0);
        robot.push(KeyCode.F2);
        ask.answer("first.bin");
        ask.untilClosed();

        until(() -> Files.exists(arrived().resolve("lectures/first.bin")));
        assertThat(arrived().resolve("lectures/a.bin")).doesNotExist();
        assertSameBytes(source.resolve("a.bin"), arrived().resolve("lectures/first.bin"));
        downloads.untilState(hash, TorrentState.SEEDING);
        restart();
        downloads.untilState(hash, TorrentState.SEEDING);
        assertThat(downloads.names()).containsExactly("Physics");
    }

    @Test
    void filesAreMovedAndFoundWhereSomebodyElseMovedThem() throws Exception {
        Path source = source("lectures", 2 * PIECE, PIECE);
        InfoHash hash = arrived(source);
        Path there = Files.createDirectories(folder.resolve("there"));
        desktop.choose(there);

        downloads.press(KeyCode.CONTROL, KeyCode.M);

        downloads.untilNotice("is in " + there + " now");
        assertSameBytes(source.resolve("a.bin"), there.resolve("lectures/a.bin"));
        assertThat(arrived().resolve("lectures")).doesNotExist();
        downloads.untilState(hash, TorrentState.SEEDING);
        engine.pause(hash).join();
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(there.resolve("lectures"), elsewhere.resolve("lectures"));
        desktop.choose(elsewhere);
        downloads.menu("transfersLocateItem");
        until(() -> engine.snapshot().find(hash).orElseThrow().path().startsWith(elsewhere));
        engine.start(hash).join();
        downloads.untilState(hash, TorrentState.SEEDING);
    }

    @Test
    void aTorrentIsExportedAsAFileAndAsALink() throws Exception {
        InfoHash hash = arrived(source("lectures", PIECE));
        Path file = folder.resolve("again.torrent");
        desktop.choose(file);

        downloads.press(KeyCode.CONTROL, KeyCode.S);

        downloads.untilNotice("Saved as " + file);
        assertThat(hashOf(file)).isEqualTo(hash);
        downloads.press(KeyCode.CONTROL, KeyCode.C);
        until(() -> copied().startsWith("magnet:?xt=urn:btih:" + hash.hex()));
    }

    private String copied() {
        AtomicReference<String> text = new AtomicReference<>("");
        robot.interact(() -> text.set(String.valueOf(Clipboard.getSystemClipboard().getString())));
        return text.get();
    }
}
