package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** A magnet link as a person adds it, with a neighbour who tells what it stands for. */
class RealMagnetWindowTest extends RealWindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final AddPage add = new AddPage(robot);

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
}
