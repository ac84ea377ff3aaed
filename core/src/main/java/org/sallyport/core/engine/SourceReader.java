package org.sallyport.core.engine;

import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;

/** Reads the .torrent that a file or web address stands for. Any thread. */
final class SourceReader {
    private final CommandThread commands;
    private final WebTorrents web;

    SourceReader(CommandThread commands, WebTorrents web) {
        this.commands = commands;
        this.web = web;
    }

    /** Refused {@code publisher.no-author} for a magnet link, which is only a name. */
    CompletableFuture<Outcome<Metainfo>> read(AddSource source) {
        if (source instanceof AddSource.WebAddress address) {
            return web.of(address.url());
        }
        return commands.run(() -> {
            if (source instanceof AddSource.MetainfoFile file) {
                return Outcome.done(MetainfoReader.read(file.path()));
            }
            throw new RefusedException("publisher.no-author", "A magnet link is not signed, so there is nobody to remember. Use the .torrent file.");
        });
    }
}
