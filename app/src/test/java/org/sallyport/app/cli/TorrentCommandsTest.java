package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentState;

/** The commands that change one torrent of the list, as the running instance carries them out. */
@Timeout(90)
class TorrentCommandsTest extends RunningInstance {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TRACKER = "http://tracker.example/announce";
    private String hash = "";

    @BeforeEach
    void open() throws Exception {
        Path home = Files.createDirectories(temp.resolve("home"));
        Files.write(home.resolve("film.bin"), new byte[100_000]);
        CreateRequest request = new CreateRequest(home.resolve("film.bin"), temp.resolve("film.torrent"), 0, List.of(List.of(TRACKER)),
                List.of(), false, "");
        TorrentPreview made = ((Outcome.Done<TorrentPreview>) engine.create(request, done -> { }).get(20, TimeUnit.SECONDS)).value();
        hash = made.hash().hex();
        assertThat(engine.add(AddRequest.seed(temp.resolve("film.torrent"), home).withPaused(true)).get(20, TimeUnit.SECONDS).isDone()).isTrue();
        await().atMost(SOON).until(() -> engine.snapshot().find(made.hash()).isPresent());
    }

    private void assertRefused(String rule) {
        assertThat(last.outText()).startsWith("{\"event\":\"refused\",\"rule\":\"" + rule + "\"");
    }

    @Test
    void filesAreMovedAndFound() throws Exception {
        assertThat(runJson("move", hash, "there")).as(last.err()).isZero();

        assertThat(last.out()).containsExactly("{\"hash\":\"" + hash + "\",\"name\":\"film.bin\"}");
        assertThat(temp.resolve("there").resolve("film.bin")).exists();
        assertThat(runJson("move", hash, "there")).isEqualTo(Exit.REFUSED);
        assertRefused("move.same");
        Files.createDirectories(temp.resolve("elsewhere"));
        Files.move(temp.resolve("there").resolve("film.bin"), temp.resolve("elsewhere").resolve("film.bin"));
        assertThat(runJson("locate", hash, "home")).isEqualTo(Exit.REFUSED);
        assertRefused("locate.no-data");
        assertThat(runJson("locate", hash, "elsewhere")).as(last.err()).isZero();
        assertThat(runJson("start", hash)).isZero();
        await().atMost(SOON).until(() -> engine.snapshot().torrents().get(0).state() == TorrentState.SEEDING);
        assertThat(engine.snapshot().torrents().get(0).path()).isEqualTo(temp.resolve("elsewhere").resolve("film.bin"));
    }

    @Test
    void namesAreChanged() {
        assertThat(runJson("rename", hash, "Film of the year")).isZero();
        assertThat(last.out()).containsExactly("{\"hash\":\"" + hash + "\",\"name\":\"Film of the year\"}");
        assertThat(runJson("list")).isZero();
        assertThat(last.outText()).contains("\"name\":\"Film of the year\"", "\"verdict\":\"notScanned\"", "\"checks\":{\"done\":0,",
                "\"provenance\":{\"line\":\"unknown author\"");
        assertThat(run("list")).isZero();
        assertThat(last.out().get(0)).contains("SAFETY");
        assertThat(last.out().get(1)).contains("0 of 1");
        assertThat(runJson("rename", hash, "other.bin", "--path", "film.bin")).isEqualTo(Exit.REFUSED);
        assertRefused("rename.existing");
    }

    @Test
    void trackersAreAddedTakenOffAndReplaced() {
        assertThat(runJson("trackers", hash, "--add", "udp://other.example:80", "--add", "https://third.example/a")).as(last.err()).isZero();
        assertThat(last.out()).hasSize(3).allMatch(line -> line.contains("\"status\":\"notContacted\"") || line.contains("udp://"));
        assertThat(last.out().get(1)).contains("\"url\":\"udp://other.example:80\"", "\"tier\":1");

        assertThat(runJson("trackers", hash, "--remove", TRACKER)).isZero();
        assertThat(last.out()).hasSize(2);
        assertThat(runJson("trackers", hash, "--remove", TRACKER)).isEqualTo(Exit.FAILED);
        assertThat(runJson("trackers", hash, "--set", "http://a.example/,http://b.example/", "--set", "http://c.example/")).isZero();
        assertThat(last.out()).hasSize(3);
        assertThat(runJson("trackers", hash, "--set", "http://a.example/", "--add", "http://b.example/")).isEqualTo(Exit.USAGE);
        assertThat(runJson("trackers", hash, "--add", "ftp://a.example/")).isEqualTo(Exit.REFUSED);
        assertRefused("trackers.url");
        assertThat(runJson("trackers", hash, "--announce")).isEqualTo(Exit.REFUSED);
        assertRefused("announce.not-running");
    }

