package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.engine.ShareRequest;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.pages.SharingPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Offered;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** Sharing something: what, with whom, until when, and what is asked on the way. */
class NewShareWindowTest extends WindowTestCase {
    private final SharingPage sharing = new SharingPage(robot);
    private Path photos = Path.of("");

    @BeforeEach
    void openDialog() throws IOException {
        photos = Files.createDirectories(folder.resolve("given/Holiday"));
        Files.writeString(photos.resolve("001.jpg"), "picture");
        Offered.devices(engine);
        until(() -> !engine.snapshot().devices().devices().isEmpty());
        new ShellPage(robot).showSharing();
        sharing.openDialog();
    }

    private void allowPhotos() {
        engine.shares().withFolder(photos.getParent(), "");
    }

    private ShareRequest asked() {
        until(() -> !engine.shares().requests().isEmpty());
        return engine.shares().requests().get(0);
    }

    @Test
    void aFolderIsSharedWithOneDeviceForAWeek() {
        allowPhotos();
        desktop.choose(photos);
        sharing.chooseFolder();
        sharing.audience("SomeDevices");
        sharing.device(0);
        sharing.writeNote("From the lake");
        sharing.ends(2);

        Instant before = Instant.now();
        sharing.share();

        sharing.untilDialogNotice("The devices you chose can get “Holiday” now. It ends on ");
        ShareRequest request = asked();
        assertThat(request).isEqualTo(new ShareRequest(photos,
                new Sharing(UploadPolicy.NORMAL, true, Set.of(Offered.MUM), true, "From the lake", request.audience().expires()), false));
        assertThat(request.audience().expires()).isBetween(before.plus(Duration.ofDays(7)), Instant.now().plus(Duration.ofDays(7)));
        sharing.cancel();
        sharing.untilDialogClosed();
        sharing.untilShared(Torrents.hash("Holiday"));
        assertThat(sharing.cell(Torrents.hash("Holiday"), "sharingAudienceColumn")).isEqualTo("Mum's PC");
    }

    @Test
    void strangersGetItOnlyWhenThatIsChosen() {
        allowPhotos();
        desktop.choose(photos.resolve("001.jpg"));
        sharing.chooseFile();
        sharing.share();
        assertThat(asked().audience()).isEqualTo(new Sharing(UploadPolicy.NORMAL, true, Set.of(), true, "", Instant.MAX));
        sharing.untilDialogNotice("All your devices can get “001.jpg” now. It stays so until you stop it");
        assertThat(sharing.offersTorrent()).isFalse();
        sharing.cancel();
        sharing.untilDialogClosed();
        sharing.openDialog();
        sharing.chooseFile();
        sharing.audience("Everybody");
        sharing.share();

        sharing.untilDialogNotice("Everybody who has its torrent can get “001.jpg” now.");
        assertThat(engine.shares().requests().get(1).audience()).isEqualTo(new Sharing(UploadPolicy.NORMAL, false, Set.of(), true, "", Instant.MAX));
    }

    @Test
    void aFolderThatIsNotAllowedYetIsAllowedByATickOnly() {
        desktop.choose(photos.resolve("001.jpg"));
        sharing.chooseFile();
        assertThat(sharing.allowText()).isEqualTo("Allow sharing from " + photos);
        assertThat(sharing.allowed()).isFalse();

        sharing.share();
        sharing.untilDialogNotice("This folder is not one you share from yet.");
        assertThat(engine.commands()).isEmpty();
        sharing.allow();
        sharing.share();

        sharing.untilDialogNotice("All your devices can get “001.jpg” now.");
        assertThat(engine.commands())
                .containsExactly("allow " + photos, "examine " + photos.resolve("001.jpg"), "share " + photos.resolve("001.jpg"));
    }

