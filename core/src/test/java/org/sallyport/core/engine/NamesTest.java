package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.TorrentFixture;

/** What is fetched goes by names and intents, from a file and from a magnet link alike. */
@Timeout(120)
class NamesTest {
    private static final int MOVIE = 0;
    private static final int SETUP = 2;
    private static final int DISGUISE = 3;

    @TempDir
    private Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.named(temp.resolve("home"), "Night", "movie.mkv", "movie.srt", "setup.exe", "movie.mkv.lnk", "clip\u202Egnp.txt");
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Engine leech(String name) throws EngineStartException {
        Engine engine = engines.start(name);
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        return engine;
    }

    private AddRequest link(Engine seed, String more) {
        return AddRequest.download("magnet:?xt=urn:btih:" + torrent.hash() + "&x.pe=" + addressOf(seed) + more, engines.downloads("leech"));
    }

    private static List<FileSnapshot> files(Engine engine, InfoHash hash) {
        return engine.details(hash).join().orElseThrow().files();
    }

    private static Set<Integer> wanted(Engine engine, InfoHash hash) {
        return files(engine, hash).stream().filter(FileSnapshot::wanted).map(FileSnapshot::index).collect(Collectors.toSet());
    }

    /** Without the ends of pieces that belong to files next to them. */
    private Set<String> arrived() throws IOException {
        try (Stream<Path> all = Files.walk(engines.downloads("leech"))) {
            return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".part"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void flagsAreThereBeforeAnythingIsFetched() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine engine = leech("leech");
        List<List<NameFlag>> expected = List.of(List.of(), List.of(), List.of(NameFlag.PROGRAM), List.of(NameFlag.DISGUISED, NameFlag.SHORTCUT),
                List.of(NameFlag.REVERSED));

        assertThat(done(engine.inspect(torrent.file())).files()).extracting(TorrentPreview.Entry::flags).isEqualTo(expected);
        String magnet = ((AddSource.MagnetLink) link(seed, "").source()).text();
        assertThat(done(engine.torrents().look(magnet)).files()).extracting(TorrentPreview.Entry::flags).isEqualTo(expected);
        done(engine.add(engines.download("leech", torrent).withWanted(Set.of(MOVIE)).withPaused(true)));
        assertThat(files(engine, torrent.hash())).extracting(FileSnapshot::flags).isEqualTo(expected);
        assertThat(engine.details(torrent.hash()).join().orElseThrow().info().files()).extracting(TorrentPreview.Entry::flags).isEqualTo(expected);
    }

    @Test
    void torrentWithRiskyNamesIsAddedOnlyAsFarAsPolicyAllows() throws Exception {
        Engine engine = leech("leech");
        AddRequest all = engines.download("leech", torrent).withPaused(true);

        assertThat(refused(engine.add(all)).rule()).isEqualTo("names.blocked");
        assertThat(refused(engine.add(all.withRisky(AddRequest.Risky.ACCEPT))).rule()).isEqualTo("names.blocked");
        assertThat(refused(engine.add(all.withWanted(Set.of(MOVIE, SETUP)))).rule()).isEqualTo("names.ask");
        assertThat(engine.snapshot().torrents()).isEmpty();

        done(engine.add(all.withWanted(Set.of(MOVIE, SETUP)).withRisky(AddRequest.Risky.ACCEPT)));
        assertThat(wanted(engine, torrent.hash())).containsExactlyInAnyOrder(MOVIE, SETUP);
    }

    @Test
    void filesThatAreWantedLaterPassTheSameGate() throws Exception {
        Engine engine = leech("leech");
        done(engine.add(engines.download("leech", torrent).withPaused(true).withWanted(Set.of(MOVIE))));
        Map<Integer, FilePriority> chosen = at(engine, torrent.hash()).options().priorities();

        assertThat(refused(want(engine, SETUP, false)).rule()).isEqualTo("names.ask");
        assertThat(refused(want(engine, DISGUISE, true)).rule()).isEqualTo("names.blocked");
        assertThat(at(engine, torrent.hash()).options().priorities()).isEqualTo(chosen);
        done(want(engine, SETUP, true));
        assertThat(wanted(engine, torrent.hash())).containsExactlyInAnyOrder(MOVIE, SETUP);
        done(engine.torrents().change(torrent.hash(), options -> options.withSequential(true))); // what was agreed to is not asked about again

        done(engine.changeSettings(engine.settings().withScreening(Settings.Screening.DEFAULT.withRisky(NameRule.ALLOW))));
        assertThat(refused(want(engine, DISGUISE, false)).rule()).isEqualTo("names.ask");
        done(want(engine, DISGUISE, true));
    }

    private CompletableFuture<Outcome<InfoHash>> want(Engine engine, int file, boolean accepting) {
        UnaryOperator<TorrentOptions> change = options -> {
            Map<Integer, FilePriority> priorities = new HashMap<>(options.priorities());
            priorities.remove(file);
            return options.withPriorities(priorities);
        };
        return accepting ? engine.torrents().changeAccepting(torrent.hash(), change) : engine.torrents().change(torrent.hash(), change);
    }

    @Test
    void riskyFilesAreLeftOutAndTheRestArrives() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine engine = leech("leech");

        done(engine.add(engines.download("leech", torrent, addressOf(seed)).withRisky(AddRequest.Risky.SKIP)));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        assertThat(arrived()).containsExactlyInAnyOrder("movie.mkv", "movie.srt");
        assertThat(events(engine, "policy.denied")).singleElement().satisfies(event -> {
            assertThat(event.fact("rule")).isEqualTo("names.blocked");
            assertThat(event.sentence()).contains("setup.exe", "2 other files were left out");
        });
    }

