package org.sallyport.ui;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.LoopbackTracker;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;
import org.sallyport.ui.testkit.Shots;

/** Pictures with what a real engine says, light and dark, at the smallest usual size, for people to look at. */
class RealPicturesTest extends RealWindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private String look = "";

    @Override
    protected Settings settings(Settings usual) {
        return usual.withTrackers(new Settings.Trackers(true));
    }

    private void picture(String name) {
        robot.moveTo("#shellBrandLabel");
        Shots.save(stage.getScene(), look + "-real-" + name);
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void everyStateOfARealLibrary(Theme theme) throws Exception {
        look = theme.name().toLowerCase(Locale.ROOT);
        window.theme(theme == Theme.DARK ? "Dark" : "Light");
        window.untilDark(theme == Theme.DARK);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        Neighbour whole = neighbour();
        InfoHash partial;
        InfoHash own;
        try (LoopbackTracker tracker = new LoopbackTracker(whole.address())) {
            Path course = source("Course recordings, summer term", 40 * PIECE, 3_000_000, 1_200_000);
            partial = whole.make(course, torrentOf(course), PIECE, tracker.announceUrl(), "http://tracker.example.invalid:6969/announce").hash();
            whole.give(torrentOf(course), course.getParent());
            Neighbour half = neighbour();
            half.fetch(torrentOf(course), folder.resolve("half"), Set.of(0, 1), whole.address());
            whole.leave(partial);
            Neighbour.done(engine.add(AddRequest.download(torrentOf(course), arrived()).withPeers(List.of(half.address()))));
            Path photos = source("Holiday photos", 900_000, 1_400_000);
            whole.make(photos, torrentOf(photos), PIECE);
            whole.give(torrentOf(photos), photos.getParent());
            Neighbour.done(engine.add(AddRequest.download(torrentOf(photos), arrived()).withPeers(List.of(whole.address()))));
            Path maps = source("maps.osm", 500_000);
            own = whole.make(maps, torrentOf(maps), PIECE).hash();
            Neighbour.done(engine.add(AddRequest.seed(torrentOf(maps), maps.getParent())));
            Path alone = source("Nobody has this one yet", 77_000);
            InfoHash lonely = whole.make(alone, torrentOf(alone), PIECE).hash();
            Neighbour.done(engine.add(AddRequest.download(torrentOf(alone), arrived())));
            downloads.untilState(own, TorrentState.SEEDING);
            Files.delete(maps.resolve("a.bin"));
            Neighbour.done(engine.recheck(own));
            downloads.untilState(own, TorrentState.TROUBLE);
            downloads.untilState(lonely, TorrentState.DOWNLOADING);
            Neighbour.done(engine.pause(lonely));
            downloads.untilState(lonely, TorrentState.PAUSED);
            downloads.untilState(hashOf(torrentOf(photos)), TorrentState.SEEDING);
            downloads.select(partial);
            details.untilValue("overviewPiecesLabel", "224 of 297 parts");
            picture("overview");
            details.open("Files");
            details.rows("filesTable");
            picture("files");
            details.open("Peers");
            details.rows("peersTable");
            picture("peers");
            details.open("Trackers");
            details.rows("trackersTable");
            picture("trackers");
            details.open("Overview");
            downloads.select(own);
            details.untilValue("overviewPiecesLabel", "of");
            picture("trouble");
            downloads.select(hashOf(torrentOf(photos)));
            details.untilValue("overviewPiecesLabel", "of");
            picture("complete");
        }
        dialogs();
    }

    private void dialogs() throws Exception {
        AddPage add = new AddPage(robot);
        shell.addTorrents(List.of(torrent("Course recordings, summer term")));
        add.untilReady();
        Shots.save(front(), look + "-real-add");
        add.start();
        add.notice();
        Shots.save(front(), look + "-real-add-again");
        add.cancel();
        add.untilClosed();
        Path damaged = Files.writeString(folder.resolve("damaged.torrent"), "<html>Not found</html>");
        shell.addTorrents(List.of(damaged));
        add.notice();
        Shots.save(front(), look + "-real-add-refused");
        add.cancel();
        add.untilClosed();
        window.showSettings();
        SettingsPage settings = new SettingsPage(robot);
        try (ServerSocket other = new ServerSocket(0)) {
            settings.enter("settingsPortField", Integer.toString(other.getLocalPort()));
            settings.untilNotice("is used by another program");
        }
        picture("settings-refused");
        settings.receiveOnly(true);
        window.untilPort("Receive only: no port is open");
        picture("settings");
    }
}
