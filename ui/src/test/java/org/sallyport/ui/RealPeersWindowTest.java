package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.OptionsPage;
import org.sallyport.ui.testkit.LoopbackTracker;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** Whom a download talks to, as the window shows and changes it over a real engine. */
class RealPeersWindowTest extends RealWindowTestCase {
    private static final int LONG = 4_000_000;

    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AskPage ask = new AskPage(robot);
    private final OptionsPage options = new OptionsPage(robot);

    @Override
    protected Settings settings(Settings usual) {
        // tracker and neighbours are on this computer, and limits are to hold for them
        return usual.withTrackers(new Settings.Trackers(true)).withBandwidth(usual.bandwidth().withLimitLocal(true));
    }

    private void limit(String kilobytes) {
        downloads.press(KeyCode.ALT, KeyCode.ENTER);
        options.enter("optionsDownField", kilobytes);
        options.save();
        options.untilClosed();
    }

    @Test
    void aPeerIsCalledShownWithAllThatIsKnownOfItAndBanned() throws Exception {
        Neighbour neighbour = giving(source("film", LONG));
        InfoHash hash = addTorrent(torrent("film"));
        limit("50");
        details.open("Peers");
        details.press("peersAddButton");
        ask.answer(neighbour.address().toString());
        ask.untilClosed();

        details.untilColumn("peersTable", "peersAddressColumn", neighbour.address().toString());
        downloads.untilStanding(hash, "Downloading from 1 person");
        assertThat(details.column("peersTable", "peersDirectionColumn")).as("we called").containsExactly(false);
        assertThat(details.cell("peersTable", "peersClientColumn", 0).toString()).startsWith("Sallyport");
        assertThat(details.cell("peersTable", "peersSecurityColumn", 0)).isIn(PeerSnapshot.Security.PLAIN, PeerSnapshot.Security.OBFUSCATED);
        assertThat(details.column("peersTable", "peersSourceColumn")).containsExactly(PeerSource.USER);
        assertThat(details.identities()).containsExactly(Messages.text("peers.identity.unknown"));
        until(() -> details.cell("peersTable", "peersFlagsColumn", 0).toString().contains("D"));
        details.press("peersLegendButton");
        assertThat(details.legendShown()).isTrue();
        robot.push(KeyCode.ESCAPE);

        details.select("peersTable", 0);
        robot.push(KeyCode.DELETE);
        ask.goOn();

        details.untilColumn("peersTable", "peersAddressColumn");
        until(() -> engine.snapshot().find(hash).orElseThrow().peers() == 0);
        assertThat(engine.snapshot().find(hash).orElseThrow().isComplete()).isFalse();
    }

    @Test
    void aTrackerThatIsGivenFindsPeopleAndItsOrderIsKept() throws Exception {
        Neighbour neighbour = giving(source("film", 100_000));
        InfoHash hash = addTorrent(torrent("film"));
        try (LoopbackTracker tracker = new LoopbackTracker(neighbour.address())) {
            details.open("Trackers");
            details.press("trackersAddButton");
            ask.answer("http://127.0.0.1:1/announce");
            ask.untilClosed();
            details.untilColumn("trackersTable", "trackersTierColumn", "1");
            details.rows("trackersTable");
            details.press("trackersEditButton");
            ask.trackers(tracker.announceUrl() + "\n\nhttp://127.0.0.1:1/announce");
            ask.untilTrackersClosed();

            details.untilColumn("trackersTable", "trackersUrlColumn", tracker.announceUrl(), "http://127.0.0.1:1/announce");
            downloads.untilState(hash, TorrentState.SEEDING);
        }
        restart();
        downloads.select(hash);
        details.open("Trackers");
        assertThat(details.column("trackersTable", "trackersTierColumn")).containsExactly("1", "2");
    }

    @Test
    void aLimitHoldsIsNamedAsTheCauseAndEndsWhenItIsTakenAway() throws Exception {
        Neighbour neighbour = giving(source("film", LONG));
        InfoHash hash = addTorrent(torrent("film"));
        limit("50");

        introduce(hash, neighbour);

        until(() -> engine.snapshot().find(hash).orElseThrow().why().code().equals("your-limit"));
        until(details::saysWhy);
        assertThat(details.why()).isEqualTo("It is as fast as your limit for it allows.");
        assertThat(engine.snapshot().find(hash).orElseThrow().downRate()).isLessThan(200_000);
        downloads.select(hash);
        limit("");
        downloads.untilState(hash, TorrentState.SEEDING);
    }
}
