package org.sallyport.core.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentOptions;

/** Changes what the user chose for a torrent, and its place in the queue. Command thread. */
final class TorrentChoices {
    private final TorrentAccess access;

    TorrentChoices(TorrentAccess access) {
        this.access = access;
    }

    Outcome<InfoHash> change(InfoHash hash, UnaryOperator<TorrentOptions> change) throws RefusedException, ExecutionException, TimeoutException {
        TorrentOptions before = access.with(hash, torrent -> torrent.saved().options());
        TorrentOptions wanted = change.apply(before);
        return access.with(hash, torrent -> {
            torrent.choose(OptionsCheck.passed(wanted, torrent.metainfo(), torrent.saved().existing()));
            return Outcome.done(hash);
        });
    }

    Outcome<InfoHash> queue(InfoHash hash, QueueMove move) throws RefusedException, ExecutionException, TimeoutException {
        return access.with(hash, torrent -> {
            access.roster().move(hash, move);
            return Outcome.done(hash);
        });
    }
}
