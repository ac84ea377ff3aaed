package org.sallyport.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.sallyport.core.metainfo.AuthorRequest;
import org.sallyport.core.metainfo.Signing;
import org.sallyport.core.metainfo.TorrentAuthor;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.storage.Digests;

/** Makes one .torrent file, with progress and a way to stop. */
final class Authoring {
    private final CreateRequest request;
    private final Consumer<Double> progress;
    private final PublisherDesk publishers;
    private volatile boolean cancelled;

    Authoring(CreateRequest request, Consumer<Double> progress, PublisherDesk publishers) {
        this.publishers = publishers;
        this.request = request;
        this.progress = progress;
    }

    void cancelIf(boolean wanted) {
        cancelled |= wanted;
    }

    Outcome<TorrentPreview> run() throws RefusedException, IOException {
        AuthorRequest author = AuthorRequest.of(request.source(), request.target())
                .withPieceLength(request.pieceLength()).withTiers(request.tiers()).withWebSeeds(request.webSeeds())
                .withPrivateTorrent(request.privateTorrent()).withComment(request.comment());
        List<Signing> signings = request.publisher().isEmpty() ? List.of() : List.of(publishers.signing(request.publisher(), request.expires()));
        try {
            return Outcome.done(publishers.withAuthor(TorrentAuthor.write(author, signings, Digests.sha1(), progress::accept, () -> cancelled)));
        } catch (CancellationException e) {
            return Outcome.failed("Stopped; no file was written.");
        }
    }
}
