package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.model.FilePriority.HIGH;
import static org.sallyport.core.model.FilePriority.LOW;
import static org.sallyport.core.model.FilePriority.NORMAL;
import static org.sallyport.core.model.FilePriority.SKIP;
import static org.sallyport.ui.testkit.Library.COURSE;
import static org.sallyport.ui.testkit.Library.MAPS;

import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.QuarantinePage;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** What can be changed in the tabs of the details pane. */
class DetailsChangesWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AskPage ask = new AskPage(robot);

    @BeforeEach
    void choose() {
        downloads.select(COURSE.hash());
    }

    private void untilPriorities(Object... priorities) {
        details.untilColumn("filesTable", "filesPriorityColumn", priorities);
    }

    @Test
    void filesAreWantedMoreOrLessByMenuAndKeys() {
        details.open("Files");
        details.select("filesTable", 0, 2);
        details.menu("filesTable", "filesHighItem");
        untilPriorities(HIGH, NORMAL, HIGH, NORMAL, NORMAL, NORMAL);

        details.select("filesTable", 1, 4);
        robot.push(KeyCode.DIGIT1);
        untilPriorities(HIGH, LOW, HIGH, NORMAL, LOW, NORMAL);
        robot.push(KeyCode.SPACE);
        untilPriorities(HIGH, SKIP, HIGH, NORMAL, SKIP, NORMAL);
        robot.push(KeyCode.SPACE);
        untilPriorities(HIGH, NORMAL, HIGH, NORMAL, NORMAL, NORMAL);
    }

    @Test
    void aWholeFolderIsChosenByMenuAndKeys() {
        details.open("Files");
        details.select("filesTable", 0);
        details.menu("filesTable", "filesFolderItem", "Course recordings/Week 1");
        assertThat(details.selectedRows("filesTable")).isEqualTo(2);
        robot.push(KeyCode.DIGIT0);
        untilPriorities(SKIP, SKIP, NORMAL, NORMAL, NORMAL, NORMAL);

        details.select("filesTable", 2);
        robot.push(KeyCode.BACK_SPACE);
        assertThat(details.selectedRows("filesTable")).isEqualTo(2);
        robot.push(KeyCode.BACK_SPACE);
        assertThat(details.selectedRows("filesTable")).isEqualTo(6);
    }

    @Test
    void aProgramIsOpenedOnlyAfterAPlainWord() {
        engine.refuse("open", "policy.open-program", "This file is a program.");
        details.open("Files");
        details.select("filesTable", 4);

        robot.push(KeyCode.ENTER);
        QuarantinePage question = new QuarantinePage(robot);
        assertThat(question.means()).isEqualTo("This file is a program.");
        assertThat(desktop.openedFiles()).isEmpty();
        question.yes();

        until(() -> !desktop.openedFiles().isEmpty());
        assertThat(engine.commands()).contains("open-program 4");
    }

    @Test
    void theSafetyTabTellsHowFarEachFileIs() {
        details.open("Safety");

        until(() -> details.rows("screeningTable") > 0);
    }

    @Test
    void filesAndFoldersAreRenamed() {
        details.open("Files");
        details.select("filesTable", 4);
        robot.push(KeyCode.F2);
        assertThat(ask.value()).isEqualTo("notes.txt");
        ask.answer("a/b");
        assertThat(ask.notice()).startsWith("A name cannot hold");
        ask.answer("read me.txt");
        ask.untilClosed();
        until(() -> details.cell("filesTable", "filesPathColumn", 4).equals("Course recordings/read me.txt"));

        details.select("filesTable", 0);
        details.menu("filesTable", "filesRenameFolderItem", "Course recordings/Week 1");
        ask.answer("First week");
        ask.untilClosed();
        until(() -> details.cell("filesTable", "filesPathColumn", 1).equals("Course recordings/First week/slides-01.pdf"));
    }

    @Test
    void trackersAreAddedReorderedAndRemoved() {
        details.open("Trackers");
        details.press("trackersAddButton");
        ask.answer("ftp://wrong.example.org");
        assertThat(ask.notice()).contains("must begin with http, https or udp");
        ask.answer("udp://third.example.org:6969/announce");
        ask.untilClosed();
        details.untilColumn("trackersTable", "trackersTierColumn", "1", "2", "3");

        details.select("trackersTable", 2);
        robot.push(KeyCode.ALT, KeyCode.UP);
        details.untilColumn("trackersTable", "trackersTierColumn", "1", "2", "2");
        details.select("trackersTable", 0);
        robot.push(KeyCode.DELETE);
        until(() -> details.rows("trackersTable") == 2);
        details.press("trackersAnnounceButton");
        until(() -> engine.commands().contains("announce " + COURSE.hash()));
    }

    @Test
    void allTrackersAreEditedAsText() {
        details.open("Trackers");
        details.rows("trackersTable");
        details.press("trackersEditButton");
        assertThat(ask.trackers()).isEqualTo("https://tracker.example.org/announce\n\nhttp://backup.example.net:6969/announce");

        ask.trackers("https://one.example.org/a\nhttps://two.example.org/a\n\nudp://three.example.org:1/a");
        ask.untilTrackersClosed();

        details.untilColumn("trackersTable", "trackersUrlColumn", "https://one.example.org/a", "https://two.example.org/a",
                "udp://three.example.org:1/a");
        details.untilColumn("trackersTable", "trackersTierColumn", "1", "1", "2");
    }

    @Test
    void webServersAreListedWithTheTrackers() {
        engine.with(Torrents.withWebSeeds(Torrents.preview("Mirror", "mirror.bin", 10), "https://files.example.org/mirror.bin"),
                TorrentState.DOWNLOADING, "Downloading", 0.5);
        downloads.select(Torrents.hash("Mirror"));
        details.open("Trackers");

        details.untilColumn("trackersTable", "trackersTierColumn", "1", "2", "Web");

        assertThat(details.cell("trackersTable", "trackersPeopleColumn", 2)).isEqualTo("420.0 KB/s");
    }

    @Test
    void peersAreAddedByAddress() {
        details.open("Peers");
        details.rows("peersTable");
        details.press("peersAddButton");
        ask.answer("example.org");
        assertThat(ask.notice()).contains("is not an address");
        ask.answer("192.168.1.20:51413");
        ask.untilClosed();

        until(() -> engine.commands().contains("addPeers [192.168.1.20:51413] " + COURSE.hash()));
    }

    @Test
    void peersAreBannedAfterAQuestion() {
        details.open("Peers");
        details.select("peersTable", 0);
        robot.push(KeyCode.DELETE);
        assertThat(ask.question()).isEqualTo("Ban 203.0.113.10?");
        assertThat(ask.safeAnswerHasKeyboard()).isTrue();
        ask.keep();
        details.press("peersBanButton");
        ask.goOn();

        until(() -> details.rows("peersTable") == 5);
        assertThat(engine.commands()).contains("ban 203.0.113.10");
    }

    @Test
    void theConnectionAndTheLettersAreExplained() {
        details.open("Peers");
        assertThat(details.column("peersTable", "peersSecurityColumn")).contains(PeerSnapshot.Security.TLS, PeerSnapshot.Security.OBFUSCATED);

        details.press("peersLegendButton");

        assertThat(details.legendShown()).isTrue();
        robot.push(KeyCode.ESCAPE);
    }

    @Test
    void aSingleFileHasNoFolder() {
        downloads.select(MAPS.hash());
        details.open("Files");
        until(() -> details.rows("filesTable") == 1);
        details.select("filesTable", 0);

        robot.push(KeyCode.BACK_SPACE);

        assertThat(details.selectedRows("filesTable")).isEqualTo(1);
    }
}