    @Test
    void intentTakesInItsTypesAndNothingElse() throws Exception {
        Engine engine = leech("leech");
        AddRequest all = engines.download("leech", torrent).withPaused(true);

        assertThat(refused(engine.add(all.withIntent(Intent.MUSIC))).rule()).isEqualTo("names.intent-empty");
        done(engine.add(all.withIntent(Intent.VIDEO)));

        assertThat(wanted(engine, torrent.hash())).containsExactlyInAnyOrder(0, 1);
        assertThat(events(engine, "policy.denied")).singleElement().satisfies(event -> assertThat(event.fact("rule")).isEqualTo("names.intent"));
        engine = engines.restart("leech");
        assertThat(at(engine, torrent.hash()).options().intent()).isEqualTo(Intent.VIDEO);
        assertThat(wanted(engine, torrent.hash())).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void magnetLinkCannotSlipWhatAFileCannot() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine engine = leech("leech");

        done(engine.add(link(seed, "").withRisky(AddRequest.Risky.ACCEPT)));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);

        assertThat(events(engine, "magnet.refused")).singleElement().satisfies(event -> assertThat(event.fact("rule")).isEqualTo("names.blocked"));
        assertThat(at(engine, torrent.hash()).trouble()).contains("movie.mkv.lnk");
        assertThat(at(engine, torrent.hash()).why().code()).isEqualTo("names-blocked");
        assertThat(at(seed, torrent.hash()).uploadedBytes()).isZero();
        assertThat(arrived()).isEmpty();
    }

    @Test
    void linkThatWasRefusedForItsNamesIsAnsweredAndNotAddedAgain() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine engine = leech("leech");
        done(engine.add(link(seed, "")));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);

        assertThat(refused(engine.torrents().answerNames(new InfoHash("0".repeat(40)), AddRequest.Risky.SKIP)).rule())
                .isEqualTo("names.nothing-asked");
        done(engine.torrents().answerNames(torrent.hash(), AddRequest.Risky.ACCEPT));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);
        assertThat(at(engine, torrent.hash()).why().code()).as("no agreement helps").isEqualTo("names-blocked");
        done(engine.torrents().answerNames(torrent.hash(), AddRequest.Risky.SKIP));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        assertThat(arrived()).containsExactlyInAnyOrder("movie.mkv", "movie.srt");
        assertThat(refused(engine.torrents().answerNames(torrent.hash(), AddRequest.Risky.SKIP)).rule())
                .isEqualTo("names.nothing-asked");
    }

    @Test
    void linkWithProgramsGoesOnWhenTheirNamesAreAccepted() throws Exception {
        torrent = TorrentFixture.named(temp.resolve("other"), "Tools", "readme.txt", "setup.exe");
        Engine seed = engines.seeding("seed", torrent);
        Engine engine = leech("leech");
        done(engine.add(link(seed, "")));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);

        assertThat(at(engine, torrent.hash()).why().code()).isEqualTo("names-ask");
        done(engine.torrents().answerNames(torrent.hash(), AddRequest.Risky.ACCEPT));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        assertThat(wanted(engine, torrent.hash())).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void intentOfAMagnetLinkIsKeptUntilItsListArrives() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine engine = leech("leech");
        done(engine.add(AddRequest.download("magnet:?xt=urn:btih:" + torrent.hash(), engines.downloads("leech")).withIntent(Intent.VIDEO)));
        engine = engines.restart("leech");

        done(engine.addPeers(torrent.hash(), List.of(addressOf(seed))));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        assertThat(arrived()).containsExactlyInAnyOrder("movie.mkv", "movie.srt");
        assertThat(at(engine, torrent.hash()).options().intent()).isEqualTo(Intent.VIDEO);
    }

    @Test
    void filesThatALinkSelectsMustBelongToTheIntent() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine engine = leech("leech");

        done(engine.add(link(seed, "&so=2-4").withIntent(Intent.VIDEO)));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);
        assertThat(events(engine, "magnet.refused")).singleElement()
                .satisfies(event -> assertThat(event.fact("rule")).isEqualTo("names.intent-empty"));

        done(engine.remove(torrent.hash(), false));
        done(engine.add(link(seed, "&so=1-2").withIntent(Intent.VIDEO)));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(arrived()).containsExactlyInAnyOrder("movie.srt");
    }
}
