package org.sallyport.ui.testkit;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentState;

/** Somebody else who runs Sallyport: a real engine, without a window, on loopback. */
public final class Neighbour implements AutoCloseable {
    private final Engine engine;

    /** @param home for its state, not for what it shares */
    public Neighbour(Path home) throws EngineStartException {
        engine = Engine.start(EngineOptions.in(home).withDht(false));
    }

    /** Makes a .torrent of a file or folder. */
    public TorrentPreview make(Path source, Path torrent, int pieceLength, String... trackers) {
        List<List<String>> tiers = List.of(trackers).stream().map(List::of).toList();
        return done(engine.create(new CreateRequest(source, torrent, pieceLength, tiers, List.of(), false, "For the window"), share -> { }));
    }

    /** Offers what lies in {@code folder}. Waits until it is checked. */
    public void give(Path torrent, Path folder) {
        await(done(engine.add(AddRequest.seed(torrent, folder))));
    }

    /** Fetches some files, all if none is named, into {@code folder}, and keeps them on offer. Waits until they are there. */
    public void fetch(Path torrent, Path folder, Set<Integer> wanted, PeerAddress from) {
        await(done(engine.add(AddRequest.download(torrent, folder).withWanted(wanted).withPeers(List.of(from)))));
    }

    /** Stops giving it. */
    public void leave(InfoHash hash) {
        done(engine.pause(hash));
    }

    private void await(InfoHash hash) {
        // not the snapshot, which comes only twice a second
        EngineWindowTestCase.until(() -> engine.details(hash).get(30, TimeUnit.SECONDS).filter(Neighbour::isDelivered).isPresent());
    }

    /** Complete comes first; then the files are looked at and moved to their place. */
    private static boolean isDelivered(TorrentDetails details) {
        return details.summary().isComplete() && details.summary().state() == TorrentState.SEEDING;
    }

    public PeerAddress address() {
        return addressOf(engine);
    }

    public static PeerAddress addressOf(Engine engine) {
        return new PeerAddress(InetAddress.getLoopbackAddress(), engine.snapshot().port().port());
    }

    /** What a command comes to that must be done. */
    public static <T> T done(CompletableFuture<Outcome<T>> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join().fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        }, problem -> {
            throw new AssertionError("failed: " + problem);
        });
    }

    @Override
    public void close() {
        engine.close();
    }
}
