package org.sallyport.core.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.screening.FileNames;
import org.sallyport.core.swarm.MetadataHost;

/** Looks at what magnet links stand for, without adding anything: a few at a time. State belongs to the network thread. */
final class MagnetLooks {
    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Services services;
    private final CommandThread commands;
    private final MetadataCache cache;
    private final Set<Look> running = new HashSet<>();

    MagnetLooks(Services services, CommandThread commands, MetadataCache cache) {
        this.services = services;
        this.commands = commands;
        this.cache = cache;
    }

    /** What is known without asking anybody. */
    interface Known {
        Optional<TorrentPreview> find(InfoHash hash) throws ExecutionException, TimeoutException;
    }

    /** Whether policy lets anybody be asked for it. */
    interface Decision {
        void decide(Magnet magnet) throws RefusedException;
    }

    /** Any thread. Cancelling the answer stops it. */
    CompletableFuture<Outcome<TorrentPreview>> look(String link, Known known, Decision decision) {
        CompletableFuture<Outcome<TorrentPreview>> answer = new CompletableFuture<>();
        commands.<Boolean>run(() -> {
            Magnet magnet = Magnet.parse(link);
            decision.decide(magnet);
            Optional<Bytes> info = cache.find(magnet.hash());
            Optional<TorrentPreview> there = info.isPresent() ? Optional.of(FileNames.preview(magnet.with(info.get().toArray())))
                    : known.find(magnet.hash());
            if (there.isPresent()) {
                answer.complete(Outcome.done(there.get()));
            } else if (!commands.onLoop(() -> begin(magnet, answer))) {
                throw new RefusedException("magnet.too-many-looks", "The lists of files of " + AT_ONCE
                        + " links are being fetched already. Wait for one of them, or close its window.");
            }
            return Outcome.done(true);
        }).thenAccept(begun ->
                begun.fold(done -> done, refusal -> answer.complete(Outcome.refused(refusal)), problem -> answer.complete(Outcome.failed(problem))));
        return answer;
    }

    private boolean begin(Magnet magnet, CompletableFuture<Outcome<TorrentPreview>> answer) {
        if (running.size() >= AT_ONCE) {
            return false;
        }
        Look look = new Look(magnet, answer);
        running.add(look);
        look.begin();
        return true;
    }

    /** Ends all of them. Any thread. */
    void close() {
        services.loop().execute(() -> List.copyOf(running).forEach(look -> look.answer.complete(Outcome.failed("Sallyport is closing."))));
    }

    /** One that is under way. */
    private final class Look implements MetadataSession.Owner {
        private final Magnet magnet;
        private final CompletableFuture<Outcome<TorrentPreview>> answer;
        private final MetadataSession session;
        private final AtomicBoolean ended = new AtomicBoolean();
        private Optional<ScheduledFuture<?>> rhythm = Optional.empty();
        private Optional<ScheduledFuture<?>> deadline = Optional.empty();

        Look(Magnet magnet, CompletableFuture<Outcome<TorrentPreview>> answer) {
            this.magnet = magnet;
            this.answer = answer;
            this.session = new MetadataSession(services, magnet, Sharing.DOWNLOAD, true, this);
        }

        void begin() {
            session.begin(List.of());
            rhythm = Optional.of(services.loop().scheduleAtFixedRate(() -> session.tick(System.nanoTime()), 1, 1, TimeUnit.SECONDS));
            deadline = Optional.of(services.loop().schedule(() -> answer.complete(Outcome.failed(
                    "Nobody who has it answered. Try again later, or add it: then Sallyport goes on looking.")), PATIENCE.toSeconds(),
                            TimeUnit.SECONDS));
            answer.whenComplete((done, failure) -> {
                if (ended.compareAndSet(false, true)) {
                    services.loop().execute(this::end);
                }
            });
        }

        private void end() {
            rhythm.ifPresent(ticks -> ticks.cancel(false));
            deadline.ifPresent(bound -> bound.cancel(false));
            session.end();
            running.remove(this);
        }

        @Override
        public void arrived(byte[] info, Set<MetadataHost.Known> peers) {
            try {
                commands.execute(() -> answer.complete(read(info)));
            } catch (RejectedExecutionException closing) {
                answer.complete(Outcome.failed("Sallyport is closing."));
            }
        }

        private Outcome<TorrentPreview> read(byte[] info) {
            try {
                Metainfo metainfo = magnet.with(info);
                cache.put(metainfo);
                return Outcome.done(FileNames.preview(metainfo));
            } catch (RefusedException e) {
                return Outcome.refused(e.refusal());
            }
        }
    }
}
