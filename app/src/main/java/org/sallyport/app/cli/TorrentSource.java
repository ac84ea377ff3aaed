package org.sallyport.app.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;

/** Where a torrent comes from, as typed. */
final class TorrentSource {
    private TorrentSource() { }

    /**
     * The .torrent file, web address or magnet link that {@code text} is.
     *
     * @throws RefusedException never for a magnet link or web address, which are not looked at
     * @throws CommandFailedException if there is no such file
     */
    static AddSource of(String text, Path cwd) throws RefusedException, CommandFailedException {
        if (AddSource.WebAddress.isOne(text)) {
            return new AddSource.WebAddress(text.strip());
        }
        return AddSource.MagnetLink.isOne(text) ? new AddSource.MagnetLink(text.strip()) : new AddSource.MetainfoFile(file(text, cwd));
    }

    /** What it says of itself; only a .torrent at a web address is fetched. @throws RefusedException for a magnet link that is broken */
    static CompletableFuture<Outcome<TorrentPreview>> preview(Engine engine, AddSource source) throws RefusedException {
        if (source instanceof AddSource.MagnetLink magnet) {
            return CompletableFuture.completedFuture(Outcome.done(magnet.said()));
        }
        return source instanceof AddSource.WebAddress web ? engine.torrents().look(web.url())
                : engine.inspect(((AddSource.MetainfoFile) source).path());
    }

    /** Everything in it; peers are asked for the list of files of a magnet link. @param peers asked, too */
    static CompletableFuture<Outcome<TorrentPreview>> contents(Engine engine, AddSource source, List<PeerAddress> peers) throws RefusedException {
        if (source instanceof AddSource.MagnetLink magnet) {
            return engine.torrents().look(magnet.text() + peers.stream().map(peer -> "&x.pe=" + peer).collect(Collectors.joining()));
        }
        return preview(engine, source);
    }

    /**
     * The .torrent file that {@code text} names.
     *
     * @throws RefusedException for magnets and web addresses
     * @throws CommandFailedException if there is no such file
     */
    static Path file(String text, Path cwd) throws RefusedException, CommandFailedException {
        if (AddSource.MagnetLink.isOne(text)) {
            throw new RefusedException("magnet.not-here",
                    "A magnet link cannot be used here, because it does not say which files belong to it. "
                            + "Give the name of the .torrent file instead.");
        }
        if (AddSource.WebAddress.isOne(text)) {
            throw new RefusedException("seed.url",
                    "A web address cannot be used here. Fetch the .torrent file with your browser and give its name instead.");
        }
        try {
            Path file = cwd.resolve(text).normalize();
            if (!Files.isRegularFile(file)) {
                throw new CommandFailedException(Exit.FAILED, "There is no file " + text + ".");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new CommandFailedException(Exit.FAILED, "'" + text + "' is not the name of a file.", e);
        }
    }
}
