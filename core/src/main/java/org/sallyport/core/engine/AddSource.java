package org.sallyport.core.engine;

import java.nio.file.Path;

/** Where a torrent to add is described. */
public sealed interface AddSource {

    /** A .torrent file. */
    record MetainfoFile(Path path) implements AddSource { }

    /** A magnet link (BEP 9): the list of files comes from peers. */
    record MagnetLink(String text) implements AddSource { }
}
