package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.CLAMD;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code kill -9} while many files are looked at: each is in quarantine, or in its place with a verdict. The seed of the moments is printed;
 * {@code -Dsallyport.kill.seed=N} repeats them.
 */
@Needs({SALLYPORT, NAMESPACES, CLAMD, PYTHON, LIBTORRENT})
@Timeout(600)
class KilledScreeningIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int KILLS = 6;
    private static final int FILES = 300;
    private static final int EACH_INFECTED = 10;
    private static final int PIECE = 65_536;
    private static final String NAME = "Letters";

    @Test
    void eachFileIsHeldOrReleasedWithAVerdict(Scene scene) throws IOException {
        long seed = Long.getLong("sallyport.kill.seed", System.nanoTime());
        System.out.println("moments of the kills: -Dsallyport.kill.seed=" + seed);
        Random random = new Random(seed);
        ClamDaemon clamd = ClamDaemon.start(scene, scene.host(10));
        TorrentFile torrent = seeded(scene);
        Path folder = scene.folder("download");
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport").settings(clamd.settings(""));
        SallyportRun daemon = sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        Instance instance = new Instance(sallyport);
        instance.ask("add", torrent.path(), "--to", folder, "--peer", scene.host(4).address() + ":" + RealClient.PORT);
        List<Integer> outside = new ArrayList<>();

        for (int kill = 1; kill <= KILLS; kill++) {
            int before = outside.isEmpty() ? 0 : outside.get(outside.size() - 1);
            Waiting.until("it looks at files", LIMIT, () -> visible(folder).size() > Math.min(before, FILES * 9 / 10 - 1));
            assertThat(daemon.program().endsWithin(Duration.ofMillis(random.nextInt(250)))).isFalse();
            daemon.program().kill();

            Set<String> there = visible(folder);
            outside.add(there.size());
            assertThat(there).as("infected and outside").noneMatch(KilledScreeningIT::isInfected);
            assertThat(there).allSatisfy(name -> assertThat(folder.resolve(NAME).resolve(name)).hasContent(content(name)));
            daemon = sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
            Waiting.untilAsserted(LIMIT, () -> assertThat(released(instance, torrent)).containsAll(there));
            // the other way round: what it says was released is there
            Set<String> said = released(instance, torrent);
            assertThat(visible(folder)).containsAll(said);
        }
        Waiting.until("all has been looked at", LIMIT, () -> files(instance, torrent).stream()
                .allMatch(file -> Set.of("released", "held").contains(file.get("stage").asText())));

        System.out.println("released at each kill: " + outside);
        assertThat(files(instance, torrent)).hasSize(FILES).allSatisfy(file -> {
            boolean infected = isInfected(name(file));
            assertThat(file.get("verdict").asText()).isEqualTo(infected ? "infected" : "clean");
            assertThat(file.get("stage").asText()).isEqualTo(infected ? "held" : "released");
        });
        assertThat(visible(folder)).hasSize(FILES - FILES / EACH_INFECTED).noneMatch(KilledScreeningIT::isInfected);
    }

    private static TorrentFile seeded(Scene scene) throws IOException {
        Path parent = scene.folder("seed");
        Path root = Files.createDirectories(parent.resolve(NAME));
        List<Path> all = new ArrayList<>();
        for (int index = 0; index < FILES; index++) {
            String name = "letter-%04d.txt".formatted(index);
            all.add(Files.writeString(root.resolve(name), content(name)));
        }
        TorrentFile torrent = TorrentFile.write(scene.folder("torrents").resolve("letters.torrent"), OpenTracker.ANNOUNCE, NAME, all, root, PIECE);
        new LibtorrentPeer(scene, scene.host(4), "seed").seed(torrent.path(), parent);
        return torrent;
    }

    private static boolean isInfected(String name) {
        return Integer.parseInt(name.substring(7, 11)) % EACH_INFECTED == 0;
    }

    private static String content(String name) {
        return isInfected(name) ? new String(ClamDaemon.eicar(), StandardCharsets.US_ASCII) : "This is " + name + ".\n".repeat(40);
    }

    private static List<JsonNode> files(Instance instance, TorrentFile torrent) {
        return instance.ask("files", torrent.infoHash());
    }

    /** Names of the files that are said to be in their place; each of them has a verdict. */
    private static Set<String> released(Instance instance, TorrentFile torrent) {
        List<JsonNode> released = files(instance, torrent).stream().filter(file -> file.get("stage").asText().equals("released")).toList();
        assertThat(released).allSatisfy(file -> assertThat(file.get("verdict").asText()).isEqualTo("clean"));
        return released.stream().map(KilledScreeningIT::name).collect(Collectors.toSet());
    }

    private static String name(JsonNode file) {
        return Path.of(file.get("path").asText()).getFileName().toString();
    }

    private static Set<String> visible(Path folder) throws IOException {
        Path root = folder.resolve(NAME);
        if (!Files.exists(root)) {
            return Set.of();
        }
        try (Stream<Path> paths = Files.list(root)) {
            return paths.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
