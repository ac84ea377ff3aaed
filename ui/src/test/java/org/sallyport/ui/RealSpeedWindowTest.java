package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Rates;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** Limits and schedule of the settings, with bytes that really move. */
class RealSpeedWindowTest extends RealWindowTestCase {
    private static final int LONG = 4_000_000;

    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final SettingsPage settings = new SettingsPage(robot);

    @Override
    protected Settings settings(Settings usual) {
        return usual.withBandwidth(usual.bandwidth().withLimitLocal(true)); // the neighbours are on this computer
    }

    @Test
    void aLimitForEverythingIsInForceAtOnceAndSaidInTheSameUnit() throws Exception {
        Neighbour neighbour = giving(source("film", LONG));
        InfoHash hash = addTorrent(torrent("film"));
        window.showSettings();
        settings.enter("settingsUsualDownField", "60");
        until(() -> engine.settings().bandwidth().usual().equals(new Rates(60_000, 0)));

        introduce(hash, neighbour);

        window.untilLimits("Limited to 60 KB/s down.");
        until(() -> engine.snapshot().find(hash).orElseThrow().why().code().equals("your-limit"));
        assertThat(engine.snapshot().downRate()).isLessThan(240_000);
        settings.enter("settingsUsualDownField", "");
        until(() -> engine.snapshot().find(hash).orElseThrow().state() == TorrentState.SEEDING);
    }

    @Test
    void theScheduleStopsEverythingAndLetsItGoOn() throws Exception {
        Neighbour neighbour = giving(source("film", LONG));
        InfoHash hash = addTorrent(torrent("film"));
        window.showSettings();
        settings.enter("settingsUsualDownField", "60");
        introduce(hash, neighbour);
        until(() -> engine.snapshot().find(hash).orElseThrow().peers() == 1);

        settings.turn("settingsScheduleCheck", true);
        until(() -> engine.settings().bandwidth().week().size() == 7);
        settings.brush("Stop");
        for (int day = 0; day < 7; day++) {
            settings.paint(day, 0, 47);
        }

        until(() -> engine.snapshot().bandwidth().mode() == BandwidthState.Mode.STOP);
        until(() -> engine.snapshot().find(hash).orElseThrow().peers() == 0);
        until(window::saysStopped);
        assertThat(engine.snapshot().find(hash).orElseThrow().why().code()).isEqualTo("stopped-by-plan");
        settings.enter("settingsUsualDownField", "");
        settings.turn("settingsScheduleCheck", false);
        until(() -> !window.saysStopped());
        introduce(hash, neighbour);
        until(() -> engine.snapshot().find(hash).orElseThrow().state() == TorrentState.SEEDING);
    }
}
