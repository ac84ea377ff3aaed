package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;
import static org.sallyport.ui.testkit.Library.DEBIAN;

import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.testkit.WindowTestCase;

class DetailsWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);

    @Test
    void theOverviewFollowsTheSelection() {
        assertThat(details.nothing()).isEqualTo("Select a download to see its details.");

        downloads.select(COURSE.hash());
        assertThat(details.pieces()).endsWith("of 2717 parts");
        assertThat(details.value("overviewStateLabel")).isEqualTo("Downloading from 6 people");
        assertThat(details.value("overviewHashLabel")).isEqualTo(COURSE.hash().hex());
        assertThat(details.value("overviewCommentLabel")).isEqualTo(COURSE.comment());
        assertThat(details.spokenGraph()).startsWith("Receiving 3.2 MB/s, sending 410.0 KB/s");

        downloads.select(DEBIAN.hash());
        until(() -> details.pieces().endsWith("of 631 parts"));

        downloads.select(COURSE.hash(), DEBIAN.hash());
        assertThat(details.nothing()).startsWith("2 downloads are selected");
    }

    @Test
    void filesPeersAndTrackersAreListed() {
        downloads.select(COURSE.hash());

        details.open("Files");
        assertThat(details.rows("filesTable")).isEqualTo(6);
        assertThat(details.cell("filesTable", "filesPathColumn", 0)).isEqualTo("Course recordings/Week 1/lecture-01.webm");
        assertThat(((Verdict) details.cell("filesTable", "filesVerdictColumn", 0)).kind()).isEqualTo(Verdict.Kind.NOT_SCANNED);
        details.open("Peers");
        assertThat(details.rows("peersTable")).isEqualTo(6);
        assertThat(details.cell("peersTable", "peersClientColumn", 0)).isEqualTo("qBittorrent 4.6.3");
        assertThat(details.identities()).containsExactly("Unknown", "Unknown", "Unknown", "Trusted device: Laptop", "Unknown", "Unknown");
        assertThat(details.lockedIdentities()).as("a lock is for TLS alone").containsExactly("Trusted device: Laptop");
        details.open("Trackers");
        assertThat(details.rows("trackersTable")).isEqualTo(2);
        assertThat(details.cell("trackersTable", "trackersMessageColumn", 1)).isEqualTo("The tracker did not answer within 30 s.");
    }

    @Test
    void theFolderLinkOpensTheFolder() {
        downloads.select(COURSE.hash());
        details.pieces();

        details.openFolder();

        assertThat(desktop.openedFolders()).containsExactly(Path.of("/home/ana/Downloads/Sallyport"));
    }

    @Test
    void thePaneClosesOpensAndIsRemembered() {
        downloads.select(COURSE.hash());
        assertThat(details.isOpen()).isTrue();

        details.toggle();
        assertThat(details.isOpen()).isFalse();
        robot.interact(() -> stage.hide());
        openWindow();
        assertThat(details.isOpen()).isFalse();

        downloads.select(COURSE.hash());
        downloads.press(KeyCode.ENTER);
        until(details::isOpen);
    }
}
