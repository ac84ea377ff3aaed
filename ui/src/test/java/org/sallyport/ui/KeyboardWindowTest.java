package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DevicesPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SharingPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.MemoryDevices;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.Offered;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** Everything can be reached with Tab, and has words for a screen reader. */
class KeyboardWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);

    @Test
    void theDownloadsScreenCanBeWalkedThrough() {
        downloads.select(COURSE.hash());

        walk(stage.getScene(), "shellDownloadsButton", "shellSharingButton", "shellSettingsButton", "shellThemeChoice", "shellAboutButton",
                "transfersAddButton", "transfersCreateButton", "transfersSearchField", "transfersDetailsButton", "transfersTable", "detailsTabPane");
    }

    @Test
    void theSettingsScreenCanBeWalkedThrough() {
        new ShellPage(robot).showSettings();

        walk(stage.getScene(), "settingsFolderField", "settingsBrowseButton", "settingsUploadChoice", "settingsReceiveOnlyCheck", "settingsPortField",
                "settingsEncryptionPreferChoice",
                "settingsActiveDownloadsField", "settingsActiveSeedsField", "settingsConnectionsField", "settingsConnectionsPerTorrentField",
                "settingsUploadSlotsField", "settingsThemeSystemChoice", "settingsDenseCheck");
    }

    @Test
    void theAddDialogCanBeWalkedThroughAndEndsWithEscape() {
        Path file = folder.resolve("x.torrent");
        engine.metainfo(file, Outcome.done(COURSE));
        AddPage add = new AddPage(robot);
        shell.addTorrents(List.of(file));
        add.untilReady();

        walk(front(), "addFilesTree", "addFolderField", "addBrowseButton", "addUploadChoice", "addTrustedCheck", "addCancelButton",
                "addPausedButton", "addStartButton");
        robot.push(KeyCode.ESCAPE);
        add.untilClosed();
    }

    @Test
    void theCreateDialogCanBeWalkedThrough() {
        downloads.pressCreate();

        walk(front(), "createSourceField", "createSourceFileButton", "createSourceFolderButton", "createTrackersField", "createPieceChoice",
                "createPrivateCheck", "createCommentField", "createTargetField", "createTargetButton", "createCancelButton", "createMakeButton");
    }

    @Test
    void theSharingScreenCanBeWalkedThrough() {
        Offered.fill(engine);
        new ShellPage(robot).showSharing();
        new SharingPage(robot).untilShared(Offered.CHOIR.hash(), Offered.DEBIAN.hash(), Offered.SLIDES.hash());

        walk(stage.getScene(), "shellSharingButton", "sharingShareButton", "sharingTable", "sharingFolderAddButton", "sharingFoldersTable");
    }

    @Test
    void theShareDialogCanBeWalkedThrough() {
        Offered.devices(engine);
        until(() -> !engine.snapshot().devices().devices().isEmpty());
        new ShellPage(robot).showSharing();
        SharingPage sharing = new SharingPage(robot);
        sharing.openDialog();
        sharing.audience("SomeDevices");
        sharing.ends(3);

        walk(front(), "sharingNewPathField", "sharingNewFileButton", "sharingNewFolderButton", "sharingNewSomeDevicesChoice",
                "sharingNewDeviceCheck0", "sharingNewDeviceCheck1", "sharingNewNoteField", "sharingNewEndsChoice", "sharingNewDateField",
                "sharingNewCancelButton", "sharingNewShareButton");
    }

    @Test
    void theFirstPageCanBeWalkedThrough() {
        engine.changeSettings(engine.settings().withWelcomed(false)).join();
        robot.interact(() -> stage.hide());
        openWindow();

        walk(stage.getScene(), "shellDownloadsButton", "welcomeFolderField", "welcomeBrowseButton", "welcomePortChoice", "welcomeQuitCheck",
                "welcomeUploadChoice", "welcomeSkipButton", "welcomeBeginButton");
    }

    @Test
    void theDevicesScreenCanBeWalkedThrough() {
        engine.devices().with(MemoryDevices.device("Mum's laptop", true, Instant.now())).sharing(new CatalogueItem(Torrents.hash("Holiday"),
                MemoryDevices.id("Mum's laptop"), "Mum's laptop", "Holiday", 1, 1, "", false));
        engine.devices().offered(
                new DeviceOffer(Torrents.hash("Letter"), MemoryDevices.id("Mum's laptop"), "Mum's laptop", "Letter", 1, 1, "", Instant.now()));
        DevicesPage devices = new DevicesPage(robot, stage).open();
        devices.untilOffers(1);
        devices.untilCatalogue("Holiday");

        walk(stage.getScene(), "shellDevicesButton", "devicesAddButton",
                "devicesOfferFolderLink", "devicesOfferDeclineButton", "devicesOfferAcceptButton",
                "devicesSendFileButton", "devicesSendFolderButton", "devicesMoreChoice",
                "devicesCatalogueSearchField", "devicesCatalogueRefreshButton",
                "devicesCatalogueTable", "devicesOwnNameField", "devicesOwnCopyButton", "devicesOwnQrButton", "devicesResetPane");
    }

    @Test
    void aDeviceIsPairedWithKeysAlone() {
        try (MemoryEngine other = new MemoryEngine("Mum's laptop")) {
            engine.devices().link(other.devices());
            DevicesPage devices = new DevicesPage(robot, stage).open();
            tabTo(stage.getScene(), "devicesEmptyAddButton");
            robot.push(KeyCode.SPACE);
            devices.untilChoosing();
            // the way with a code shown here comes first
            robot.push(KeyCode.SPACE);
            other.devices().pair(devices.untilCode());
            devices.words();

            tabTo(front(), "devicesSameButton");
            robot.push(KeyCode.SPACE);

            devices.untilWaitingForTheOther();
            other.devices().confirm(true);
            devices.untilPaired("Mum's laptop");
            // the name is selected, so that what is typed takes its place
            robot.push(KeyCode.M);
            robot.push(KeyCode.U);
            robot.push(KeyCode.M);
            robot.push(KeyCode.ENTER);
            devices.untilAddClosed();
            devices.untilDevices("mum");
        }
    }

    private void tabTo(Scene scene, String id) {
        for (int i = 0; i < 40 && !id.equals(scene.getFocusOwner() == null ? "" : scene.getFocusOwner().getId()); i++) {
            robot.push(KeyCode.TAB);
        }
        assertThat(scene.getFocusOwner().getId()).isEqualTo(id);
    }

    /** Presses Tab until it is round, and compares with what should have been reached. */
    private void walk(Scene scene, String... expected) {
        Set<String> reached = new LinkedHashSet<>();
        for (int i = 0; i < 40 && !reached.containsAll(List.of(expected)); i++) {
            if (scene.getFocusOwner() instanceof TextArea) {
                // it keeps a plain Tab for itself
                robot.push(KeyCode.CONTROL, KeyCode.TAB);
            } else {
                robot.push(KeyCode.TAB);
            }
            robot.interact(() -> note(scene.getFocusOwner(), reached));
        }
        assertThat(reached).contains(expected);
        List<String> silent = new ArrayList<>();
        robot.interact(() -> silent(scene.getRoot(), silent));
        assertThat(silent).as("controls without words").isEmpty();
    }

    private static void note(Node owner, Set<String> reached) {
        for (Node node = owner; node != null; node = node.getParent()) {
            if (node.getId() != null) {
                reached.add(node.getId());
                return;
            }
        }
    }

    private static void silent(Node node, List<String> found) {
        boolean words = node.getAccessibleText() != null && !node.getAccessibleText().isBlank()
                || node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank();
        if (node.isVisible() && node.isFocusTraversable() && node.getId() != null && !words) {
            found.add(node.getId());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> silent(child, found));
        }
    }
}
