package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;
import static org.sallyport.ui.testkit.Library.DEBIAN;
import static org.sallyport.ui.testkit.Library.MAPS;
import static org.sallyport.ui.testkit.Library.MUSIC;
import static org.sallyport.ui.testkit.Library.PHOTOS;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Why;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.OptionsPage;
import org.sallyport.ui.testkit.Snapshots;
import org.sallyport.ui.testkit.WindowTestCase;

/** What can be done to a torrent besides starting and stopping it. */
class OperationsWindowTest extends WindowTestCase {
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AskPage ask = new AskPage(robot);
    private final OptionsPage options = new OptionsPage(robot);

    private TorrentOptions optionsOf(InfoHash hash) {
        return engine.snapshot().find(hash).orElseThrow().options();
    }

    @Test
    void theQueueIsReorderedByMenuAndKeysAndKeepsTheOrderOfThoseMoved() {
        assertThat(downloads.queuePosition(COURSE.hash())).isEqualTo(1);
        downloads.select(PHOTOS.hash(), MAPS.hash());

        downloads.queue("Top");

        downloads.untilQueued(PHOTOS.hash(), 1);
        downloads.untilQueued(MAPS.hash(), 2);
        downloads.select(COURSE.hash());
        downloads.press(KeyCode.ALT, KeyCode.UP);
        downloads.untilQueued(COURSE.hash(), 2);
        downloads.press(KeyCode.ALT, KeyCode.DOWN);
        downloads.untilQueued(COURSE.hash(), 3);
        downloads.press(KeyCode.ALT, KeyCode.END);
        downloads.untilQueued(COURSE.hash(), 5);
        downloads.press(KeyCode.ALT, KeyCode.HOME);
        downloads.untilQueued(COURSE.hash(), 1);
    }

    @Test
    void whatIsForcedRunsAndIsMarked() {
        downloads.select(PHOTOS.hash());
        assertThat(downloads.marksForced()).isFalse();

        downloads.force(true);

        downloads.untilState(PHOTOS.hash(), TorrentState.DOWNLOADING);
        until(() -> optionsOf(PHOTOS.hash()).forced());
        assertThat(downloads.marksForced()).isTrue();
        downloads.press(KeyCode.SHIFT, KeyCode.SPACE);
        until(() -> !optionsOf(PHOTOS.hash()).forced());
    }

    @Test
    void limitsGoalAndOrderAreChosenInOneDialog() {
        downloads.select(COURSE.hash());
        downloads.press(KeyCode.ALT, KeyCode.ENTER);
        assertThat(options.what()).isEqualTo(COURSE.name());

        options.tick("optionsSequentialCheck", true);
        options.tick("optionsFirstLastCheck", true);
        options.enter("optionsDownField", "500");
        options.enter("optionsUpField", "50");
        options.tick("optionsGoalRatioCheck", true);
        options.enter("optionsGoalRatioField", "1,5");
        options.tick("optionsGoalIdleCheck", true);
        options.then(SeedGoal.Then.REMOVE);
        options.tick("optionsSuperCheck", true);
        options.tick("optionsDhtCheck", false);
        options.save();
        options.untilClosed();

        assertThat(optionsOf(COURSE.hash())).isEqualTo(TorrentOptions.DEFAULT.withSequential(true).withFirstAndLast(true).withLimits(500_000, 50_000)
                .withGoal(new SeedGoal(1.5, -1, 30, SeedGoal.Then.REMOVE)).withSuperSeeding(true).withDiscovery(false, true));
        downloads.press(KeyCode.ALT, KeyCode.ENTER);
        assertThat(options.value("optionsDownField")).isEqualTo("500");
        assertThat(options.value("optionsGoalRatioField")).isEqualTo("1.5");
        assertThat(options.ticked("optionsGoalMinutesCheck")).isFalse();
        options.cancel();
    }

    @Test
    void ofSeveralOnlyWhatWasChangedIsChanged() {
        engine.edit(DEBIAN.hash(), t -> Snapshots.with(t, t.options().withSequential(true).withLabels(Set.of("linux"))));
        downloads.select(COURSE.hash(), DEBIAN.hash());

        downloads.menu("transfersOptionsItem");
        assertThat(options.what()).isEqualTo("2 downloads");
        options.enter("optionsUpField", "10");
        options.save();
        options.untilClosed();

        assertThat(optionsOf(COURSE.hash())).isEqualTo(TorrentOptions.DEFAULT.withLimits(0, 10_000));
        assertThat(optionsOf(DEBIAN.hash())).isEqualTo(
                TorrentOptions.DEFAULT.withLimits(0, 10_000).withSequential(true).withLabels(Set.of("linux")));
    }

    @Test
    void aLimitThatIsNoNumberIsExplainedAndWhatTheEngineRefusesToo() {
        downloads.select(COURSE.hash());
        downloads.menu("transfersOptionsItem");

        options.enter("optionsDownField", "fast");
        options.save();
        assertThat(options.notice()).startsWith("A limit is a whole number");
        options.enter("optionsDownField", "");
        engine.refuse("change", "limits.range", "That is too slow to be of use. Take 1 KB/s or more.");
        options.save();

        until(() -> options.notice().startsWith("That is too slow"));
        options.cancel();
    }

