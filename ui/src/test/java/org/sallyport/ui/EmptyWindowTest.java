package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.WindowTestCase;

class EmptyWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);

    @Override
    protected MemoryEngine library(MemoryEngine empty) {
        return empty;
    }

    @Test
    void theSampleFillsTheEmptyList() {
        assertThat(downloads.isEmptyState()).isTrue();

        downloads.pressSample();

        downloads.untilListed(COURSE.hash());
        assertThat(downloads.isEmptyState()).isFalse();
    }

    @Test
    void theFirstTorrentCanBeAddedFromHere() {
        Path file = folder.resolve("course.torrent");
        engine.metainfo(file, Outcome.done(COURSE));
        desktop.chooseTorrents(file);
        AddPage add = new AddPage(robot);

        downloads.pressEmptyAdd();
        add.untilReady();
        add.start();

        downloads.untilListed(COURSE.hash());
    }
}
