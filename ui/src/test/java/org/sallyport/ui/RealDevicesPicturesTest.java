package org.sallyport.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.engine.ShareRequest;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.SharingPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealCoupleTestCase;
import org.sallyport.ui.testkit.Shots;

/** Pictures of the Devices and Sharing screens with what real engines say, at the smallest usual size, for people to look at. */
class RealDevicesPicturesTest extends RealCoupleTestCase {
    private String look = "";

    private void picture(String name) {
        robot.moveTo("#shellBrandLabel");
        Shots.save(stage.getScene(), look + "-real-" + name);
    }

    private void dialog(String name) {
        Scene front = Window.getWindows().stream()
                .filter(w -> w instanceof Stage s && s.getOwner() == stage && w.isShowing()).findFirst().orElseThrow().getScene();
        Shots.save(front, look + "-real-" + name);
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void fromThePairingToTheShares(Theme theme) throws Exception {
        look = theme.name().toLowerCase(Locale.ROOT);
        Neighbour.done(engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false))));
        new ShellPage(robot).untilDark(theme == Theme.DARK);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        pairing();
        offersAndCatalogue();
        shares();
        other.close();
        here.open();
        scrollTo(0);
        until(() -> !here.standing(MUM).equals("Connected"));
        picture("devices-gone");
    }

    private void scrollTo(double share) {
        robot.interact(() -> ((ScrollPane) stage.getScene().lookup("#devicesScrollPane")).setVvalue(share));
    }

    private void pairing() {
        here.open();
        until(() -> !here.ownId().isEmpty());
        picture("devices-empty");
        there.open();
        here.add();
        here.showCode();
        dialog("devices-code");
        there.add();
        there.enterCode(here.code());
        here.words();
        dialog("devices-words");
        here.same();
        there.same();
        here.untilPaired(MUM);
        dialog("devices-paired");
        here.nameAndFinish(MUM);
        there.nameAndFinish(ANA);
        here.untilStanding(MUM, "Connected");
    }

    private void offersAndCatalogue() throws Exception {
        Path photos = source("Photos of the lake", 1_900_000, 800_000, 20_000);
        Neighbour.done(other.shares().allow(photos.getParent()));
        Neighbour.done(other.shares().add(ShareRequest.withDevices(photos, Set.of(), "All of them, unsorted", Instant.MAX), share -> { }));
        String ana = engine.snapshot().devices().ownId();
        Neighbour.done(other.devices().send(ana, source("Letters", 90_000).resolve("a.bin"), "For you"));
        Neighbour.done(other.devices().send(ana, source("Choir recordings", 70_000, 60_000), ""));
        here.untilOffers(2);
        here.refreshCatalogue();
        until(() -> here.catalogue().size() == 3);
        picture("devices-offers");
        here.accept(engine.snapshot().devices().offers().get(0).hash());
        here.untilOffers(1);
        picture("devices-accepted");
        scrollTo(1);
        picture("devices-own");
    }

    private void shares() throws Exception {
        SharingPage sharing = new SharingPage(robot);
        Path music = source("Music", 900_000, 40_000);
        Neighbour.done(engine.shares().allow(music.getParent()));
        Neighbour.done(engine.shares().add(ShareRequest.withDevices(music, Set.of(), "For dancing",
                Instant.now().plus(Duration.ofDays(7))), share -> { }));
        InfoHash maps = Neighbour.done(engine.shares().add(new ShareRequest(source("Maps of the hills", 500_000),
                new Sharing(UploadPolicy.NORMAL, false, Set.of(), true, "", Instant.MAX), false), share -> { }));
        Path gone = source("Gone", 3000);
        Neighbour.done(engine.shares().add(ShareRequest.withDevices(gone, Set.of(other.snapshot().devices().ownId()), "",
                Instant.MAX), share -> { }));
        robot.interact(beside::hide);
        new ShellPage(robot).showSharing();
        until(() -> sharing.shares().size() == 4);
        sharing.select(maps);
        picture("sharing");
        desktop.choose(Path.of(System.getProperty("user.home")));
        sharing.addFolder();
        sharing.notice();
        picture("sharing-refused");
        Files.write(gone.resolve("a.bin"), new byte[3000]);
        InfoHash changed = engine.snapshot().shares().shares().stream().filter(s -> s.name().equals("Gone")).findFirst().orElseThrow().hash();
        Neighbour.done(other.devices().take(Neighbour.done(other.devices().catalogue("", "Gone")).get(0), arrivedThere()));
        until(() -> sharing.shares().stream().anyMatch(s -> !s.trouble().isEmpty()));
        sharing.select(changed);
        picture("sharing-changed");
    }
}
