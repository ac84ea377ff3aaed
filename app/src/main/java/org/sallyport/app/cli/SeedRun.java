package org.sallyport.app.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentDetails;
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
    /** Just now, and not looked at since. */
    private boolean checked;
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
                for (TorrentSnapshot t : look(hash).stream().toList()) {
                    tick(t, now);
                }
            }
        }
        return Exit.DONE;
    }

    private Optional<TorrentSnapshot> look(InfoHash hash) throws CommandFailedException {
        if (checked) {
            checked = false;
            // the snapshot of all lags behind by up to half a second, in which nobody could be served
            return CommandContext.await(foreground.engine().details(hash), Duration.ofSeconds(10)).map(TorrentDetails::summary);
        }
        return foreground.engine().snapshot().find(hash);
    }

    private void handle(Event event) {
        switch (event.id()) {
            case "torrent.checked" -> checked = true;
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
