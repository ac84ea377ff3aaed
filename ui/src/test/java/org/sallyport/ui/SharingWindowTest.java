package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Offered.CHOIR;
import static org.sallyport.ui.testkit.Offered.DEBIAN;
import static org.sallyport.ui.testkit.Offered.MUSIC_FOLDER;
import static org.sallyport.ui.testkit.Offered.SLIDES;

import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SharingPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Offered;
import org.sallyport.ui.testkit.WindowTestCase;

class SharingWindowTest extends WindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final SharingPage sharing = new SharingPage(robot);

    private void open() {
        Offered.fill(engine);
        window.showSharing();
        sharing.untilShared(CHOIR.hash(), DEBIAN.hash(), SLIDES.hash());
    }

    @Test
    void whoSharesNothingIsToldSo() {
        window.showSharing();

        assertThat(sharing.isEmptyState()).isTrue();
        assertThat(sharing.folders()).isEmpty();
    }

    @Test
    void everythingOthersCanGetIsListedWithItsSum() {
        open();

        assertThat(sharing.sum()).isEqualTo("3 things, 1.9 GB. 2 people are getting something now.");
        assertThat(sharing.isEmptyState()).isFalse();
        assertThat(sharing.cell(CHOIR.hash(), "sharingAudienceColumn")).isEqualTo("Mum's PC, Laptop");
        assertThat(sharing.cell(SLIDES.hash(), "sharingAudienceColumn")).isEqualTo("All my devices");
        assertThat(sharing.cell(DEBIAN.hash(), "sharingAudienceColumn")).isEqualTo("Everybody who has the torrent");
        assertThat(sharing.cell(DEBIAN.hash(), "sharingExpiresColumn")).isEqualTo("Never");
        assertThat(sharing.words()).contains("2 people", "Nobody now", SLIDES.trouble(), "420.0 MB");
    }

    @Test
    void oneClickOnTheRowStopsAShare() {
        open();

        sharing.stop(CHOIR.hash());

        sharing.untilShared(DEBIAN.hash(), SLIDES.hash());
        sharing.untilSum("2 things, 665.9 MB. Nobody is getting anything now.");
        assertThat(sharing.notice()).isEqualTo("Nobody gets “Choir recordings 2026” any more. Your files stay where they are.");
        assertThat(engine.commands()).containsExactly("stop " + CHOIR.hash().hex());
    }

    @Test
    void theKeyboardStopsAShareToo() {
        open();

        new DownloadsPage(robot).press(KeyCode.CONTROL, KeyCode.DIGIT1);
        new DownloadsPage(robot).press(KeyCode.CONTROL, KeyCode.DIGIT2);
        sharing.select(DEBIAN.hash());
        robot.push(KeyCode.DELETE);

        sharing.untilShared(CHOIR.hash(), SLIDES.hash());
        assertThat(sharing.notice()).isEqualTo("Nobody gets “" + DEBIAN.name() + "” from here any more. It stays in your downloads.");
        assertThat(engine.snapshot().find(DEBIAN.hash()).orElseThrow().sharing().upload()).isEqualTo(UploadPolicy.NEVER);
    }

    @Test
    void theSelectedShareIsToldInFull() {
        open();

        sharing.select(SLIDES.hash());

        assertThat(sharing.chosenPath()).isEqualTo(SLIDES.path().toString());
        assertThat(sharing.chosenTrouble()).isEqualTo(SLIDES.trouble());
    }

    @Test
    void aFolderThatHoldsTooMuchIsRefusedInPlace() {
        window.showSharing();
        desktop.choose(Path.of(System.getProperty("user.home")));

        sharing.addFolder();

        assertThat(sharing.notice()).contains("this folder holds everything you have");
        assertThat(sharing.noticeRule()).isEqualTo("Rule share.root-home");
        assertThat(sharing.folders()).isEmpty();
    }

    @Test
    void aFolderIsAllowedAndNothingIsSharedByThat() {
        window.showSharing();
        desktop.choose(MUSIC_FOLDER);

        sharing.addFolder();

        until(() -> sharing.folders().stream().map(AllowedFolder::path).toList().contains(MUSIC_FOLDER));
        assertThat(sharing.isEmptyState()).isTrue();
    }

    @Test
    void removingAFolderSaysWhatStopsAndWaitsForTheAnswer() {
        open();

        sharing.removeFolder(MUSIC_FOLDER);
        assertThat(sharing.keepHasKeyboard()).isTrue();
        assertThat(sharing.removalStops()).contains("Choir recordings 2026", "slides.pdf").doesNotContain(DEBIAN.name());
        assertThat(sharing.removalText()).isEqualTo("Remove it and stop sharing 2");
        sharing.keepFolder();
        assertThat(engine.commands()).isEmpty();
        sharing.removeFolder(MUSIC_FOLDER);
        sharing.confirmRemoval();

        sharing.untilShared(DEBIAN.hash());
        assertThat(sharing.shares()).extracting(ShareSnapshot::download).containsExactly(true);
        assertThat(sharing.folders()).hasSize(1);
    }
}
