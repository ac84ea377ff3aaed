package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.PHOTOS;

import java.time.Duration;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.testkit.WindowTestCase;

class UndoTimeTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);

    @Override
    protected Duration undoTime() {
        return Duration.ofMillis(300);
    }

    @Test
    void theRemovalIsSentWhenTheTimeToUndoHasPassed() {
        downloads.select(PHOTOS.hash());

        downloads.press(KeyCode.DELETE);

        until(() -> engine.commands().contains("remove " + PHOTOS.hash()));
        downloads.untilUndoGone();
        assertThat(downloads.lists(PHOTOS.hash())).isFalse();
    }
}
