package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a busy person does with the program, once: every round leaves the list as long as it was, no limit but the usual one, no schedule and
 * no paired device. Each step that has a result to see waits for it.
 */
final class SoakRound {

    private static final int SWAPPED = 3;
    private static final int PAUSED = 4;
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final String WHOLE_DAY = "00:00-24:00";

    private final Scene scene;
    private final Sallyport sallyport;
    private final Sallyport friend;
    private final Instance ours;
    private final Instance theirs;
    private final SoakTorrents torrents;
    private final Path downloads;
    private final Path gift;
    private final List<String> missteps = new ArrayList<>();
    private int steps;
    private int listed;

    /** @param friend another one, whose daemon runs @param gift a file in a folder of its own, which is given to the friend */
    SoakRound(Scene scene, Sallyport sallyport, Sallyport friend, SoakTorrents torrents, Path gift) {
        this.scene = scene;
        this.sallyport = sallyport;
        this.friend = friend;
        this.ours = new Instance(sallyport);
        this.theirs = new Instance(friend);
        this.torrents = torrents;
        this.downloads = scene.folder("downloads");
        this.gift = gift;
    }

    /** Puts one more on the list: as a file, or as a link that is looked at or not. */
    void add(int number) {
        TorrentFile torrent = torrents.enter();
        String link = torrent.magnet(true, SoakCrowd.seed(torrents.number(torrent)));
        switch (number % 4) {
            case 1 -> ours.ask("add", link, "--to", downloads);
            // the list of files is fetched before it is chosen from
            case 2 -> ours.ask("add", link, "--to", downloads, "--only", "*.bin");
            default -> ours.ask("add", torrent.path(), "--to", downloads);
        }
    }

    void run(int number) {
        listed = Math.max(listed, torrents.listed().size());
        step("swap " + number, () -> swap(number));
        step("change " + number, () -> change(number));
        step("pair " + number, () -> pairSendAndUnpair(number));
        step("schedule " + number, this::flipSchedule);
        step("look " + number, () -> look(number));
    }

    /** What did not come about in time does not end a long run; the report tells of it. */
    void step(String name, Runnable step) {
        steps++;
        try {
            step.run();
        } catch (AssertionError | ConditionTimeoutException | UncheckedIOException e) {
            missteps.add(name + ": " + e);
        }
    }

    int steps() {
        return steps;
    }

    List<String> missteps() {
        return List.copyOf(missteps);
    }

    private void swap(int number) {
        for (int i = 0; i < SWAPPED; i++) {
            TorrentFile old = torrents.leave();
            ours.ask("remove", old.infoHash());
            // gone from disk, too, so that it is fetched again when its turn comes
            Lab.delete(downloads.resolve("Soak " + torrents.number(old)));
        }
        for (int i = 0; torrents.listed().size() < listed; i++) {
            add(SWAPPED * number + i);
        }
    }

    private void change(int number) {
        for (int i = 0; i < PAUSED; i++) {
            ours.ask("pause", torrents.pick(number * PAUSED + i).infoHash());
        }
        String one = torrents.pick(7 * number).infoHash();
        ours.ask("limits", "--down", 2 + number % 3 + "M", "--up", "2M", "--limit-local", "on");
        ours.ask("set", one, "sequential=on", "down=200K", "labels=soak");
        ours.ask("queue", one, number % 2 == 0 ? "top" : "bottom");
        ours.ask("limits", "--slow", "on", "--slow-down", "500K", "--slow-up", "500K");
        ours.ask("recheck", torrents.pick(11 * number + 3).infoHash());
        ours.ask("limits", "--slow", "off", "--down", "6M", "--up", "4M");
        ours.ask("set", one, "sequential=off", "down=0", "labels=");
        for (int i = 0; i < PAUSED; i++) {
            ours.ask("start", torrents.pick(number * PAUSED + i).infoHash());
        }
    }

    private void pairSendAndUnpair(int number) {
        for (Instance side : List.of(ours, theirs)) {
            side.ask("device", "list").forEach(left -> side.ask("device", "remove", left.get("id").asText()));
        }
        sallyport.pairWith(friend);
        String device = onlyDevice(ours);
        if (number % 2 == 0) {
            String hash = ours.ask("device", "send", device, gift, "--note", "round " + number).get(0).get("hash").asText();
            Waiting.until("the friend hears of it", LONG, () -> !theirs.ask("device", "offers").isEmpty());
            Path folder = scene.folder("gifts");
            theirs.ask("device", "accept", hash, "--to", folder);
            Waiting.until("the friend has it", LONG, () -> theirs.ask("list").stream()
                    .anyMatch(each -> each.get("state").asText().equals("seeding")));
            theirs.ask("remove", hash);
            Lab.delete(folder);
            ours.ask("share", "stop", hash);
        }
        theirs.ask("device", "remove", onlyDevice(theirs));
        ours.ask("device", "remove", device);
    }

    private static String onlyDevice(Instance instance) {
        List<JsonNode> devices = instance.ask("device", "list");
        assertThat(devices).hasSize(1);
        return devices.get(0).get("id").asText();
    }

    private void flipSchedule() {
        ours.ask("schedule", "set", "daily", WHOLE_DAY, "stop");
        try {
            Waiting.until("everybody was sent away", LONG, () -> peers() == 0);
            ours.ask("schedule", "set", "daily", WHOLE_DAY, "slow");
        } finally {
            ours.ask("schedule", "clear");
        }
        Waiting.until("others are there again", LONG, () -> peers() > 0);
    }

    private int peers() {
        return ours.ask("list").stream().mapToInt(each -> each.get("peers").asInt()).sum();
    }

    private void look(int number) {
        String one = torrents.pick(5 * number).infoHash();
        ours.ask("peers", one);
        ours.ask("files", one);
        ours.ask("trackers", one);
        ours.ask("why", one);
        ours.ask("magnet", one);
        ours.ask("discovery");
        JsonNode port = ours.ask("port").get(0);
        assertThat(port.get("unexpected").asInt()).as(port.toString()).isZero();
        assertThat(ours.ask("list")).hasSameSizeAs(torrents.listed());
        Path file = scene.folder("exported").resolve("one.torrent");
        ours.ask("export", torrents.listed().iterator().next().infoHash(), "-o", file);
        delete(file);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
