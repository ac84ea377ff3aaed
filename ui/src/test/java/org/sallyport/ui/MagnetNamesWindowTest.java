package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.PHOTOS;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Why;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.Snapshots;
import org.sallyport.ui.testkit.WindowTestCase;

/** A magnet link whose list of files was refused for the names in it goes on from its row. */
class MagnetNamesWindowTest extends WindowTestCase {
    private static final Why ASKED = new Why("names-ask",
            "These names are risky: \"Holiday photos/setup.exe\" (program). Opening such a file can take over a computer. "
            + "Leave them out, or say that you accept them.", "Accept these names, or let it go on without these files.");

    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AskPage ask = new AskPage(robot);

    private void because(Why why) {
        engine.edit(PHOTOS.hash(), torrent -> Snapshots.withWhy(torrent, why));
        downloads.select(PHOTOS.hash());
        until(() -> details.why().equals(why.sentence()));
    }

    @Test
    void namesAreAcceptedAfterTheyWereRead() {
        because(ASKED);

        details.press("overviewAcceptNamesButton");
        assertThat(ask.questionMeans()).contains("setup.exe", "Download it only if you know who made it.");
        assertThat(ask.safeAnswerHasKeyboard()).isTrue();
        ask.goOn();

        until(() -> engine.commands().contains("answer names ACCEPT " + PHOTOS.hash().hex()));
        until(() -> !details.offersNames());
    }

    @Test
    void theRestIsFetchedWithoutAQuestion() {
        because(ASKED);

        downloads.menu("transfersSkipNamesItem");

        until(() -> engine.commands().contains("answer names SKIP " + PHOTOS.hash().hex()));
    }

    @Test
    void whatNoAgreementHelpsIsNotOfferedToBeAccepted() {
        because(new Why("names-blocked", "Not downloaded because of risky names.", "Let it go on without these files, or remove it."));
        assertThat(details.offersNames()).isTrue();
        assertThat(details.offersToAcceptNames()).isFalse();

        downloads.menu("transfersAcceptNamesItem");
        details.press("overviewSkipNamesButton");

        until(() -> engine.commands().contains("answer names SKIP " + PHOTOS.hash().hex()));
        assertThat(engine.commands()).noneMatch(command -> command.contains("ACCEPT"));
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void pictures(Theme theme) {
        String look = theme.name().toLowerCase(Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        window.untilDark(theme == Theme.DARK);
        robot.interact(() -> {
            stage.setWidth(1024);
            stage.setHeight(700);
        });
        because(ASKED);
        robot.moveTo("#shellBrandLabel");

        Shots.save(stage.getScene(), look + "-magnet-names-1024");
    }
}