    @Test
    void aFolderThatMustNotBeAllowedIsRefusedInTheDialog() {
        desktop.choose(Path.of(System.getProperty("user.home")));
        sharing.chooseFolder();
        sharing.allow();

        sharing.share();

        sharing.untilDialogNotice("this folder holds everything you have");
        assertThat(sharing.dialogNoticeRule()).isEqualTo("Rule share.root-home");
        assertThat(engine.shares().requests()).isEmpty();
    }

    @Test
    void whatLooksPrivateIsShownFirstAndNeedsASecondStep() {
        allowPhotos();
        engine.shares().concern(photos, new ShareConcern("id_ed25519", "A private key: whoever has it can sign in as you."));
        desktop.choose(photos);
        sharing.chooseFolder();

        sharing.share();
        assertThat(sharing.concerns()).containsExactly("id_ed25519", "A private key: whoever has it can sign in as you.");
        assertThat(sharing.backHasKeyboard()).isTrue();
        robot.push(KeyCode.ENTER);
        until(() -> sharing.canChoose("AllDevices"));
        assertThat(engine.shares().requests()).isEmpty();
        sharing.share();
        sharing.shareAllTheSame();

        sharing.untilDialogNotice("All your devices can get “Holiday” now.");
        assertThat(asked().despite()).isTrue();
    }

    @Test
    void aLastDayIsIncludedAndOneThatHasPassedIsNotTaken() {
        allowPhotos();
        desktop.choose(photos);
        sharing.chooseFolder();
        sharing.ends(3);
        sharing.share();
        sharing.untilDialogNotice("Choose a day that has not passed.");
        sharing.lastDay(LocalDate.now(ZoneId.systemDefault()).minusDays(1));
        sharing.share();
        sharing.untilDialogNotice("Choose a day that has not passed.");
        LocalDate last = LocalDate.now(ZoneId.systemDefault()).plusDays(3);
        sharing.lastDay(last);
        sharing.share();

        assertThat(asked().audience().expires()).isEqualTo(last.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant());
    }

    @Test
    void readingCanBeStopped() {
        allowPhotos();
        engine.shares().holdReading(new CountDownLatch(1));
        desktop.choose(photos);
        sharing.chooseFolder();
        sharing.share();
        sharing.untilProgress("42%");

        sharing.cancel();

        sharing.untilDialogNotice("Stopped. Nothing was shared.");
        assertThat(sharing.shares()).isEmpty();
    }

    @Test
    void nothingIsSharedAfterTheDialogWasClosedWhileTheEngineLooked() {
        allowPhotos();
        CountDownLatch looking = new CountDownLatch(1);
        engine.shares().holdExamining(looking);
        desktop.choose(photos);
        sharing.chooseFolder();
        sharing.share();
        sharing.untilLooking();

        robot.push(KeyCode.ESCAPE);
        sharing.untilDialogClosed();
        looking.countDown();

        engine.shares().holdExamining(new CountDownLatch(0));
        desktop.choose(photos.resolve("001.jpg"));
        sharing.openDialog();
        sharing.chooseFile();
        sharing.share();
        sharing.untilDialogNotice("All your devices can get “001.jpg” now.");
        assertThat(engine.shares().requests()).extracting(ShareRequest::path).containsExactly(photos.resolve("001.jpg"));
    }

    @Test
    void nothingGoesToTheEngineBeforeThereIsAnythingToShare() {
        sharing.share();
        sharing.untilDialogNotice("Choose the file or folder first.");
        allowPhotos();
        desktop.choose(photos);
        sharing.chooseFolder();
        sharing.audience("SomeDevices");
        sharing.share();

        sharing.untilDialogNotice("Choose at least one device.");
        assertThat(engine.commands()).isEmpty();
    }

    @Test
    void aNoteEndsWhereItsRoomEnds() {
        sharing.writeNote("a".repeat(Sharing.MAX_NOTE));
        sharing.writeNote("b".repeat(Sharing.MAX_NOTE + 1));

        assertThat(sharing.writtenNote()).isEqualTo("a".repeat(Sharing.MAX_NOTE));
    }
}
