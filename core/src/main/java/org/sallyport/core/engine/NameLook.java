package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.screening.FileNames;

/** What the names of one torrent's files give away: looked at once, when somebody asks. Any thread. */
final class NameLook {
    private final Metainfo metainfo;
    private final AtomicReference<Optional<Seen>> seen = new AtomicReference<>(Optional.empty());

    private record Seen(List<List<NameFlag>> flags, TorrentPreview preview) { }

    NameLook(Metainfo metainfo) {
        this.metainfo = metainfo;
    }

    boolean done() {
        return seen.get().isPresent();
    }

    /** Takes tenths of a second for a torrent of 100,000 files: not on the network thread. */
    void look() {
        if (!done()) {
            List<List<NameFlag>> flags = FileNames.flags(metainfo);
            seen.set(Optional.of(new Seen(flags, metainfo.preview().withFlags(flags))));
        }
    }

    /** Nothing before it is {@linkplain #done() done}. @param file 0-based index in the torrent */
    List<NameFlag> flags(int file) {
        return seen.get().map(names -> names.flags().get(file)).orElse(List.of());
    }

    /** With flags when it is {@linkplain #done() done}. */
    TorrentPreview preview() {
        return seen.get().map(Seen::preview).orElseGet(metainfo::preview);
    }
}
