package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentSnapshot;

/** The commands that change what is chosen for a torrent, as the running instance carries them out. */
@Timeout(60)
class SetCommandTest extends RunningInstance {
    @BeforeEach
    void open() throws Exception {
        Path set = Files.createDirectories(temp.resolve("set"));
        for (String name : List.of("a.txt", "b.txt", "film.mkv")) {
            Files.writeString(set.resolve(name), name);
        }
        author(set, "set.torrent");
        author(set.resolve("a.txt"), "a.torrent");
        assertThat(runJson("add", "set.torrent", "--to", "down", "--paused")).as(last.err()).isZero();
        assertThat(runJson("add", "a.torrent", "--to", "down", "--paused")).as(last.err()).isZero();
    }

    private void author(Path what, String torrent) throws Exception {
        CreateRequest request = new CreateRequest(what, temp.resolve(torrent), 0, List.of(), List.of(), false, "");
        assertThat(engine.create(request, done -> { }).get(20, TimeUnit.SECONDS).isDone()).isTrue();
    }

    private TorrentSnapshot torrent(String name) {
        return engine.snapshot().torrents().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void everythingIsSetAtOnceAndShown() {
        String hash = torrent("set").hash().hex();
        assertThat(runJson("set", hash, "priority=*.txt:skip", "priority=b.*:low", "priority=film.mkv:high", "sequential=on",
                "first-last=on", "down=100k", "up=1M",
                "ratio=1.5", "seed-minutes=60", "idle-minutes=30", "then=remove", "labels=to watch, new", "super-seeding=on", "force=on", "dht=off",
                "exchange=off")).as(last.err()).isZero();

        assertThat(torrent("set").options()).isEqualTo(new TorrentOptions(
                Map.of(0, FilePriority.SKIP, 1, FilePriority.LOW, 2, FilePriority.HIGH), true, true, Amounts.parseRate("100k"),
                Amounts.parseRate("1M"),
                new SeedGoal(1.5, 60, 30, SeedGoal.Then.REMOVE), true, true, false, false, Set.of("to watch", "new"), Intent.ANYTHING));
        assertThat(runJson("files", hash)).isZero();
        assertThat(last.out()).hasSize(3);
        assertThat(last.out().get(0)).contains("\"wanted\":false,\"priority\":\"skip\"");
        assertThat(runJson("list", "--label", "new")).isZero();
        assertThat(last.out()).hasSize(1);
        assertThat(last.outText()).contains("\"queuePosition\":1,\"options\":{\"sequential\":true", "\"labels\":[\"new\",\"to watch\"]",
                "\"why\":{\"code\":\"paused\"");
        assertThat(runJson("list", "--label", "old")).isZero();
        assertThat(last.out()).isEmpty();

        assertThat(runJson("set", hash, "priority=*:normal", "labels=", "ratio=never", "upload=never")).isZero();
        assertThat(torrent("set").options().priorities()).isEmpty();
        assertThat(torrent("set").options().labels()).isEmpty();
        assertThat(torrent("set").options().goal().ratio()).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour=red", "sequential", "sequential=yes", "priority=high", "priority=*:urgent", "down=fast", "ratio=much",
            "ratio=-1", "ratio=NaN",
        "seed-minutes=1.5", "then=explode", "upload=perhaps"})
    void aWrongOneChangesNothing(String wrong) {
        assertThat(runJson("set", torrent("set").hash().hex(), "sequential=on", wrong)).isEqualTo(Exit.USAGE);
        assertThat(torrent("set").options()).isEqualTo(TorrentOptions.DEFAULT);
    }

    @Test
    void whatTheEngineRefusesIsRefused() {
        assertThat(runJson("set", torrent("set").hash().hex(), "priority=*:skip")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"options.no-file\"");
        assertThat(runJson("set", torrent("set").hash().hex(), "priority=*.pdf:skip")).isEqualTo(Exit.FAILED);
    }

    @Test
    void theQueueIsMovedAndWhyIsTold() {
        String hash = torrent("a.txt").hash().hex();
        assertThat(runJson("queue", hash, "top")).as(last.err()).isZero();
        assertThat(torrent("a.txt").queuePosition()).isEqualTo(1);
        assertThat(runJson("queue", hash, "sideways")).isEqualTo(Exit.USAGE);

        assertThat(runJson("why", hash)).isZero();
        assertThat(last.out()).containsExactly("{\"hash\":\"" + hash
                + "\",\"name\":\"a.txt\",\"code\":\"paused\",\"sentence\":\"It is paused.\",\"action\":\"Start it.\"}");
    }
}
