package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.CLAMD;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real virus scanner finds stays in quarantine and goes to nobody; what it did not look at is never called clean (invariant I3). */
@Needs({SALLYPORT, NAMESPACES, CLAMD, PYTHON, LIBTORRENT})
@Timeout(240)
class ScreeningIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PIECE = 16_384;
    private static final String NAME = "Holiday";
    private static final List<String> INFECTED = List.of("eicar.com", "eicar.zip", "nested.zip", "renamed.jpg");
    private static final List<String> CLEAN = List.of("letter.txt", "program.sh");

    @Test
    void holdsWhatIsInfectedAndReleasesTheRestMarkedAndNotExecutable(Scene scene) throws IOException {
        ClamDaemon clamd = ClamDaemon.start(scene, scene.host(10));
        TorrentFile torrent = seeded(scene, 0);
        Path folder = scene.folder("download");

        SallyportRun get = sallyport(scene, clamd).run(LIMIT, "get", torrent.path(), "--to", folder, "--no-listen", "--accept-risky",
                "--peer", peer(scene));

        assertThat(get.exit()).isEqualTo(3);
        Map<String, String> verdicts = verdicts(get);
        assertThat(verdicts).hasSize(INFECTED.size() + CLEAN.size());
        assertThat(INFECTED).allSatisfy(name -> assertThat(verdicts.get(name)).isEqualTo("infected"));
        assertThat(CLEAN).allSatisfy(name -> assertThat(verdicts.get(name)).isEqualTo("clean"));
        assertThat(names(get, "held")).containsExactlyInAnyOrderElementsOf(INFECTED);
        assertThat(names(get, "released")).containsExactlyInAnyOrderElementsOf(CLEAN);
        assertThat(get.events().get(get.events().size() - 1).get("exit").asInt()).isEqualTo(3);
        assertThat(visible(folder)).containsExactlyInAnyOrderElementsOf(CLEAN);
        for (String name : CLEAN) {
            Path file = folder.resolve(NAME).resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).doesNotContain("x");
            assertThat(new String((byte[]) Files.getAttribute(file, "user:xdg.origin.url"), StandardCharsets.UTF_8)).isNotBlank();
        }
    }

    @Test
    void aPeerGetsNothingMoreOnceSomethingIsInfected(Scene scene) throws IOException {
        ClamDaemon clamd = ClamDaemon.start(scene, scene.host(10));
        clamd.signal("STOP");
        TorrentFile torrent = seeded(scene, 24_000_000);
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport").settings(clamd.settings(
                ", \"bandwidth\": {\"usual\": {\"down\": 0, \"up\": 400000}, \"limitLocal\": true}"
                // the peer is not to hear of the seed
                + ", \"discovery\": {\"exchange\": false}"));
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        Instance instance = new Instance(sallyport);
        instance.ask("add", torrent.path(), "--to", scene.folder("download"), "--accept-risky", "--peer", peer(scene));
        LibtorrentPeer leech = new LibtorrentPeer(scene, scene.host(7), "leech").tellingBlocks().calling(scene.host(10));
        leech.download(torrent.path(), scene.folder("leech"));
        Waiting.until("the peer downloads", LIMIT, () -> leech.lastBlock().isPresent());

        clamd.signal("CONT");
        Waiting.until("a verdict", LIMIT, () -> infectedAt(instance).isPresent());
        Instant verdict = infectedAt(instance).orElseThrow();
        Waiting.until("all has been looked at", LIMIT, () -> held(instance).size() == INFECTED.size());
        assertThat(leech.program().endsWithin(Duration.ofSeconds(5))).as("the peer stays").isFalse();

        long late = Duration.between(verdict, leech.lastBlock().orElseThrow()).toMillis();
        String closed = instance.ask("events").stream().filter(event -> event.get("id").asText().equals("share.infected"))
                .map(event -> event.get("facts").get("closedAfterMs").asText()).findFirst().orElseThrow();
        System.out.printf("gate shut and connections closed %s ms after the scanner's answer, last block at the peer %d ms after the verdict%n",
                closed, late);
        assertThat(late).isLessThan(5_000);
        assertThat(leech.isComplete()).isFalse();
        assertThat(held(instance)).allSatisfy(file -> assertThat(file.get("findings").get("verdict").asText()).isEqualTo("infected"));
        for (JsonNode file : held(instance)) {
            instance.ask("quarantine", "delete", file.get("id").asText());
        }
        // the list is as old as the last snapshot
        Waiting.until("nothing is held", LIMIT, () -> held(instance).isEmpty());
        Waiting.untilAsserted(LIMIT, () -> assertThat(instance.ask("files", torrent.infoHash()))
                .filteredOn(file -> INFECTED.contains(name(file.get("path").asText())))
                .hasSize(INFECTED.size()).allSatisfy(file -> assertThat(file.get("stage").asText()).isEqualTo("deleted")));
    }

    @Test
    void nothingIsCalledCleanWithoutTheScanner(Scene scene) throws IOException {
        ClamDaemon clamd = ClamDaemon.start(scene, scene.host(10));
        Sallyport sallyport = sallyport(scene, clamd);
        Path files = files(scene.folder("samples"), 0);
        List<Object> scans = List.of(
                sallyport.run(LIMIT, "scan", files.resolve("letter.txt")).exit(), sallyport.run(LIMIT, "scan", files.resolve("nested.zip")).exit());
        assertThat(scans).as("exit codes of scan").containsExactly(0, 3);
        TorrentFile torrent = seeded(scene, 0);
        clamd.kill();

        SallyportRun scan = sallyport.run(LIMIT, "scan", files.resolve("letter.txt"));
        SallyportRun get = sallyport.run(LIMIT, "get", torrent.path(), "--to", scene.folder("download"), "--no-listen", "--only", "letter.txt",
                "--peer", peer(scene));

        assertThat(scan.exit()).isEqualTo(1);
        assertThat(scan.events().get(0).get("findings").get("verdict").asText()).isEqualTo("notScanned");
        JsonNode verdict = get.named("verdict").findFirst().orElseThrow();
        assertThat(verdict.get("verdict").asText()).isEqualTo("notScanned");
        assertThat(verdict.get("reason").asText()).contains("ClamAV");
    }

    private static Sallyport sallyport(Scene scene, ClamDaemon clamd) {
        return new Sallyport(scene, scene.host(10), "sallyport").settings(clamd.settings(""));
    }

    private static String peer(Scene scene) {
        return scene.host(4).address() + ":" + RealClient.PORT;
    }

    /** Four infected files and two clean ones, and a film of random bytes if asked for; a peer has them. */
    private static TorrentFile seeded(Scene scene, int filmBytes) throws IOException {
        Path parent = scene.folder("seed");
        Path root = files(parent.resolve(NAME), filmBytes);
        List<Path> all;
        try (Stream<Path> paths = Files.list(root)) {
            all = paths.sorted().toList();
        }
        TorrentFile torrent = TorrentFile.write(scene.folder("torrents").resolve("holiday.torrent"), OpenTracker.ANNOUNCE, NAME, all, root, PIECE);
        new LibtorrentPeer(scene, scene.host(4), "seed").seed(torrent.withoutTrackers(scene.folder("torrents")), parent);
        return torrent;
    }

    private static Path files(Path root, int filmBytes) throws IOException {
        Files.createDirectories(root);
        byte[] zip = zip("eicar.com", ClamDaemon.eicar());
        Files.write(root.resolve("eicar.com"), ClamDaemon.eicar());
        Files.write(root.resolve("eicar.zip"), zip);
        Files.write(root.resolve("nested.zip"), zip("inner.zip", zip));
        Files.write(root.resolve("renamed.jpg"), ClamDaemon.eicar());
        Files.writeString(root.resolve("letter.txt"), "Dear all, the weather is fine.\n".repeat(2_000));
        Files.writeString(root.resolve("program.sh"), "#!/bin/sh\necho hello\n");
        if (filmBytes > 0) {
            byte[] film = new byte[filmBytes];
            new Random(5).nextBytes(film);
            Files.write(root.resolve("film.dat"), film);
        }
        return root;
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static Optional<Instant> infectedAt(Instance instance) {
        return instance.ask("events").stream().filter(event -> event.get("id").asText().equals("file.verdict"))
                .filter(event -> event.get("facts").path("verdict").asText().equalsIgnoreCase("infected"))
                .map(event -> Instant.parse(event.get("at").asText())).findFirst();
    }

    private static List<JsonNode> held(Instance instance) {
        return instance.ask("quarantine", "list");
    }

    private static Map<String, String> verdicts(SallyportRun get) {
        return get.named("verdict").collect(Collectors.toMap(event -> name(event.get("file").asText()), event -> event.get("verdict").asText(),
                (first, second) -> first + " and " + second, TreeMap::new));
    }

    private static List<String> names(SallyportRun get, String event) {
        return get.named(event).map(each -> name(each.get("file").asText())).toList();
    }

    private static String name(String path) {
        return Path.of(path).getFileName().toString();
    }

    /** The names of all files below a folder that are not in the quarantine. */
    private static List<String> visible(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).map(folder::relativize).filter(path -> !path.toString().startsWith("."))
                    .map(path -> path.getFileName().toString()).toList();
        }
    }
}
