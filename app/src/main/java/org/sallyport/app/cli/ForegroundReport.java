package org.sallyport.app.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;

/**
 * What {@code get}, {@code seed} and {@code daemon} print on their way: the events of the command line contract as JSON lines, or a
 * progress bar and sentences. Each thing is told once, whether it was heard as an event or seen in a snapshot. One thread.
 */
final class ForegroundReport {
    private static final String PROGRESS = "progress";
    private static final long PROGRESS_NANOS = 500_000_000;

    private final Terminal terminal;
    private final boolean json;
    private final Set<String> told = new HashSet<>();
    private final Map<InfoHash, String> lastProgress = new HashMap<>();
    private final Map<InfoHash, Integer> lastPercent = new HashMap<>();
    private long progressAt;

    ForegroundReport(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    private void event(Object... keysAndValues) {
        terminal.out(Json.write(Json.object(keysAndValues)));
    }

    private boolean isNew(String what, InfoHash hash, String path) {
        return told.add(what + " " + hash.hex() + " " + path);
    }

    void ready(PortState port) {
        boolean listens = port.kind() == PortState.Kind.OPEN;
        boolean waits = port.kind() == PortState.Kind.WAITING;
        if (json && !port.network().isEmpty()) {
            event("event", "ready", "port", listens ? port.port() : Json.NULL, "interface", port.network(), "waiting", waits);
        } else if (json) {
            event("event", "ready", "port", listens ? port.port() : Json.NULL);
        } else if (listens) {
            terminal.out("ready port=" + port.port());
        } else if (waits) {
            terminal.out("ready. " + port.sentence());
        } else {
            terminal.out("ready, receive only: no port");
        }
    }

    /** Tells that the program ends by itself, or did when it ran before. @param sentence why; empty tells nothing */
    void quit(String event, String sentence) {
        if (sentence.isEmpty()) {
            return;
        }
        if (json) {
            event("event", event, "sentence", sentence);
        } else {
            terminal.out(sentence);
        }
    }

    /**
     * For the bar, or when it is something new to say for a line in a pipe or of JSON; at most twice a second.
     * @param now nanoseconds of {@link System#nanoTime}
     */
    void progress(List<TorrentSnapshot> torrents, long now) {
        if (torrents.isEmpty() || told.contains(PROGRESS) && now - progressAt < PROGRESS_NANOS) {
            return;
        }
        told.add(PROGRESS);
        progressAt = now;
        if (json) {
            torrents.forEach(this::progressJson);
        } else if (terminal.isInteractive()) {
            terminal.bar(ProgressText.of(torrents));
        } else {
            torrents.forEach(this::progressLine);
        }
    }

    /** Before {@code ready}: for people only. */
    void checking(TorrentSnapshot torrent) {
        if (!json && terminal.isInteractive()) {
            terminal.bar(ProgressText.of(List.of(torrent)));
        }
    }

    private void progressJson(TorrentSnapshot t) {
        String line = Json.write(Json.object(
                "event", "progress", "hash", t.hash().hex(), "doneBytes", t.doneBytes(), "totalBytes", t.wantedBytes(),
                "downRate", t.downRate(), "upRate", t.upRate(), "peers", t.peers()));
        if (!line.equals(lastProgress.put(t.hash(), line))) {
            terminal.out(line);
        }
    }

    private void progressLine(TorrentSnapshot t) {
        int tenth = Amounts.percent(t.progress()) / 10;
        Integer before = lastPercent.put(t.hash(), tenth);
        if (before == null || before != tenth) {
            terminal.out(t.name() + ": " + ProgressText.of(List.of(t)));
        }
    }

    /** Who made it, if anybody signed it. */
    void author(TorrentPreview torrent) {
        if (torrent.author().kind() == Authorship.Kind.NONE || !isNew("author", torrent.hash(), "")) {
            return;
        }
        if (json) {
            event("event", "author", "hash", torrent.hash().hex(), "author", JsonShapes.author(torrent.author()));
        } else {
            terminal.out(torrent.author().sentence());
        }
    }

    /** What a magnet link stands for is known now. */
    void metadata(InfoHash hash, String name) {
        if (!isNew("metadata", hash, "")) {
            return;
        }
        if (json) {
            event("event", "metadata", "hash", hash.hex(), "name", name);
        } else {
            terminal.out("The list of files of " + name + " has arrived.");
        }
    }

    /** Which of its files are not fetched, a line for each reason. */
    void leftOut(InfoHash hash, List<LeftOut> reasons) {
        if (!isNew("leftOut", hash, "")) {
            return;
        }
        for (LeftOut reason : reasons) {
            if (json) {
                Map<String, Object> shape = Json.object("event", "leftOut", "hash", hash.hex());
                shape.putAll(reason.shape());
                terminal.out(Json.write(shape));
            } else {
                terminal.out(reason.sentence());
            }
        }
    }

    /** Files of it are not fetched; people read that elsewhere. */
    void leftOut(Refusal refusal) {
        if (json) {
            refused(refusal);
        }
    }

    void verified(InfoHash hash, String name) {
        if (!isNew("verified", hash, "")) {
            return;
        }
        if (json) {
            event("event", "verified", "hash", hash.hex());
        } else {
            terminal.out("Verified: all of " + name + " is on disk and every hash was right.");
        }
    }

    /** @param file as the torrent names it @param path where it is or will be */
    void verdict(InfoHash hash, String file, String path, String verdict, String reason) {
        if (!isNew("verdict", hash, file)) {
            return;
        }
        if (json) {
            event("event", "verdict", "hash", hash.hex(), "file", file, "path", path, "verdict", verdict, "reason", reason);
        } else if (!verdict.equals("clean") && !verdict.equals("notScanned")) {
            terminal.out(file + " is " + verdict + (reason.isEmpty() ? "." : ": " + reason));
        }
    }

    /** It stays in quarantine. */
    void held(InfoHash hash, String file, String verdict, String reason, String rule) {
        if (!isNew("held", hash, file)) {
            return;
        }
        if (json) {
            event("event", "held", "hash", hash.hex(), "file", file, "verdict", verdict, "reason", reason, "rule", rule);
        } else {
            terminal.err(file + " is held in quarantine" + (reason.isEmpty() ? "." : ": " + reason) + " Run 'sallyport quarantine list' to "
                    + "decide about it.");
        }
    }

    void released(InfoHash hash, String file, String path) {
        if (isNew("released", hash, file) && json) {
            event("event", "released", "hash", hash.hex(), "file", file, "path", path);
        }
    }

    /** What a finished torrent's file says of itself, as far as it was not told yet. */
    void file(TorrentSnapshot torrent, FileSnapshot file) {
        if (file.wanted() && file.released()) {
            String place = place(torrent.path(), Path.of(file.path())).toString();
            verdict(torrent.hash(), file.path(), place, Words.camelCase(file.verdict().kind()), file.verdict().reason());
            released(torrent.hash(), file.path(), place);
        }
    }

    void refused(Refusal refusal) {
        new Answers(terminal, json).refuse(refusal);
    }

    /** The folder on disk may be called otherwise than the torrent, when that name was taken. */
    private static Path place(Path root, Path file) {
        return file.getNameCount() == 1 ? root : root.resolve(file.subpath(1, file.getNameCount()));
    }

    /** A diagnostic, once. */
    void trouble(InfoHash hash, String sentence) {
        if (isNew("trouble", hash, sentence)) {
            terminal.err(sentence);
        }
    }

    void say(String sentence) {
        if (!json) {
            terminal.out(sentence);
        }
    }

    /** @param notScanned files nobody has looked at, so that this is not mistaken for "clean" (invariant I3) */
    void finished(TorrentSnapshot t, Duration took, long notScanned) {
        Path place = t.path();
        long seconds = Math.max(1, took.toSeconds());
        say("Done: " + t.name() + ", " + Amounts.size(t.wantedBytes()) + " in " + Amounts.duration(took)
                + " (" + Amounts.rate(t.downloadedBytes() / seconds) + ")");
        say("      " + place + (notScanned == 0 ? "" : " (" + notScanned + (notScanned == 1 ? " file" : " files") + " not scanned for malware)"));
    }

    /** Runs the command and prints the event that is always the last, also when it fails. @return the exit code */
    int toTheEnd(Body body) throws CommandFailedException {
        try {
            int exit = body.run();
            done(exit);
            return exit;
        } catch (CommandFailedException e) {
            done(e.exitCode());
            throw e;
        }
    }

    /** What a foreground command does between its first and its last line. */
    interface Body {
        int run() throws CommandFailedException;
    }

    private void done(int exit) {
        if (json) {
            event("event", "done", "exit", exit);
        }
    }
}
