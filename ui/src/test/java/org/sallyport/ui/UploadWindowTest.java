package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;
import static org.sallyport.ui.testkit.Library.DEBIAN;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** When the bytes of a torrent are sent to others: chosen for each, as it is added and later. */
class UploadWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AddPage add = new AddPage(robot);

    private UploadPolicy inForce(InfoHash hash) {
        return engine.snapshot().find(hash).orElseThrow().sharing().upload();
    }

    @Test
    void theMenuOfARowSetsItAndTheStateSaysIt() {
        downloads.select(COURSE.hash());
        assertThat(downloads.uploadMarks()).containsExactly("transfersUploadNormalItem");

        downloads.upload("Never");

        downloads.untilStandingWords(COURSE.hash(), "Downloading from 6 people · not shared");
        assertThat(inForce(COURSE.hash())).isEqualTo(UploadPolicy.NEVER);
        assertThat(downloads.uploadMarks()).containsExactly("transfersUploadNeverItem");
        downloads.upload("Normal");
        downloads.untilStandingWords(COURSE.hash(), "Downloading from 6 people");
    }

    @Test
    void theMenuSetsItForAllThatAreSelected() {
        downloads.select(COURSE.hash(), DEBIAN.hash());

        downloads.upload("TrustedOnly");

        downloads.untilStandingWords(COURSE.hash(), "Downloading from 6 people · for my devices only");
        downloads.untilStandingWords(DEBIAN.hash(), "Complete, shared with 3 people · for my devices only");
    }

    @Test
    void theDetailsSetItAndFollowWhatOthersDecide() {
        downloads.select(COURSE.hash());
        assertThat(details.upload()).isEqualTo(UploadPolicy.NORMAL);

        details.upload(UploadPolicy.WHILE_DOWNLOADING);

        downloads.untilStandingWords(COURSE.hash(), "Downloading from 6 people · shared only while downloading");
        engine.shares().upload(COURSE.hash(), UploadPolicy.NEVER).join();
        until(() -> details.upload() == UploadPolicy.NEVER);
        assertThat(engine.commands())
                .containsExactly("upload " + COURSE.hash().hex() + " WHILE_DOWNLOADING", "upload " + COURSE.hash().hex() + " NEVER");
        downloads.select(DEBIAN.hash());
        until(() -> details.upload() == UploadPolicy.NORMAL);
    }

    @Test
    void whatIsRefusedIsNotShownAsIfItWereInForce() {
        engine.refuse("upload", "policy.family", "A parent decided when this is shared. Ask them.");
        downloads.select(COURSE.hash());

        details.upload(UploadPolicy.NEVER);

        assertThat(downloads.notice()).isEqualTo("A parent decided when this is shared. Ask them.");
        until(() -> details.upload() == UploadPolicy.NORMAL);
    }

    @Test
    void aDownloadIsAddedForMyDevicesOnly() {
        Path file = folder.resolve("x.torrent");
        engine.metainfo(file, Outcome.done(Torrents.preview("New one", "New one", 5_000_000)));
        shell.addTorrents(List.of(file));
        add.untilReady();

        add.upload(UploadPolicy.WHILE_DOWNLOADING);
        add.trustedOnly();
        add.start();

        add.untilClosed();
        assertThat(engine.adds()).hasSize(1);
        assertThat(engine.adds().get(0).sharing()).isEqualTo(Sharing.trustedDownload().withUpload(UploadPolicy.WHILE_DOWNLOADING));
    }

    @Test
    void newDownloadsBeginWithTheUsualChoice() {
        new ShellPage(robot).showSettings();
        new SettingsPage(robot).uploads(UploadPolicy.NEVER);
        new SettingsPage(robot).untilSaved();
        Path file = folder.resolve("x.torrent");
        engine.metainfo(file, Outcome.done(Torrents.preview("New one", "New one", 5_000_000)));
        shell.addTorrents(List.of(file));
        add.untilReady();

        assertThat(add.upload()).isEqualTo(UploadPolicy.NEVER);
        add.start();

        add.untilClosed();
        assertThat(engine.adds().get(0).sharing()).isEqualTo(Sharing.DOWNLOAD.withUpload(UploadPolicy.NEVER));
    }
}
