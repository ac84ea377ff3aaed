package org.sallyport.app.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sallyport.app.interop.SoakReport.Collected;
import org.sallyport.app.interop.SoakReport.Sample;

/** A long run of the packaged program among many peers that come and go, while it is being used; watched from outside. */
final class Soak {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int COLLECTIONS = 3;
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofSeconds(4);
    private static final Set<String> GRAVE = Set.of("engine.stuck", "engine.dead", "engine.thread_died");

    private final Scene scene;
    private final Plan plan;
    private final Sallyport sallyport;
    private final Sallyport friend;
    private final Instance instance;
    private final SoakTorrents torrents;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final List<Collected> collected = new ArrayList<>();
    private final long began = System.nanoTime();

    /**
     * @param length   of the churn @param warmUp left out of the trends
     * @param torrents on the list at any time; a fifth more take turns with them @param peers at any time
     */
    record Plan(Duration length, Duration warmUp, int torrents, int peers) { }

    Soak(Scene scene, Plan plan) {
        this.scene = scene;
        this.plan = plan;
        this.sallyport = new Sallyport(scene, scene.host(10), "soaked");
        this.friend = new Sallyport(scene, scene.host(11), "friend");
        this.instance = new Instance(sallyport);
        this.torrents = SoakTorrents.create(scene.folder("torrents"), plan.torrents + plan.torrents / 5 + 3);
    }

    SoakReport run() throws IOException {
        scene.tracker(torrents.all().toArray(TorrentFile[]::new));
        TorrentFile first = torrents.all().get(0);
        Path firstContent = torrents.folder().resolve(first.path().getFileName().toString().replace(".torrent", ""));
        new LibtorrentPeer(scene, scene.host(4), "libtorrent").uploadLimit(500_000).dht().seed(first.path(), firstContent);
        settle(sallyport);
        settle(friend);
        Program daemon = sallyport.start("daemon", "--port", RealClient.PORT).awaitReady().program();
        Program other = friend.start("daemon", "--port", RealClient.PORT).awaitReady().program();
        Path gift = scene.folder("gift").resolve("gift.bin");
        Files.write(gift, new byte[3_000_000]);
        instance.ask("share", "allow", gift.getParent());
        Vitals vitals = new Vitals(daemon.pid(), scene.folder("vitals"));
        Vitals others = new Vitals(other.pid(), scene.folder("vitals"));
        Complaints complaints = new Complaints(sallyport.data(), scene.folder("logs").resolve("soaked-1.err"));
        vitals.collect(); // the first makes the JVM listen for it: one more thread and file descriptor
        Sample before = sample(vitals, others);
        List<String> openBefore = vitals.descriptors();
        Collected emptyBefore = collect(vitals, 0);

        SoakRound round = new SoakRound(scene, sallyport, friend, torrents, gift);
        SoakCrowd crowd = SoakCrowd.start(scene, scene.host(20), List.of(scene.host(1), scene.host(10), scene.host(11)),
                sallyport.host(), plan.peers, torrents);
        int rounds = 0;
        JsonNode reported;
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try {
            watch.scheduleAtFixedRate(() -> keep(sample(vitals, others), complaints), 0, EVERY.toSeconds(), TimeUnit.SECONDS);
            for (int i = 0; i < plan.torrents; i++) {
                int number = i;
                round.step("add " + number, () -> round.add(number));
            }
            do {
                round.run(++rounds);
                awaitTime(daemon, SETTLED);
                collected.add(best(vitals, daemon, rounds));
                say(rounds, crowd.report());
            } while (seconds() < plan.length.toSeconds());
            reported = crowd.report();
        } finally {
            watch.shutdownNow();
        }
        List<String> histogram = vitals.largestClasses(25);
        crowd.rest();
        round.step("empty the list", this::empty);
        // the UDP socket is opened at first use, and stays for a while
        round.step("see all connections closed",
                () -> Waiting.until("no connection is left", LONG, () -> vitals.look().sockets() <= before.look().sockets() + 1));
        List<String> opened = new ArrayList<>(vitals.descriptors());
        openBefore.forEach(opened::remove);
        Collected emptyAfter = best(vitals, daemon, rounds);
        Sample after = sample(vitals, others);
        List<String> grave = instance.ask("events").stream()
                .filter(event -> GRAVE.contains(event.get("id").asText())).map(JsonNode::toString).toList();
        instance.ask("quit");
        int exit = daemon.exitCode(LONG);
        complaints.look();
        return new SoakReport(plan, rounds, reported, new SoakReport.Ends(before, after, emptyBefore, emptyAfter, opened), List.copyOf(samples),
                List.copyOf(collected), new SoakReport.Troubles(complaints.count(), complaints.lines(), grave,
                round.steps(), round.missteps(), exit), histogram);
    }

    private static void settle(Sallyport sallyport) throws IOException {
        Files.createDirectories(sallyport.data());
        // as many as there are torrents may run at once, and whoever comes may stay; the DHT begins with the libtorrent peer
        Files.writeString(sallyport.data().resolve("settings.json"),
                "{\"limits\": {\"connections\": 300, \"activeDownloads\": 100, \"activeSeeds\": 100},"
                + " \"discovery\": {\"bootstrap\": [\"10.99.0.4:" + RealClient.PORT + "\"]}}");
    }

    private void empty() {
        instance.ask("list").forEach(each -> instance.ask("remove", each.get("hash").asText()));
        Waiting.until("the list is empty", LONG, () -> instance.ask("list").isEmpty());
    }

    /** The least of several: what is in use for a moment is not what stays. */
    private Collected best(Vitals vitals, Program daemon, int round) {
        Collected best = collect(vitals, round);
        for (int i = 1; i < COLLECTIONS; i++) {
            awaitTime(daemon, BETWEEN_COLLECTIONS);
            Collected next = collect(vitals, round);
            best = next.live().liveHeapMiB() < best.live().liveHeapMiB() ? next : best;
        }
        return best;
    }

    private Collected collect(Vitals vitals, int round) {
        return new Collected(seconds(), round, vitals.collect());
    }

    private Sample sample(Vitals vitals, Vitals others) {
        return new Sample(seconds(), vitals.look(), others.look());
    }

    /** On the thread that samples. */
    private void keep(Sample sample, Complaints complaints) {
        samples.add(sample);
        complaints.look();
    }

    private void say(int round, JsonNode crowd) {
        Collected last = collected.get(collected.size() - 1);
        System.out.printf(Locale.ROOT, "%5.0f s  round %d  live heap %.2f MiB  outside heap %.1f MiB  "
                        + "%d of the crowd connected, %d blocks to us, %d from us%n",
                last.seconds(), round, last.live().liveHeapMiB(), last.live().outsideHeapMiB(), crowd.get("connected").asInt(),
                crowd.get("sentBlocks").asLong(), crowd.get("receivedBlocks").asLong());
    }

    private static void awaitTime(Program daemon, Duration time) {
        if (daemon.endsWithin(time)) {
            throw new AssertionError("it ended by itself\n" + daemon.tail());
        }
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}
