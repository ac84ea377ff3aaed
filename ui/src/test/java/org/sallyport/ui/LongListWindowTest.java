package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** So many torrents that a search takes more off the table than are taken off one by one. */
class LongListWindowTest extends WindowTestCase {
    private static final List<TorrentPreview> MANY = many();

    private final DownloadsPage downloads = new DownloadsPage(robot);

    private static List<TorrentPreview> many() {
        List<TorrentPreview> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(Torrents.preview((i % 3 == 1 ? "reading " : "song ") + i, "a", 1_000));
        }
        return many;
    }

    @Override
    protected MemoryEngine library(MemoryEngine empty) {
        MANY.forEach(info -> empty.with(info, TorrentState.PAUSED, "Paused", 0.5));
        return empty;
    }

    @Test
    void aSearchKeepsWhatIsSelectedAndFound() {
        downloads.select(MANY.get(31).hash(), MANY.get(34).hash());

        downloads.search("reading");

        assertThat(downloads.names()).hasSize(20).contains("reading 31", "reading 34").noneMatch(name -> name.startsWith("song"));
        assertThat(downloads.selected()).containsExactlyInAnyOrder(MANY.get(31).hash(), MANY.get(34).hash());
        downloads.search("");
        assertThat(downloads.names()).containsExactlyElementsOf(MANY.stream().map(TorrentPreview::name).toList());
        assertThat(downloads.selected()).containsExactlyInAnyOrder(MANY.get(31).hash(), MANY.get(34).hash());
    }

    @Test
    void whatIsSelectedAndNotFoundIsSelectedNoMore() {
        downloads.select(MANY.get(30).hash());

        downloads.search("reading");
        downloads.search("");

        assertThat(downloads.selected()).doesNotContain(MANY.get(31).hash()).hasSizeLessThanOrEqualTo(1);
        assertThat(downloads.names()).hasSize(60);
    }
}
