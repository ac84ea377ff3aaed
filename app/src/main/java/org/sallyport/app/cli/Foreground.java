package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.InstanceHost;
import org.sallyport.app.wiring.RunningInstance;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentState;

/** An instance without a window that this process runs until its command is done, and the events it waits for. */
final class Foreground implements AutoCloseable {
    /** A hostile swarm can cause refusals without end; what does not fit is still in the event log. */
    private static final int MAX_WAITING = 10_000;
    private static final Event WAKE = new Event(0, java.time.Instant.EPOCH, Event.Severity.INFO, "wake", "", java.util.Map.of());

    private final RunningInstance instance;
    private final Engine.Subscription subscription;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(MAX_WAITING);

    private Foreground(RunningInstance instance, StopSignal stop) {
        this.instance = instance;
        this.subscription = instance.engine().onEvent(this::keep);
        stop.requested().thenRun(() -> events.offer(WAKE));
    }

    private void keep(Event event) {
        if (watched.contains(event.fact("hash"))) {
            events.offer(event);
        }
    }

    /**
     * Starts it, and warns when this is root.
     *
     * @throws CommandFailedException if the data directory or a port that was asked for is taken
     */
    static Foreground start(EngineOptions options, Invocation invocation) throws CommandFailedException {
        try {
            return open(options, invocation);
        } catch (EngineStartException e) {
            throw new CommandFailedException(Exit.FAILED, e.getMessage(), e);
        }
    }

    /**
     * As {@link #start}, with the user's settings when the data is the command's own; the port in them is usually held by the
     * window then, and nothing else is opened instead.
     */
    static Foreground start(PrivateData data, EngineOptions options, Invocation invocation) throws CommandFailedException {
        data.prepare(invocation.terminal());
        try {
            return open(options, invocation);
        } catch (EngineStartException e) {
            if (e.kind() != EngineStartException.Cause.PORT_BUSY || !data.own() || options.port().isPresent()) {
                throw new CommandFailedException(Exit.FAILED, e.getMessage(), e);
            }
        }
        invocation.terminal().err("The configured port is in use, most likely by the running Sallyport, so this command only receives. "
                + "Give it another one with --port, or use that Sallyport with 'sallyport add'.");
        return start(options.withPort(0), invocation);
    }

    private static Foreground open(EngineOptions options, Invocation invocation) throws CommandFailedException, EngineStartException {
        RootUser.warn(invocation.terminal());
        StopSignal stop = invocation.stop();
        stop.install();
        InstanceHost host = new InstanceHost() {
            @Override
            public void quit() {
                stop.request();
            }

            @Override
            public boolean showWindow(List<Path> torrents, List<String> magnets) {
                return false;
            }
        };
        RunningInstance instance = RunningInstance.start(options, (engine, request, output) -> CommandRunner.runFor(engine, host, request, output));
        Foreground foreground = new Foreground(instance, stop);
        BandwidthState bandwidth = instance.engine().snapshot().bandwidth();
        if (bandwidth.mode() == BandwidthState.Mode.STOP) {
            invocation.terminal().err(bandwidth.sentence()); // or nobody would know what it waits for
        }
        PortState port = instance.engine().snapshot().port();
        if (port.kind() == PortState.Kind.BUSY && options.port().isPresent()) {
            foreground.close();
            throw new CommandFailedException(Exit.FAILED, port.sentence());
        }
        return foreground;
    }

    Engine engine() {
        return instance.engine();
    }

    /** From now on events about this torrent are handed out. */
    void watch(InfoHash hash) {
        watched.add(hash.hex());
    }

    /** Adds a torrent, or goes on with it when an earlier run of the command left it in this data directory. */
    CompletableFuture<Outcome<InfoHash>> addOrResume(AddRequest request, InfoHash hash) {
        // asked of the engine, not of the snapshot, which lags behind by up to half a second
        return engine().details(hash).thenCompose(known -> known.isPresent() ? resume(known.get(), request) : engine().add(request));
    }

    private CompletableFuture<Outcome<InfoHash>> resume(TorrentDetails known, AddRequest request) {
        Optional<Refusal> difference = SavedChoice.difference(known, request);
        if (difference.isPresent()) {
            return CompletableFuture.completedFuture(Outcome.refused(difference.get()));
        }
        InfoHash hash = known.summary().hash();
        return engine().addPeers(hash, request.peers()).thenCompose(named ->
                named.isDone() && stands(known.summary().state(), request.existing()) ? engine().start(hash)
                        : CompletableFuture.completedFuture(named));
    }

    /** What is finished is all that a download wants, but to be shared it has to be started. */
    private static boolean stands(TorrentState state, boolean toShare) {
        return state == TorrentState.PAUSED || state == TorrentState.TROUBLE || toShare && state == TorrentState.FINISHED;
    }

    /** Hands over the events that are there, or the next within {@code millis}. Returns early when a stop is asked for. */
    void awaitEvents(long millis, Consumer<Event> handler) throws CommandFailedException {
        try {
            Event event = events.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
            while (event != null) {
                if (event != WAKE) {
                    handler.accept(event);
                }
                event = events.poll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(Exit.FAILED, "The command was interrupted.", e);
        }
    }

    @Override
    public void close() {
        subscription.close();
        instance.close();
    }
}
