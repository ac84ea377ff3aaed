package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Snapshots;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** Names and intents in the Add dialog, the files tab and the settings. */
class NamesWindowTest extends WindowTestCase {
    static final int SETUP = 3;
    static final TorrentPreview NIGHT = Torrents.preview("Night", "Night/movie.mkv", 4_000_000, "Night/movie.srt", 1_000_000, "Night/song.mp3",
            2_000_000, "Night/setup.exe", 3_000_000, "Night/movie.mkv.lnk", 1_000).withFlags(List.of(
                    List.of(), List.of(), List.of(), List.of(NameFlag.PROGRAM), List.of(NameFlag.DISGUISED, NameFlag.SHORTCUT)));

    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final AddPage add = new AddPage(robot);
    private final AskPage ask = new AskPage(robot);

    private Path file = Path.of("night.torrent");

    @BeforeEach
    void aTorrentFile() {
        file = folder.resolve("night.torrent");
        engine.metainfo(file, Outcome.done(NIGHT));
    }

    private void open() {
        shell.addTorrents(List.of(file));
        add.untilReady();
    }

    @Test
    void riskyFilesAreMarkedAndLeftOut() {
        open();

        assertThat(add.flag(0)).isEmpty();
        assertThat(add.flag(SETUP)).isEqualTo("program");
        assertThat(add.flag(4)).isEqualTo("disguised +1");
        assertThat(add.spoken(SETUP)).contains("It is a program: opening it runs it on this computer.");
        assertThat(add.names()).isEqualTo("2 files left out because of risky names (disguised, program).");
        assertThat(add.selected()).isEqualTo("Selected 7.0 MB of 10.0 MB");
        add.start();

        add.untilClosed();
        assertThat(engine.adds().get(0).wanted()).isEqualTo(Set.of(0, 1, 2));
        assertThat(engine.adds().get(0).risky()).isEqualTo(AddRequest.Risky.REFUSE);
    }

    @Test
    void aChosenProgramIsNamedBeforeItIsDownloaded() {
        open();
        add.clickFile(SETUP);
        add.untilNames("Chosen with risky names: 1 file (program). 1 file left out because of risky names (disguised).");

        add.start();
        assertThat(ask.question()).isEqualTo("Risky names: 1 file");
        assertThat(ask.questionMeans()).contains("Night/setup.exe", "It is a program");
        assertThat(ask.safeAnswerHasKeyboard()).isTrue();
        ask.keep();
        assertThat(engine.adds()).isEmpty();
        assertThat(add.isOpen()).isTrue();
        add.submit();
        ask.goOn();

        add.untilClosed();
        assertThat(engine.adds().get(0).wanted()).isEqualTo(Set.of(0, 1, 2, SETUP));
        assertThat(engine.adds().get(0).risky()).isEqualTo(AddRequest.Risky.ACCEPT);
    }

    @Test
    void anIntentChoosesItsFilesAndSaysWhyOthersAreLeftOut() {
        open();

        add.intent(Intent.VIDEO);

        add.untilSelected("Selected 5.0 MB of 10.0 MB");
        assertThat(add.names()).isEqualTo("2 files left out because of risky names (disguised, program). 1 file left out: not for Video.");
        assertThat(add.spoken(2)).contains("not for Video");
        add.intent(Intent.MUSIC);
        add.untilSelected("Selected 2.0 MB of 10.0 MB");
        add.toggleRow(1);
        add.untilSelected("Selected 6.0 MB of 10.0 MB");
        add.submit();

        add.untilClosed();
        assertThat(engine.adds().get(0).wanted()).isEqualTo(Set.of(0, 2));
        assertThat(engine.adds().get(0).options().intent()).isEqualTo(Intent.MUSIC);
    }

    @Test
    void theUsualIntentAndTheRuleComeFromTheSettings() {
        new ShellPage(robot).showSettings();
        SettingsPage settings = new SettingsPage(robot);
        settings.names(Intent.VIDEO, NameRule.ALLOW);
        settings.untilSaved();
        assertThat(engine.settings().screening()).isEqualTo(Settings.Screening.DEFAULT.withUsual(Intent.VIDEO).withRisky(NameRule.ALLOW));
        new ShellPage(robot).showDownloads();
        open();

        assertThat(add.intent()).isEqualTo(Intent.VIDEO);
        add.intent(Intent.SOFTWARE);
        add.untilSelected("Selected 3.0 MB of 10.0 MB");
        add.start();

        add.untilClosed();
        assertThat(engine.adds().get(0).wanted()).isEqualTo(Set.of(SETUP));
    }

    @Test
    void aLinkThatIsAddedBeforeItsListComesLeavesRiskyNamesOut() {
        shell.addMagnets(List.of("magnet:?xt=urn:btih:" + NIGHT.hash().hex() + "&dn=Night"));
        add.untilName("Night");
        assertThat(add.names()).isEqualTo("Files with risky names are left out when the list arrives.");
        add.intent(Intent.VIDEO);

        add.submit();

        add.untilClosed();
        assertThat(engine.adds().get(0).risky()).isEqualTo(AddRequest.Risky.SKIP);
        assertThat(engine.adds().get(0).options().intent()).isEqualTo(Intent.VIDEO);
        assertThat(engine.adds().get(0).wanted()).isEmpty();
    }

    @Test
    void theFilesTabTellsOfNamesAndAsksBeforeAFileIsWantedAfterAll() {
        open();
        add.intent(Intent.VIDEO);
        add.start();
        add.untilClosed();
        downloads.untilState(NIGHT.hash(), TorrentState.DOWNLOADING);
        engine.edit(NIGHT.hash(), t -> Snapshots.with(t, t.options().withIntent(Intent.VIDEO).withPriorities(
                IntStream.range(2, 5).boxed().collect(Collectors.toMap(i -> i, i -> FilePriority.SKIP)))));
        downloads.select(NIGHT.hash());
        DetailsPage details = new DetailsPage(robot);
        details.open("Files");
        until(() -> details.names().equals(List.of("", "", "not for Video", "program", "disguised +1")));

        details.select("filesTable", SETUP);
        details.menu("filesTable", "filesNormalItem");
        assertThat(ask.questionMeans()).contains("Night/setup.exe");
        ask.goOn();

        until(() -> engine.snapshot().find(NIGHT.hash()).orElseThrow().options().priorities()
                .equals(Map.of(2, FilePriority.SKIP, 4, FilePriority.SKIP)));
        assertThat(engine.commands()).anyMatch(command -> command.startsWith("change accepting"));
        assertThat(COURSE.files()).allMatch(honest -> honest.flags().isEmpty());
    }
}
