package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SharingPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** What others can get, from the allowed folder to the stop, over a real engine. */
class RealSharesWindowTest extends RealWindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final SharingPage sharing = new SharingPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);

    /** Through the dialog, which asks for the folder to be allowed. */
    private InfoHash share(Path source, String audience) {
        window.showSharing();
        desktop.choose(source);
        sharing.openDialog();
        sharing.chooseFolder();
        sharing.allow();
        sharing.audience(audience);
        sharing.share();
        sharing.untilDialogNotice("can get “" + source.getFileName() + "” now.");
        sharing.cancel();
        sharing.untilDialogClosed();
        until(() -> engine.snapshot().shares().shares().size() == 1);
        InfoHash hash = engine.snapshot().shares().shares().get(0).hash();
        sharing.untilShared(hash);
        downloadsShow(hash);
        return hash;
    }

    /** The files were read as they were shared, and are looked at once more before anybody gets them. */
    private void downloadsShow(InfoHash hash) {
        until(() -> engine.snapshot().find(hash).filter(torrent -> torrent.state() == TorrentState.SEEDING).isPresent());
    }

    @Test
    void theHomeFolderIsRefusedInPlaceAndAnotherIsAllowed() throws Exception {
        Path given = source("music", 1000).getParent();
        window.showSharing();
        assertThat(sharing.isEmptyState()).isTrue();
        desktop.choose(Path.of(System.getProperty("user.home")));

        sharing.addFolder();
        assertThat(sharing.noticeRule()).isEqualTo("Rule share.root-home");
        assertThat(sharing.notice()).isNotEmpty();
        assertThat(sharing.folders()).isEmpty();
        desktop.choose(given);
        sharing.addFolder();

        until(() -> sharing.folders().stream().map(AllowedFolder::path).toList().contains(given));
        assertThat(sharing.isEmptyState()).isTrue();
    }

    @Test
    void whatIsSharedWithAllMyDevicesIsListedAndStops() throws Exception {
        Path music = source("music", 200_000, 70_000);

        InfoHash hash = share(music, "AllDevices");

        assertThat(sharing.cell(hash, "sharingAudienceColumn")).isEqualTo("All my devices");
        assertThat(sharing.cell(hash, "sharingExpiresColumn")).isEqualTo("Never");
        sharing.untilSum("1 thing, 270.0 KB. Nobody is getting anything now.");
        assertThat(sharing.words()).contains("Nobody now", "270.0 KB");
        sharing.stop(hash);
        sharing.untilShared();
        assertThat(sharing.notice()).isEqualTo("Nobody gets “music” any more. Your files stay where they are.");
        assertThat(sharing.isEmptyState()).isTrue();
        assertThat(engine.snapshot().find(hash)).isEmpty();
        assertThat(music.resolve("a.bin")).exists();
    }

    @Test
    void keysAreShownBeforeTheyAreShared() throws Exception {
        Path papers = source("papers", 1000);
        Files.writeString(papers.resolve("id_ed25519"), "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        window.showSharing();
        desktop.choose(papers);
        sharing.openDialog();
        sharing.chooseFolder();
        sharing.allow();
        sharing.share();

        assertThat(sharing.concerns()).hasSizeGreaterThanOrEqualTo(2).first().isEqualTo("id_ed25519");
        assertThat(sharing.backHasKeyboard()).isTrue();
        assertThat(engine.snapshot().shares().shares()).isEmpty();
        sharing.shareAllTheSame();
        sharing.untilDialogNotice("All your devices can get “papers” now.");
    }

    @Test
    void removingTheFolderStopsWhatIsSharedFromIt() throws Exception {
        Path music = source("music", 20_000);
        share(music, "AllDevices");

        sharing.removeFolder(music);
        assertThat(sharing.removalStops()).contains("music");
        sharing.confirmRemoval();

        sharing.untilShared();
        assertThat(sharing.folders()).isEmpty();
    }

    @Test
    void whoSharesWithEverybodyGetsTheTorrentFileForThem() throws Exception {
        Path music = source("music", 20_000);
        Path target = torrent("for-them");
        window.showSharing();
        desktop.choose(music);
        sharing.openDialog();
        sharing.chooseFolder();
        sharing.allow();
        assertThat(sharing.offersTorrent()).isFalse();
        sharing.audience("Everybody");
        sharing.share();
        sharing.untilDialogNotice("Everybody who has its torrent can get “music” now.");

        desktop.choose(target);
        sharing.saveTorrent();

        sharing.untilDialogNotice("Saved as " + target);
        InfoHash hash = hashOf(target);
        sharing.cancel();
        sharing.untilDialogClosed();
        sharing.untilShared(hash);
        downloadsShow(hash);
        neighbour().fetch(target, folder.resolve("there"), Set.of(), Neighbour.addressOf(engine));
        assertSameBytes(music.resolve("a.bin"), folder.resolve("there/music/a.bin"));
    }

    @Test
    void theUploadPolicyOfTheRowMenuIsInForce() throws Exception {
        InfoHash hash = share(source("music", 20_000), "Everybody");
        assertThat(sharing.cell(hash, "sharingAudienceColumn")).isEqualTo("Everybody who has the torrent");
        window.showDownloads();
        downloads.select(hash);

        downloads.upload("Never");

        until(() -> engine.snapshot().find(hash).orElseThrow().sharing().upload() == UploadPolicy.NEVER);
        until(() -> new DetailsPage(robot).upload() == UploadPolicy.NEVER);
        assertThat(downloads.uploadMarks()).containsExactly("transfersUploadNeverItem");
    }

    @Test
    void aFileThatWasChangedStopsTheShareAndTheRowSaysSo() throws Exception {
        Path music = source("music", 20_000, 30_000);
        InfoHash hash = share(music, "AllDevices");
        Files.writeString(music.resolve("a.bin"), "something else");

        restart();
        window.showSharing();

        until(() -> sharing.shares().stream().map(ShareSnapshot::trouble).noneMatch(String::isEmpty));
        sharing.select(hash);
        assertThat(sharing.chosenTrouble()).startsWith("\"music/a.bin\" ").endsWith("If it is right, share it again.");
    }
}
