package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.DevicesPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.MemoryDevices;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** Pictures of the Devices screen and its dialogs, light and dark, for people to look at; and what can be measured about them. */
class DevicesPicturesTest extends WindowTestCase {
    private static final String MUM = "Mum's laptop";
    private final MemoryEngine other = new MemoryEngine(MUM);
    private DevicesPage devices;
    private String look = "";

    @Override
    protected MemoryEngine library(MemoryEngine empty) {
        empty.devices().link(other.devices());
        return empty;
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    private void begin(Theme theme) {
        look = theme.name().toLowerCase(Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        new ShellPage(robot).untilDark(theme == Theme.DARK);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        devices = new DevicesPage(robot, stage).open();
    }

    private void picture(String name) {
        robot.moveTo("#shellBrandLabel");
        Shots.save(stage.getScene(), look + "-devices-" + name);
    }

    private void dialog(String name) {
        Scene front = front();
        robot.moveTo("#shellBrandLabel");
        Shots.save(front, look + "-devices-" + name);
        robot.interact(() -> assertThat(front.getWindow().getHeight()).as(name).isLessThan(680));
    }

    private void closeDialog() {
        Scene front = front();
        robot.interact(() -> front.getWindow().hide());
    }

    private void scrollTo(double share) {
        robot.interact(() -> ((ScrollPane) stage.getScene().lookup("#devicesScrollPane")).setVvalue(share));
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void theScreen(Theme theme) {
        begin(theme);
        picture("empty");
        engine.devices().sharing(item("Open Goldberg Variations", 53_000_000, 32, ""))
                .sharing(item("Holiday 2025", 4_120_000_000L, 812, "All of them, unsorted"))
                .sharing(new CatalogueItem(Torrents.hash("There"), MemoryDevices.id(MUM), MUM, "Recipes", 3_000_000, 1, "", true));
        engine.devices().with(MemoryDevices.device(MUM, true, Instant.now()))
                .with(MemoryDevices.device("Study", false, Instant.now().minusSeconds(190)))
                .with(new DeviceSnapshot(MemoryDevices.id("Ben"), "Ben", Standing.AWAITED, List.of(), false, Instant.now(), Instant.EPOCH,
                        "No address of it is known. Enter one, or wait until it calls."));
        devices.untilDevices(MUM, "Study", "Ben");
        devices.untilCatalogue("Open Goldberg Variations", "Holiday 2025", "Recipes");
        until(() -> !devices.catalogueIsBusy());
        picture("list");
        engine.devices().offered(new DeviceOffer(Torrents.hash("Holiday"), MemoryDevices.id(MUM), MUM, "Holiday", 412_000_000, 23,
                "The beach is in the second half.", Instant.now()));
        engine.devices().offered(new DeviceOffer(Torrents.hash("Letter"), MemoryDevices.id("Study"), "Study",
                "A letter with quite a long name that has to be wrapped somewhere or the buttons would leave the window.pdf",
                81_000, 1, "", Instant.now()));
        devices.untilOffers(2);
        picture("offers");
        devices.showOwnQr();
        engine.devices().trouble("The list of devices was changed by another program, so none is trusted. Pair them again.");
        until(() -> !devices.trouble().isEmpty());
        picture("trouble");
        scrollTo(1);
        picture("own");
        robot.interact(() -> ((TitledPane) stage.getScene().lookup("#devicesResetPane")).setExpanded(true));
        scrollTo(1);
        picture("reset");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void dialogs(Theme theme) {
        begin(theme);
        DeviceSnapshot mum = MemoryDevices.device(MUM, true, Instant.now());
        engine.devices().with(mum);
        devices.untilDevices(MUM);
        devices.menu(MUM, "Edit");
        dialog("edit");
        devices.editAddresses("here");
        devices.save();
        devices.editNotice();
        dialog("edit-wrong");
        closeDialog();
        devices.menu(MUM, "Remove");
        dialog("remove");
        devices.keep();
        desktop.choose(Path.of("/home/ana/Pictures/Holiday"));
        devices.sendFolder(MUM);
        dialog("send");
        closeDialog();
        devices.resetIdentity();
        dialog("reset-second");
        devices.keep();
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void pairing(Theme theme) {
        begin(theme);
        devices.add();
        dialog("add");
        devices.addById("abc", "Mum", "");
        until(() -> !devices.addNotice().isEmpty());
        dialog("add-by-id");
        closeDialog();
        devices.add();
        devices.enterCode("hello");
        devices.untilCodeError("not a pairing code");
        dialog("add-enter");
        closeDialog();
        devices.add();
        devices.showCode();
        dialog("add-show");
        other.devices().pair(devices.code());
        devices.words();
        dialog("add-compare");
        devices.same();
        devices.untilWaitingForTheOther();
        dialog("add-waiting");
        other.devices().confirm(true);
        devices.untilPaired(MUM);
        dialog("add-paired");
        closeDialog();
        devices.add();
        devices.showCode();
        other.devices().pair(devices.code());
        devices.words();
        devices.differ();
        devices.untilNotPaired("different");
        dialog("add-ended");
    }

    private static CatalogueItem item(String name, long bytes, int files, String note) {
        return new CatalogueItem(Torrents.hash(name), MemoryDevices.id(MUM), MUM, name, bytes, files, note, false);
    }
}
