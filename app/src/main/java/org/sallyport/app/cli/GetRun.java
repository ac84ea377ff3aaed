package org.sallyport.app.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.FileCheck;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;

/** Downloads some torrents in a foreground instance and tells of it. One thread. */
final class GetRun {
    private static final long TICK_NANOS = 500_000_000;

    private final Foreground foreground;
    private final Engine engine;
    private final ForegroundReport report;
    private final StopSignal stop;
    private final boolean rememberPublisher;
    private final long timeoutNanos;
    private final long begin = System.nanoTime();
    private final Map<InfoHash, Standing> standings = new LinkedHashMap<>();
    private boolean removed;
    private boolean refused;
    private boolean held;

    /** How far one torrent is; the snapshot alone cannot tell what was said already. */
    private static final class Standing {
        private final boolean magnet;
        private final boolean seedsAfter;
        private String name;
        private boolean verified;
        private boolean finished;
        /** It was told which files are fetched. */
        private boolean chosen;

        Standing(String name, boolean magnet, boolean seedsAfter) {
            this.magnet = magnet;
            this.name = name;
            this.seedsAfter = seedsAfter;
        }
    }

    /** @param timeoutSeconds 0 for none @param rememberPublisher believe whoever signed them, from now on */
    GetRun(Foreground foreground, ForegroundReport report, StopSignal stop, long timeoutSeconds, boolean rememberPublisher) {
        this.rememberPublisher = rememberPublisher;
        this.foreground = foreground;
        this.engine = foreground.engine();
        this.report = report;
        this.stop = stop;
        this.timeoutNanos = timeoutSeconds <= 0 ? Long.MAX_VALUE : Duration.ofSeconds(timeoutSeconds).toNanos();
    }

    /** @return the exit code */
    int run(List<AddRequest> requests, List<String> only) throws CommandFailedException {
        report.ready(engine.snapshot().port());
        for (AddRequest request : requests) {
            int exit = add(request, only);
            if (exit != Exit.DONE) {
                return exit;
            }
        }
        long nextTick = System.nanoTime();
        while (true) {
            foreground.awaitEvents((nextTick - System.nanoTime()) / 1_000_000, this::handle);
            long now = System.nanoTime();
            if (now - nextTick >= 0) {
                nextTick = now + TICK_NANOS;
                tick(now);
            }
            if (standings.values().stream().allMatch(s -> s.finished)) {
                return held ? Exit.REFUSED : Exit.DONE;
            }
            if (refused) {
                return Exit.REFUSED;
            }
            if (removed) {
                throw new CommandFailedException(Exit.FAILED, "The torrent was removed while it was being downloaded.");
            }
            if (stop.isRequested()) {
                throw new CommandFailedException(Exit.FAILED, "Stopped before it was complete. The same command goes on from here.");
            }
            if (System.nanoTime() - begin > timeoutNanos) {
                throw new CommandFailedException(Exit.TIMED_OUT, "Not complete within the given time. The same command goes on from here.");
            }
        }
    }

    private int add(AddRequest request, List<String> only) throws CommandFailedException {
        boolean magnet = request.source() instanceof AddSource.MagnetLink;
        Outcome<TorrentPreview> preview = preview(request, magnet && !only.isEmpty());
        if (!(preview instanceof Outcome.Done<TorrentPreview> checked)) {
            return notAdded(preview);
        }
        TorrentPreview torrent = checked.value();
        report.author(torrent);
        if (rememberPublisher) {
            Optional<CompletableFuture<Outcome<PublisherSnapshot>>> remembering = Remembering.of(engine, request.source(), torrent);
            if (remembering.isPresent()) {
                Outcome<PublisherSnapshot> remembered = CommandContext.await(remembering.get(), Duration.ofSeconds(60));
                if (!remembered.isDone()) {
                    return notAdded(remembered);
                }
            }
        }
        Set<Integer> wanted = FileSelection.within(request.options().intent(), FileSelection.of(only, torrent), torrent);
        foreground.watch(torrent.hash());
        standings.put(torrent.hash(), new Standing(torrent.name(), magnet, request.options().goal().ratio() != 0));
        Outcome<InfoHash> outcome = CommandContext.await(foreground.addOrResume(request.withWanted(wanted), torrent.hash()), Duration.ofSeconds(60));
        return outcome.isDone() ? Exit.DONE : notAdded(outcome);
    }

    private Outcome<TorrentPreview> preview(AddRequest request, boolean contents) throws CommandFailedException {
        try {
            return contents ? CommandContext.await(TorrentSource.contents(engine, request.source(), request.peers()), contentsPatience())
                    : CommandContext.await(TorrentSource.preview(engine, request.source()), Duration.ofSeconds(90));
        } catch (RefusedException e) {
            return Outcome.refused(e.refusal());
        }
    }

