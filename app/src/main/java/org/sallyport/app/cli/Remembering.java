package org.sallyport.app.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.TorrentPreview;

/** {@code --remember-publisher}: who signed a torrent that is added is known from then on. */
final class Remembering {
    private Remembering() { }

    /** Empty when there is nobody to remember: unsigned, or known already; what is weak or broken is refused. */
    static Optional<CompletableFuture<Outcome<PublisherSnapshot>>> of(Engine engine, AddSource source, TorrentPreview torrent) {
        Authorship author = torrent.author();
        return switch (author.kind()) {
            case NEW, EXPIRED, WEAK -> author.name().isEmpty()
                    ? Optional.of(engine.publishers().remember(source, author, "")) : Optional.empty();
            case KNOWN, BROKEN, NONE -> Optional.empty();
        };
    }
}
