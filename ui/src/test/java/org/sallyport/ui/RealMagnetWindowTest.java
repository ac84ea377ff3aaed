package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.OptionsPage;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** A magnet link as a person adds it, with a neighbour who tells what it stands for. */
class RealMagnetWindowTest extends RealWindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final AddPage add = new AddPage(robot);
    private final AskPage ask = new AskPage(robot);
    private final OptionsPage options = new OptionsPage(robot);

    @Test
    void aLinkIsAddedBeforeItsFilesAreKnownAndFetched() throws Exception {
        Path source = source("books", 5 * PIECE, 3 * PIECE);
        Neighbour neighbour = giving(source);
        InfoHash hash = hashOf(torrent("books"));

        shell.addMagnets(List.of("magnet:?xt=urn:btih:" + hash.hex() + "&dn=books&x.pe=" + neighbour.address()));
        add.untilName("books");
        assertThat(add.canStart()).isTrue();
        add.submit();
        add.untilClosed();

        downloads.untilState(hash, TorrentState.METADATA);
        introduce(hash, neighbour);
        downloads.untilState(hash, TorrentState.SEEDING);
        assertSameBytes(source.resolve("b.bin"), arrived().resolve("books/b.bin"));
        assertSameBytes(source.resolve("a.bin"), arrived().resolve("books/a.bin"));
    }

    @Test
    void theFilesOfALinkAreShownAndChosenBeforeItIsAdded() throws Exception {
        Path source = source("books", 5 * PIECE, 3 * PIECE);
        Neighbour neighbour = giving(source);
        InfoHash hash = hashOf(torrent("books"));
        // the link names a neighbour on this computer
        Neighbour.done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));

        shell.addMagnets(List.of("magnet:?xt=urn:btih:" + hash.hex() + "&dn=books&x.pe=" + neighbour.address()));
        add.untilFiles();
        assertThat(add.fact("Files")).isEqualTo("2");
        add.clickFile(0);
        add.submit();
        add.untilClosed();
        introduce(hash, neighbour);

        downloads.untilState(hash, TorrentState.SEEDING);
        assertSameBytes(source.resolve("b.bin"), arrived().resolve("books/b.bin"));
        assertThat(arrived().resolve("books/a.bin")).doesNotExist();
    }

    @Test
    void aLabelAndALimitAreChosenBeforeTheFilesAreKnown() throws Exception {
        Path source = source("books", 3 * PIECE);
        Neighbour neighbour = giving(source);
        InfoHash hash = hashOf(torrent("books"));
        shell.addMagnets(List.of("magnet:?xt=urn:btih:" + hash.hex() + "&dn=books"));
        add.untilName("books");
        add.submit();
        add.untilClosed();
        downloads.untilState(hash, TorrentState.METADATA);
        downloads.select(hash);

        downloads.press(KeyCode.CONTROL, KeyCode.L);
        ask.answer("to read");
        ask.untilClosed();
        downloads.press(KeyCode.ALT, KeyCode.ENTER);
        options.enter("optionsDownField", "900");
        options.save();
        options.untilClosed();
        until(() -> downloads.labels(hash).equals("to read"));
        downloads.press(KeyCode.ALT, KeyCode.HOME);
        downloads.untilNotice("beside the queue");

        introduce(hash, neighbour);
        downloads.untilState(hash, TorrentState.SEEDING);
        assertThat(engine.snapshot().find(hash).orElseThrow().options()).isEqualTo(
                TorrentOptions.DEFAULT.withLimits(900_000, 0).withLabels(Set.of("to read")));
    }
}
