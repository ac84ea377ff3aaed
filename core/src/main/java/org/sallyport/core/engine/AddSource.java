package org.sallyport.core.engine;

import java.nio.file.Path;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.model.RefusedException;

/** Where a torrent to add is described. */
public sealed interface AddSource {

    /** A .torrent file. */
    record MetainfoFile(Path path) implements AddSource { }

    /** @throws RefusedException with a rule {@code magnet.…} if nothing could be found by it */
    static AddSource magnet(String text) throws RefusedException {
        Magnet.parse(text);
        return new MagnetLink(text.strip());
    }

    /** A magnet link (BEP 9): the list of files comes from peers. */
    record MagnetLink(String text) implements AddSource { }
}
