package org.sallyport.app.cli;

import java.util.List;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;

/** Shares one torrent in a foreground instance until a stop is asked for. One thread. */
final class SeedRun {
    private static final long TICK_MILLIS = 500;

    private final Foreground foreground;
    private final ForegroundReport report;
    private final StopSignal stop;
    private final TorrentPreview torrent;
    private boolean ready;
    private boolean removed;

    SeedRun(Foreground foreground, ForegroundReport report, StopSignal stop, TorrentPreview torrent) {
        this.foreground = foreground;
        this.report = report;
        this.stop = stop;
        this.torrent = torrent;
    }

    /** @return the exit code: done, since a stop is how sharing ends */
    int run() throws CommandFailedException {
        InfoHash hash = torrent.hash();
        long nextTick = System.nanoTime();
        while (!stop.isRequested()) {
            foreground.awaitEvents((nextTick - System.nanoTime()) / 1_000_000, this::handle);
            if (removed) {
                throw new CommandFailedException(Exit.FAILED, "The torrent was removed while it was being shared.");
            }
            long now = System.nanoTime();
            if (now - nextTick >= 0 || !ready) {
                nextTick = now + TICK_MILLIS * 1_000_000;
                for (TorrentSnapshot t : foreground.engine().snapshot().find(hash).stream().toList()) {
                    tick(t, now);
                }
            }
        }
        return Exit.DONE;
    }

    private void handle(Event event) {
        switch (event.id()) {
            case "torrent.removed" -> removed = true;
            case "torrent.trouble" -> report.trouble(torrent.hash(), event.sentence());
            case "policy.denied" -> report.refused(new Refusal(event.fact("rule"), event.sentence()));
            default -> { }
        }
    }

    private void tick(TorrentSnapshot t, long now) throws CommandFailedException {
        if (ready) {
            report.progress(List.of(t), now);
        } else if (t.state() == TorrentState.SEEDING) {
            ready = true;
            report.ready(foreground.engine().snapshot().port());
            report.verified(t.hash(), t.name());
        } else if (t.state() == TorrentState.TROUBLE) {
            throw new CommandFailedException(Exit.FAILED, t.trouble());
        } else {
            report.checking(t);
        }
    }
}
