package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.ui.testkit.Library.COURSE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Authorship.Kind;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.AskPage;
import org.sallyport.ui.pages.CreatePage;
import org.sallyport.ui.pages.DetailsPage;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.PublishersPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.Shots;
import org.sallyport.ui.testkit.Torrents;
import org.sallyport.ui.testkit.WindowTestCase;

/** Who made a torrent, in every place where it is told, and the publisher book. */
class AuthorsWindowTest extends WindowTestCase {
    private static final String ID = "org.example.press";
    private static final String KEY = "3f9ac1d2".repeat(8);
    private static final Authorship KNOWN = Authorship.known(ID, "Example Press", KEY);
    private static final Authorship NEW = new Authorship(Kind.NEW, ID, "", KEY, "");
    private static final Authorship BROKEN = Authorship.broken(ID, "What \"" + ID + "\" signed is not what is here: somebody changed it.");
    private static final TorrentPreview BOOKS = Torrents.preview("Books", "Books/a/one.txt", 1_000_000, "Books/a/two.txt", 2_000_000);

    private final ShellPage window = new ShellPage(robot);
    private final DownloadsPage downloads = new DownloadsPage(robot);
    private final DetailsPage details = new DetailsPage(robot);
    private final AddPage add = new AddPage(robot);
    private final AskPage ask = new AskPage(robot);
    private final PublishersPage book = new PublishersPage(robot);
    private Path file = Path.of("books.torrent");

    @BeforeEach
    void aFile() {
        file = folder.resolve("books.torrent");
    }

    private void open(Authorship author) {
        engine.metainfo(file, Outcome.done(BOOKS.withAuthor(author)));
        desktop.chooseTorrents(file);
        downloads.pressAdd();
        add.untilAuthor(author.sentence());
    }

    @Test
    void aKnownPublisherIsNamedAndThereIsNothingToRemember() {
        open(KNOWN);

        assertThat(add.author()).isEqualTo("Signed by Example Press, a publisher you know.");
        assertThat(add.canRemember()).isFalse();
        assertThat(add.canStart()).isTrue();
    }

    @Test
    void somebodyNewIsRememberedWhenThePersonSaysSo() {
        open(NEW);
        assertThat(add.author()).contains(ID, "3f9a c1d2 3f9a c1d2");

        add.rememberPublisher();
        add.submit();

        add.untilClosed();
        assertThat(engine.publishers().all()).extracting(PublisherSnapshot::id).containsExactly(ID);
        assertThat(engine.adds()).hasSize(1);
    }

    @Test
    void somebodyNewIsNotRememberedUnasked() {
        open(NEW);

        add.submit();

        add.untilClosed();
        assertThat(engine.publishers().all()).isEmpty();
    }

    @Test
    void aBrokenSignatureCannotBeAdded() {
        open(BROKEN);

        assertThat(add.canStart()).isFalse();
        assertThat(add.notice()).contains("cannot be added", "somebody changed it");
        assertThat(add.noticeRule()).isEqualTo("Rule policy.author-broken");
        add.pressEscape();
        add.untilClosed();
        assertThat(engine.adds()).isEmpty();
    }

    @Test
    void aTorrentIsAddedFromAWebAddress() {
        String url = "https://example.org/books.torrent";
        engine.torrents().expectLook(url).complete(Outcome.done(BOOKS));

        shell.addMagnets(List.of(url));
        add.untilName("Books");
        add.untilReady();
        add.submit();

        add.untilClosed();
        assertThat(engine.adds().get(0).source()).isEqualTo(new AddSource.WebAddress(url));
    }

    @Test
    void theDetailsSayWhereItCameFrom() {
        engine.provenance(COURSE.hash(), new Provenance(KNOWN, "", "https://example.org/course.torrent"));

        downloads.select(COURSE.hash());

        details.untilValue("overviewOriginLabel", "signed by Example Press · added from https://example.org/course.torrent");
    }

    @Test
    void thePublisherBookIsFilledAndEmptied() {
        window.showSafety();
        book.open();
        desktop.choose(folder.resolve("press.pem"));

        book.add();
        book.untilNames("press.pem");
        book.untilNotice("You know press.pem");
        book.create();
        ask.answer("My Own Press");
        book.untilNames("press.pem", "My Own Press");
        book.select("My Own Press");
        book.export();
        book.untilNotice("holds no secret");
        book.remove();
        assertThat(ask.safeAnswerHasKeyboard()).isTrue();
        ask.goOn();

        book.untilNames("press.pem");
        book.close();
    }

    @Test
    void aBookThatSomebodyChangedIsStartedOver() {
        engine.publishers().with(ID, "Example Press", false).tamper();
        window.showSafety();
        book.open();
        book.untilNotice("changed outside");
        assertThat(book.canAdd()).isFalse();

        book.startOver();

        until(() -> !book.canStartOver() && book.canAdd());
    }

    @Test
    void aTorrentIsSignedByAnOwnPublisher() throws Exception {
        engine.publishers().with("own.press", "My Own Press", true).with(ID, "Example Press", false);
        desktop.choose(Files.createDirectories(folder.resolve("lectures")));
        downloads.pressCreate();
        CreatePage create = new CreatePage(robot);
        create.chooseFolder();

        create.signAs("own.press");
        create.make();

        create.untilNotice("Created: lectures");
        assertThat(engine.creations()).extracting(CreateRequest::publisher).containsExactly("own.press");
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void pictures(Theme theme) {
        String look = theme.name().toLowerCase(Locale.ROOT);
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        window.untilDark(theme == Theme.DARK);
        for (Authorship author : List.of(KNOWN, NEW, BROKEN)) {
            open(author);
            dialog(look + "-author-" + author.kind().name().toLowerCase(Locale.ROOT));
        }
        engine.provenance(COURSE.hash(), new Provenance(NEW, "Laptop", ""));
        downloads.select(COURSE.hash());
        details.untilValue("overviewOriginLabel", "from Laptop");
        Shots.save(stage.getScene(), look + "-author-details");
        engine.publishers().with("own.press", "My Own Press", true).with(ID, "Example Press", false);
        window.showSafety();
        book.open();
        book.untilNames("My Own Press", "Example Press");
        book.select(ID);
        dialog(look + "-publishers");
    }

    private void dialog(String name) {
        Scene front = front();
        Shots.save(front, name);
        robot.interact(() -> front.getWindow().hide());
    }
}
