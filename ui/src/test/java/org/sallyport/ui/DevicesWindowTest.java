package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.core.model.InfoHash;
import org.sallyport.ui.pages.DevicesPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.MemoryDevices;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

class DevicesWindowTest extends WindowTestCase {
    private static final String MUM = "Mum's laptop";
    private static final DeviceOffer HOLIDAY = new DeviceOffer(Torrents.hash("Holiday"), MemoryDevices.id(MUM), MUM, "Holiday", 412_000_000, 23,
            "The beach is in the second half.", Instant.parse("2026-11-20T10:00:00Z"));

    @Override
    protected MemoryEngine library(MemoryEngine empty) {
        empty.devices().with(MemoryDevices.device(MUM, true, Instant.now()))
                .with(MemoryDevices.device("Study", false, Instant.now().minusSeconds(190)));
        return empty;
    }

    private DevicesPage page() {
        return new DevicesPage(robot, stage).open();
    }

    @Test
    void eachDeviceSaysHowItStands() {
        engine.devices().with(new DeviceSnapshot(MemoryDevices.id("Ben"), "Ben", Standing.AWAITED, List.of(), false, Instant.now(),
                Instant.EPOCH,
                "No address of it is known. Enter one, or wait until it calls."));

        DevicesPage devices = page();

        devices.untilDevices(MUM, "Study", "Ben");
        assertThat(devices.standing(MUM)).isEqualTo("Connected");
        assertThat(devices.standing("Study")).isEqualTo("Last seen 3 minutes ago");
        assertThat(devices.standing("Ben")).isEqualTo("Waiting for the other side");
        assertThat(devices.deviceTrouble("Ben")).startsWith("No address of it is known.");
        assertThat(devices.canSend(MUM)).isTrue();
        assertThat(devices.canSend("Ben")).isFalse();
        assertThat(devices.isEmptyState()).isFalse();
    }

    @Test
    void aDeviceIsRenamedAndReaddressed() {
        DevicesPage devices = page();
        devices.menu("Study", "Edit");
        assertThat(devices.editId()).isEqualTo(MemoryDevices.id("Study")).matches("([A-Z2-7]{7}-){7}[A-Z2-7]{7}");
        devices.editName("Workshop");
        devices.editAddresses("10.0.0.7:6000\nhere");
        devices.save();
        assertThat(devices.editNotice()).isEqualTo("“here” is not an address. Write it like 192.168.1.20:51413.");

        devices.editAddresses("10.0.0.7:6000\n");
        devices.save();

        devices.untilSaved();
        devices.untilDevices(MUM, "Workshop");
        assertThat(engine.commands()).contains("rename Workshop", "readdress [10.0.0.7:6000]");
    }

    @Test
    void aRemovalAsksFirstAndSaysWhatHappens() {
        DevicesPage devices = page();
        devices.menu(MUM, "Remove");
        assertThat(devices.confirmMeans()).contains("its connection ends at once").contains("Files that were already sent stay there");
        assertThat(devices.keepHasKeyboard()).isTrue();
        devices.keep();
        assertThat(devices.devices()).contains(MUM);

        devices.menu(MUM, "Remove");
        devices.carryOut();

        devices.untilDevices("Study");
        devices.untilNotice(MUM + " was removed.");
    }

    @Test
    void aFileIsSentWithThreeClicks() {
        desktop.choose(Path.of("/home/ana/report.odt"));
        DevicesPage devices = new DevicesPage(robot, stage);

        devices.clickDevices();
        devices.untilDevices(MUM, "Study");
        devices.clickSendFile(MUM);
        devices.clickSend();

        until(() -> engine.commands().contains("send " + MUM + " report.odt"));
        new ShellPage(robot).showDownloads();
        new DownloadsPage(robot).untilListed(Torrents.hash("report.odt"));
    }

    @Test
    void aLineGoesWithWhatIsSentAndTheScreenSaysHowItStands() {
        desktop.choose(Path.of("/home/ana/report.odt"));
        DevicesPage devices = page();

        devices.sendFile(MUM);
        assertThat(devices.sendWhat()).isEqualTo("Send “report.odt” to " + MUM);
        devices.send("For tomorrow.");

        devices.untilNotice("“report.odt” was offered to " + MUM);
        assertThat(engine.commands()).contains("send " + MUM + " report.odt For tomorrow.");
        devices.sendFolder("Study");
        devices.send("");
        devices.untilNotice("waits for Study, which is not connected now");
    }

    @Test
    void whatMustNotBeSentIsExplained() {
        engine.refuse("send", "share.keys", "Not shared: this folder holds your keys.");
        desktop.choose(Path.of("/home/ana/.ssh"));
        DevicesPage devices = page();

        devices.sendFolder(MUM);
        devices.send("");

        devices.untilNotice("Not shared: this folder holds your keys.");
        assertThat(devices.noticeRule()).isEqualTo("Rule share.keys");
    }

    @Test
    void anOfferShowsOnTheRailAndIsAccepted() {
        DevicesPage devices = new DevicesPage(robot, stage);
        assertThat(devices.badge()).isEmpty();

        engine.devices().offered(HOLIDAY);

        devices.untilBadge("1");
        devices.open();
        devices.untilOffers(1);
        assertThat(devices.offers()).containsExactly(MUM + " wants to send you “Holiday” (23 files, 412.0 MB)");
        assertThat(devices.offerNote(HOLIDAY.hash())).isEqualTo("“The beach is in the second half.”");
        desktop.choose(folder.resolve("from-mum"));
        devices.offerFolderChange(HOLIDAY.hash());
        assertThat(devices.offerFolder(HOLIDAY.hash())).isEqualTo("It goes to " + folder.resolve("from-mum"));
        devices.accept(HOLIDAY.hash());
        devices.untilOffers(0);
        devices.untilBadge("");
        assertThat(engine.commands()).contains("accept " + folder.resolve("from-mum"));
        devices.untilNotice("“Holiday” is coming.");
    }