    @Test
    void ofOneForOwnDevicesNothingIsToldToOthers() {
        engine.edit(COURSE.hash(), t -> Snapshots.shared(t, Sharing.trustedDownload()));
        until(() -> !downloads.standingWords(COURSE.hash()).equals("Downloading from 6 people"));
        downloads.select(COURSE.hash());

        downloads.menu("transfersOptionsItem");

        assertThat(options.canTick("optionsDhtCheck")).isFalse();
        assertThat(options.canTick("optionsExchangeCheck")).isFalse();
        options.cancel();
        downloads.menu("transfersCopyMagnetItem");
        downloads.untilNotice("for your own devices only");
    }

    @Test
    void labelsAreSetShownAndHoldTheListToOne() {
        assertThat(downloads.offersLabels()).isFalse();
        assertThat(downloads.showsColumn("transfersLabelsColumn")).isFalse();
        downloads.select(MUSIC.hash(), COURSE.hash());

        downloads.press(KeyCode.CONTROL, KeyCode.L);
        ask.answer("to hear, work ");
        ask.untilClosed();

        until(() -> downloads.labels(MUSIC.hash()).equals("to hear, work"));
        until(() -> downloads.showsColumn("transfersLabelsColumn"));
        downloads.onlyLabel("work");
        assertThat(downloads.names()).containsExactlyInAnyOrder(MUSIC.name(), COURSE.name());
        downloads.select(MUSIC.hash());
        downloads.menu("transfersLabelsItem");
        assertThat(ask.value()).isEqualTo("to hear, work");
        assertThat(ask.means()).isEqualTo("In use: to hear, work");
        ask.answer("to hear");
        ask.untilClosed();
        until(() -> downloads.names().size() == 1);
        downloads.onlyLabel("");
        assertThat(downloads.names()).hasSize(5);
    }

    @Test
    void aTorrentIsRenamedInTheList() {
        downloads.select(COURSE.hash());

        downloads.press(KeyCode.F2);
        assertThat(ask.value()).isEqualTo(COURSE.name());
        engine.refuse("rename", "torrent.name", "A name holds at most 255 characters. Choose a shorter one.");
        ask.answer("Physics");
        assertThat(ask.notice()).startsWith("A name holds at most");
        engine.allow("rename");
        ask.answer("Physics");
        ask.untilClosed();

        until(() -> downloads.names().contains("Physics"));
    }

    @Test
    void filesAreMovedLocatedAndTheTorrentIsExported() {
        downloads.select(DEBIAN.hash());
        desktop.choose(folder);

        downloads.press(KeyCode.CONTROL, KeyCode.M);
        downloads.untilNotice("is in " + folder + " now");
        until(() -> engine.snapshot().find(DEBIAN.hash()).orElseThrow().path().startsWith(folder));
        downloads.menu("transfersLocateItem");
        until(() -> engine.commands().contains("locate " + folder + " " + DEBIAN.hash()));
        desktop.choose(folder.resolve("d.torrent"));
        downloads.press(KeyCode.CONTROL, KeyCode.S);
        downloads.untilNotice("Saved as " + folder.resolve("d.torrent"));
        downloads.press(KeyCode.SHIFT, KeyCode.F5);
        until(() -> engine.commands().contains("announce " + DEBIAN.hash()));
    }

    @Test
    void magnetLinksOfSeveralAreCopied() {
        downloads.select(COURSE.hash(), PHOTOS.hash());

        downloads.press(KeyCode.CONTROL, KeyCode.C);

        String links = "magnet:?xt=urn:btih:" + COURSE.hash() + "&dn=Course%20recordings\nmagnet:?xt=urn:btih:" + PHOTOS.hash()
                + "&dn=Holiday%20photos";
        until(() -> copied().equals(links));
    }

    private String copied() {
        AtomicReference<String> text = new AtomicReference<>("");
        robot.interact(() -> text.set(String.valueOf(Clipboard.getSystemClipboard().getString())));
        return text.get();
    }

    @Test
    void theRowAndTheOverviewSayWhyAndWhatToDo() {
        downloads.select(COURSE.hash());
        assertThat(details.saysWhy()).isFalse();

        engine.edit(COURSE.hash(),
                t -> Snapshots.withWhy(t, new Why("nobody-has-it", "Nobody connected has the last 3 parts.", "It waits for somebody who does.")));

        downloads.untilStandingWords(COURSE.hash(), "Nobody connected has the last 3 parts.");
        assertThat(downloads.standingWhole(COURSE.hash())).isEqualTo("Nobody connected has the last 3 parts.\nIt waits for somebody who does.");
        until(details::saysWhy);
        assertThat(details.why()).isEqualTo("Nobody connected has the last 3 parts.");
        assertThat(details.whyAction()).isEqualTo("It waits for somebody who does.");
    }

    @Test
    void aFolderAboveTheFilesIsWhereTheDialogBegins() {
        desktop.choose(Path.of("/srv/else"));
        downloads.select(COURSE.hash());

        downloads.menu("transfersMoveItem");

        until(() -> engine.commands().contains("move /srv/else " + COURSE.hash()));
    }
}