    /** The engine gives up sooner, unless the user does. */
    private Duration contentsPatience() {
        return Duration.ofNanos(Math.min(timeoutNanos, Duration.ofMinutes(6).toNanos()));
    }

    private int notAdded(Outcome<?> outcome) throws CommandFailedException {
        if (outcome instanceof Outcome.Refused<?> refused) {
            report.refused(refused.refusal());
            return Exit.REFUSED;
        }
        throw new CommandFailedException(Exit.FAILED, ((Outcome.Failed<?>) outcome).sentence());
    }

    private void handle(Event event) {
        InfoHash hash = new InfoHash(event.fact("hash"));
        Standing standing = standings.get(hash);
        switch (event.id()) {
            case "torrent.metadata" -> metadata(hash, standing, event.fact("name"));
            case "magnet.refused" -> {
                refused = true;
                report.refused(new Refusal(event.fact("rule"), event.sentence()));
            }
            case "torrent.verified" -> {
                standing.verified = true;
                report.verified(hash, standing.name);
            }
            case "file.verdict" -> report.verdict(hash, event.fact("file"), event.fact("path"), Words.camelCase(event.fact("verdict")),
                    event.fact("reason"));
            case "file.held" -> report.held(hash, event.fact("file"), Words.camelCase(event.fact("verdict")), event.fact("reason"),
                    event.fact("rule"));
            case "file.released" -> report.released(hash, event.fact("file"), event.fact("path"));
            case "torrent.released" -> tick(System.nanoTime());
            case "torrent.removed" -> removed = true;
            case "torrent.trouble" -> report.trouble(hash, event.sentence());
            case "policy.denied" -> {
                Refusal refusal = new Refusal(event.fact("rule"), event.sentence());
                if (refusal.rule().startsWith("names.")) {
                    report.leftOut(refusal);
                } else {
                    report.refused(refusal);
                }
            }
            default -> { }
        }
    }

    private void metadata(InfoHash hash, Standing standing, String name) {
        standing.name = name;
        report.metadata(hash, name);
    }

    private void tick(long now) {
        EngineSnapshot snapshot = engine.snapshot();
        List<TorrentSnapshot> ours = standings.keySet().stream().flatMap(h -> snapshot.find(h).stream()).toList();
        ours.stream().filter(t -> t.isKnown() && standings.get(t.hash()).magnet).forEach(t -> metadata(t.hash(), standings.get(t.hash()), t.name()));
        // a snapshot may be older than the event that all is there; telling it would go backwards
        report.progress(ours.stream().filter(t -> t.isComplete() || !standings.get(t.hash()).verified).toList(), now);
        ours.stream().filter(t -> t.isKnown() && !standings.get(t.hash()).chosen).forEach(this::choice);
        for (TorrentSnapshot torrent : ours) {
            Standing standing = standings.get(torrent.hash());
            boolean released = torrent.state() == TorrentState.SEEDING || torrent.state() == TorrentState.FINISHED;
            if (!standing.finished && released && (!standing.seedsAfter || torrent.state() == TorrentState.FINISHED)) {
                finish(torrent, standing);
            }
        }
    }

    private void choice(TorrentSnapshot torrent) {
        try {
            CommandContext.await(engine.details(torrent.hash()), Duration.ofSeconds(10)).ifPresent(details -> {
                report.leftOut(torrent.hash(), LeftOut.of(details));
                standings.get(torrent.hash()).chosen = true;
            });
        } catch (CommandFailedException e) {
            report.trouble(torrent.hash(), e.getMessage()); // and once more with the next look
        }
    }

    /** Also tells what an earlier run of the same command saw but could not tell. */
    private void finish(TorrentSnapshot torrent, Standing standing) {
        List<FileSnapshot> files;
        try {
            files = CommandContext.await(engine.details(torrent.hash()), Duration.ofSeconds(10)).map(TorrentDetails::files).orElse(List.of());
        } catch (CommandFailedException e) {
            report.trouble(torrent.hash(), e.getMessage());
            return;
        }
        report.verified(torrent.hash(), standing.name);
        files.forEach(f -> report.file(torrent, f));
        long notScanned = files.stream().filter(f -> f.wanted() && f.verdict().kind() == Verdict.Kind.NOT_SCANNED).count();
        report.finished(torrent, Duration.ofNanos(System.nanoTime() - begin), notScanned);
        files.stream().filter(f -> f.wanted() && f.check().stage() == FileCheck.Stage.HELD).forEach(f -> {
            report.held(torrent.hash(), f.path(), Words.camelCase(f.verdict().kind()), f.verdict().reason(), "quarantine.held");
            held = true;
        });
        standing.finished = true;
    }
}