    @Test
    void anOfferIsDeclined() {
        InfoHash other = Torrents.hash("Other");
        engine.devices().offered(HOLIDAY).offered(new DeviceOffer(other, MemoryDevices.id(MUM), MUM, "Other", 1, 1, "", Instant.EPOCH));
        DevicesPage devices = page();
        devices.untilOffers(2);

        devices.decline(other);

        devices.untilOffers(1);
        assertThat(engine.commands()).contains("decline").doesNotContain("accept");
        assertThat(devices.offers()).first().asString().contains("Holiday");
    }

    @Test
    void aRefusedOfferStaysAndIsExplained() {
        engine.refuse("accept", "policy.size", "Too large for today. Ask a grown-up.");
        engine.devices().offered(HOLIDAY);
        DevicesPage devices = page();
        devices.untilOffers(1);

        devices.accept(HOLIDAY.hash());

        devices.untilNotice("Too large for today.");
        assertThat(devices.offers()).hasSize(1);
    }

    @Test
    void theCatalogueIsSearchedAndOneClickDownloads() {
        engine.devices().sharing(item("Open Goldberg Variations")).sharing(item("Holiday 2025"));
        DevicesPage devices = page();
        devices.untilCatalogue("Open Goldberg Variations", "Holiday 2025");

        devices.searchCatalogue("gold");
        devices.untilCatalogue("Open Goldberg Variations");
        devices.download("Open Goldberg Variations");

        devices.untilNotice("“Open Goldberg Variations” is coming.");
        assertThat(engine.commands()).filteredOn(c -> c.startsWith("take")).singleElement().asString()
                .startsWith("take Open Goldberg Variations ").endsWith("Sallyport");
        until(() -> !devices.canDownload("Open Goldberg Variations"));
        devices.searchCatalogue("xyz");
        until(() -> devices.catalogue().isEmpty() && devices.catalogueNothing().equals("Nothing called “xyz” is shared with you."));
    }

    @Test
    void theCatalogueSaysThatItIsBeingAskedAndAnOvertakenAnswerIsDropped() {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        engine.devices().sharing(item("Holiday 2025")).holdCatalogue(slow);
        DevicesPage devices = page();
        until(devices::catalogueIsBusy);
        assertThat(devices.catalogueNothing()).isEqualTo("Asking your devices…");

        engine.devices().holdCatalogue(CompletableFuture.completedFuture(null));
        devices.searchCatalogue("nothing like it");
        until(() -> !devices.catalogueIsBusy());
        slow.complete(null);

        engine.settle();
        assertThat(devices.catalogue()).isEmpty();
        devices.searchCatalogue("");
        devices.refreshCatalogue();
        devices.untilCatalogue("Holiday 2025");
    }

    @Test
    void aCatalogueThatCannotBeHadIsExplained() {
        engine.refuse("catalogue", "device.none", "No device is paired.");

        page().untilNotice("No device is paired.");
    }

    @Test
    void thisDeviceIsNamedAndItsIdCopied() {
        DevicesPage devices = page();
        assertThat(devices.ownName()).isEqualTo("This computer");

        devices.ownName("Ana's desk");
        until(() -> engine.commands().contains("nameOwn Ana's desk"));
        devices.copyOwnId();

        assertThat(devices.ownId()).isEqualTo(MemoryDevices.id("This computer"));
        robot.interact(() -> assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo(MemoryDevices.id("This computer")));
        engine.refuse("nameOwn", "device.name", "A name has at most 64 characters.");
        devices.ownName("x".repeat(65));
        devices.untilNotice("A name has at most 64 characters.");
        until(() -> devices.ownName().equals("Ana's desk"));
    }

    @Test
    void aNewIdentityNeedsASecondStep() {
        DevicesPage devices = page();
        String before = devices.ownId();
        devices.resetIdentity();
        assertThat(devices.confirmMeans()).contains("Devices that are paired now: 2").contains("cannot be taken back");
        assertThat(devices.keepHasKeyboard()).isTrue();
        devices.keep();
        assertThat(engine.commands()).doesNotContain("resetIdentity");

        devices.resetIdentity();
        devices.carryOut();

        until(devices::isEmptyState);
        until(() -> !devices.ownId().equals(before));
    }

    @Test
    void troubleIsToldInRedWithWords() {
        engine.devices().trouble("The list of devices was changed by another program, so none is trusted. Pair them again.");

        DevicesPage devices = page();

        until(() -> devices.trouble().startsWith("The list of devices was changed"));
    }

    @Test
    void theKeyboardReachesTheScreen() {
        new DownloadsPage(robot).press(KeyCode.CONTROL, KeyCode.DIGIT3);

        until(new DevicesPage(robot, stage)::shown);
    }

    private static CatalogueItem item(String name) {
        return new CatalogueItem(Torrents.hash(name), MemoryDevices.id(MUM), MUM, name, 53_000_000, 32, "", false);
    }
}
