package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.pages.WelcomePage;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** The first start over a real engine: the page is there once, and what runs does not wait for it. */
class RealFirstRunWindowTest extends RealWindowTestCase {
    private final WelcomePage welcome = new WelcomePage(robot);
    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);

    @Override
    protected Settings settings(Settings usual) {
        return usual.withWelcomed(false);
    }

    @Test
    void theSampleArrivesUnderThePageAndWhatWasChosenStays() throws Exception {
        assertThat(welcome.shown()).isTrue();
        assertThat(welcome.portText()).isEqualTo("Yes, through exactly one port: " + engine.settings().port());
        Outcome<?> sample = runSample().join();
        assertThat(sample.isDone()).isTrue();
        until(() -> engine.snapshot().torrents().stream().anyMatch(torrent -> torrent.state() == TorrentState.SEEDING));
        assertThat(welcome.shown()).isTrue();

        welcome.begin();

        welcome.untilGone();
        assertThat(downloads.isEmptyState()).isFalse();
        assertThat(engine.settings().quit().whenComplete()).isTrue();
        assertThat(Files.readString(folder.resolve("state/settings.json"))).contains("\"welcomed\" : true", "\"whenComplete\" : true");
        restart();
        assertThat(welcome.shown()).isFalse();
        assertThat(engine.settings().quit().whenComplete()).isTrue();
    }

    @Test
    void noPortIsOpenAfterTheChoiceOfNone() {
        welcome.openNoPort();
        welcome.begin();

        welcome.untilGone();
        window.untilPort("Receive only: no port is open");
    }

    @Test
    void whoSkipsItHasAgreedToNothing() throws Exception {
        welcome.skip();
        welcome.untilGone();

        restart();

        assertThat(welcome.shown()).isFalse();
        assertThat(engine.settings().quit()).isEqualTo(Settings.Quit.DEFAULT);
    }
}