    @Test
    void aTorrentIsHandedOn() {
        assertThat(runJson("export", hash, "-o", "out.torrent")).as(last.err()).isZero();
        assertThat(last.out()).containsExactly("{\"hash\":\"" + hash + "\",\"path\":\"" + temp.resolve("out.torrent") + "\"}");
        assertThat(temp.resolve("out.torrent")).exists();
        assertThat(runJson("export", hash, "-o", "out.torrent")).isEqualTo(Exit.REFUSED);
        assertRefused("export.exists");
        assertThat(runJson("magnet", hash)).isZero();
        assertThat(last.out()).containsExactly("{\"hash\":\"" + hash + "\",\"magnet\":\"magnet:?xt=urn:btih:" + hash
                + "&dn=film.bin&xl=100000&tr=http%3A%2F%2Ftracker.example%2Fannounce\"}");
    }

    @Test
    void severalAreAddedAtOnceAndOneThatCannotBeKeepsNoneAway() throws Exception {
        for (String name : List.of("one", "two")) {
            Path file = Files.writeString(temp.resolve(name), name);
            CreateRequest request = new CreateRequest(file, temp.resolve(name + ".torrent"), 0, List.of(), List.of(), false, "");
            assertThat(engine.create(request, done -> { }).get(20, TimeUnit.SECONDS).isDone()).isTrue();
        }

        assertThat(runJson("add", "one.torrent", "missing.torrent", "film.torrent", "two.torrent", "--paused", "--to", "there"))
                .isEqualTo(Exit.FAILED);

        assertThat(last.out()).hasSize(3);
        assertThat(last.out().get(0)).endsWith("\"name\":\"one\"}");
        assertThat(last.out().get(1)).contains("\"rule\":\"engine.duplicate\"");
        assertThat(last.out().get(2)).endsWith("\"name\":\"two\"}");
        assertThat(last.err()).contains("There is no file missing.torrent.");
        assertThat(engine.snapshot().torrents()).extracting(torrent -> torrent.name()).containsExactly("film.bin", "one", "two");
        assertThat(runJson("add", "one.torrent", "two.torrent")).isEqualTo(Exit.REFUSED);
    }

    @Test
    void aTorrentThatIsThereBringsItsTrackersWhenThatIsWished() {
        runJson("trackers", hash, "--set", "http://other.example/");

        assertThat(runJson("add", "film.torrent")).isEqualTo(Exit.REFUSED);
        assertRefused("engine.duplicate-trackers");
        assertThat(runJson("add", "film.torrent", "--merge")).as(last.err()).isZero();
        assertThat(runJson("trackers", hash)).isZero();
        assertThat(last.out()).hasSize(2);
        assertThat(last.outText()).contains(TRACKER, "http://other.example/");
    }

    @Test
    void addressesAreShutOutAndPeersAdded() {
        assertThat(runJson("ban", "192.0.2.7")).as(last.err()).isZero();
        assertThat(last.out()).containsExactly("{\"address\":\"192.0.2.7\"}");
        assertThat(runJson("ban", "2001:db8::7")).isZero();
        assertThat(runJson("ban", "[2001:db8::8]:6881")).isZero();
        assertThat(runJson("ban", "seedbox.example")).isEqualTo(Exit.USAGE);
        assertThat(runJson("ban", "224.0.0.1")).isEqualTo(Exit.REFUSED);
        assertRefused("ban.address");
        assertThat(runJson("peers", hash, "--add", "127.0.0.1:6999", "--ban", "192.0.2.9:80")).as(last.err()).isZero();
        assertThat(engine.events(0, 100).join()).extracting(event -> event.id()).filteredOn("peer.shut-out"::equals).hasSize(4);
    }
}
