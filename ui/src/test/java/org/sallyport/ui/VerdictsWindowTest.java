package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;
import static org.sallyport.ui.testkit.Library.DEBIAN;
import static org.sallyport.ui.testkit.Library.MAPS;
import static org.sallyport.ui.testkit.Library.MUSIC;
import static org.sallyport.ui.testkit.Library.PHOTOS;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.FileChecks;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.model.Verdict.Kind;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** What was found in the files of a torrent, and who made it, in the table of downloads. */
class VerdictsWindowTest extends WindowTestCase {
    private static final String SAFETY = "transfersSafetyColumn";

    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);

    private void untilSafety(InfoHash hash, String word) {
        until(() -> downloads.safety(hash).equals(word));
    }

    @Test
    void everyVerdictIsAnIconAndAWordAndIsReadAloud() {
        engine.screened(DEBIAN.hash(), new Verdict(Kind.CLEAN, ""), new FileChecks(1, 1, 0, false));
        engine.screened(MUSIC.hash(), new Verdict(Kind.SUSPICIOUS, "It is a program, and its name says that it is "
                + "music."), new FileChecks(1, 2, 1, false));
        engine.screened(COURSE.hash(), new Verdict(Kind.INFECTED, "Win.Test.EICAR_HDB-1"), new FileChecks(2, 6, 2, false));

        untilSafety(DEBIAN.hash(), "Clean");
        untilSafety(MUSIC.hash(), "Suspicious");
        untilSafety(COURSE.hash(), "Infected");
        assertThat(downloads.spoken(DEBIAN.hash(), SAFETY)).isEqualTo("Clean");
        assertThat(downloads.spoken(MUSIC.hash(), SAFETY))
                .isEqualTo("Suspicious: It is a program, and its name says that it is music.\n1 file is held in quarantine.");
        assertThat(downloads.spoken(COURSE.hash(), SAFETY)).isEqualTo("Infected: Win.Test.EICAR_HDB-1\n2 files are held in quarantine.");
    }

    @Test
    void whatNobodyLookedAtIsNeverClean() {
        Verdict notYet = Verdict.notScanned("It has not arrived yet.");
        engine.with(Torrents.preview("All here", "All here", 5_000), TorrentState.FINISHED, "Done, not shared", 1);

        untilSafety(Torrents.hash("All here"), "Not scanned");
        assertThat(downloads.safety(PHOTOS.hash())).isEqualTo("–");
        assertThat(downloads.spoken(PHOTOS.hash(), SAFETY)).isEqualTo("Nothing of it was looked at yet");

        engine.screened(PHOTOS.hash(), notYet, new FileChecks(1, 2, 0, true));
        untilSafety(PHOTOS.hash(), "1 of 2");
        assertThat(downloads.spoken(PHOTOS.hash(), SAFETY)).isEqualTo("1 of 2 files were looked at");
    }

    @Test
    void theNameTellsWhoMadeItAndWhereItCameFrom() {
        engine.provenance(DEBIAN.hash(), new Provenance(Authorship.known("org.debian", "Debian", "ab".repeat(32)), "",
                "https://example.org/debian.torrent"));
        engine.provenance(PHOTOS.hash(), new Provenance(Authorship.NONE, "Mum's PC", ""));

        until(() -> downloads.spoken(DEBIAN.hash(), "transfersNameColumn")
                .equals(DEBIAN.name() + "\nSigned by Debian · added from https://example.org/debian.torrent"));
        until(() -> downloads.spoken(PHOTOS.hash(), "transfersNameColumn").equals(PHOTOS.name() + "\nUnknown author · from Mum's PC"));
        assertThat(downloads.spoken(MAPS.hash(), "transfersNameColumn")).isEqualTo(MAPS.name() + "\nUnknown author");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void pictures(Theme theme) {
        String look = theme.name().toLowerCase(Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        window.untilDark(theme == Theme.DARK);
        engine.screened(DEBIAN.hash(), new Verdict(Kind.CLEAN, ""), new FileChecks(1, 1, 0, false));
        engine.screened(MUSIC.hash(), new Verdict(Kind.SUSPICIOUS, "It is a program, and its name says that it is "
                + "music."), new FileChecks(1, 2, 1, false));
        engine.screened(COURSE.hash(), Verdict.notScanned("It has not arrived yet."), new FileChecks(2, 6, 0, true));
        engine.screened(MAPS.hash(), new Verdict(Kind.INFECTED, "Win.Test.EICAR_HDB-1"), new FileChecks(1, 1, 1, false));
        engine.with(Torrents.preview("All here", "All here", 5_000), TorrentState.FINISHED, "Done, not shared", 1);
        untilSafety(Torrents.hash("All here"), "Not scanned");
        untilSafety(MAPS.hash(), "Infected");
        robot.moveTo("#shellBrandLabel");
        Shots.save(stage.getScene(), look + "-verdicts");
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        Shots.save(stage.getScene(), look + "-verdicts-1024");
        assertThat(downloads.overflow()).isLessThanOrEqualTo(0);
    }
}
