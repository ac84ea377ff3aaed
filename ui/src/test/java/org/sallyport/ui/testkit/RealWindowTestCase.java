package org.sallyport.ui.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.pages.AddPage;
import org.sallyport.ui.pages.DownloadsPage;

/**
 * Opens the window over a real engine, with real neighbours on loopback. Settings are the defaults, but for where files go, and the first
 * page is not shown.
 */
public abstract class RealWindowTestCase extends EngineWindowTestCase<Engine> {
    protected static final int PIECE = 16 << 10;

    private final Deque<Neighbour> neighbours = new ArrayDeque<>();

    @Override
    protected final Engine startEngine() throws EngineStartException {
        Engine started = Engine.start(options());
        Neighbour.done(started.changeSettings(settings(started.settings().withDownloadFolder(arrived().toString()).withWelcomed(true))));
        return started;
    }

    /** Closes the window and the engine and starts both again, as a person does the next day. */
    protected final void restart() throws EngineStartException {
        robot.interact(() -> stage.hide());
        engine.close();
        engine = Engine.start(options());
        openWindow();
    }

    /** What the engine is started with. */
    protected EngineOptions options() {
        return EngineOptions.in(folder.resolve("state")).withDht(false);
    }

    /** What differs from the defaults. */
    protected Settings settings(Settings usual) {
        return usual;
    }

    /** Where downloads go. */
    protected final Path arrived() {
        return folder.resolve("arrived");
    }

    protected final Neighbour neighbour() throws EngineStartException {
        Neighbour neighbour = new Neighbour(folder.resolve("neighbour-" + neighbours.size()));
        neighbours.push(neighbour);
        return neighbour;
    }

    /** The .torrent file of what is called {@code name}. */
    protected final Path torrent(String name) {
        return folder.resolve(name + ".torrent");
    }

    /** A folder with files of these sizes, called {@code a.bin}, {@code b.bin} and so on. */
    protected final Path source(String name, int... sizes) throws IOException {
        Path source = Files.createDirectories(folder.resolve("given").resolve(name));
        Random random = new Random(name.hashCode());
        for (int i = 0; i < sizes.length; i++) {
            byte[] content = new byte[sizes[i]];
            random.nextBytes(content);
            Files.write(source.resolve((char) ('a' + i) + ".bin"), content);
        }
        return source;
    }

    /** A neighbour who has it all, and the .torrent file at {@link #torrent}. */
    protected final Neighbour giving(Path source, String... trackers) throws EngineStartException {
        Neighbour neighbour = neighbour();
        neighbour.make(source, torrentOf(source), PIECE, trackers);
        neighbour.give(torrentOf(source), source.getParent());
        return neighbour;
    }

    protected final Path torrentOf(Path source) {
        return torrent(source.getFileName().toString());
    }

    /** Adds it through the dialog, and selects its row. */
    protected final InfoHash addTorrent(Path torrent) {
        DownloadsPage downloads = new DownloadsPage(robot);
        AddPage add = new AddPage(robot);
        desktop.chooseTorrents(torrent);
        downloads.pressAdd();
        add.untilReady();
        add.submit();
        add.untilClosed();
        InfoHash hash = hashOf(torrent);
        downloads.untilListed(hash);
        downloads.select(hash);
        return hash;
    }

    protected final InfoHash hashOf(Path torrent) {
        return Neighbour.done(engine.inspect(torrent)).hash();
    }

    /** Tells our engine where somebody is, as {@code sallyport get --peer} does. */
    protected final void introduce(InfoHash hash, Neighbour neighbour) {
        Neighbour.done(engine.addPeers(hash, List.of(neighbour.address())));
    }

    protected static void assertSameBytes(Path expected, Path actual) {
        assertThat(actual).hasSameBinaryContentAs(expected);
    }

    /** A sample of the kind the program brings along: a neighbour has it, and it is added with the neighbour's address. */
    @Override
    protected final CompletableFuture<Outcome<InfoHash>> runSample() {
        try {
            Path source = source("sample", 40_000, 70_000);
            PeerAddress from = giving(source).address();
            return engine.add(AddRequest.download(torrentOf(source), arrived()).withPeers(List.of(from)));
        } catch (IOException | EngineStartException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @AfterEach
    final void sendNeighboursHome() {
        neighbours.forEach(Neighbour::close);
    }
}
