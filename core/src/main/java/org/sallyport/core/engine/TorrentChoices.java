package org.sallyport.core.engine;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentOptions;

/** Changes what the user chose for a torrent, and its place in the queue. Command thread. */
final class TorrentChoices {
    private final TorrentAccess access;
    private final FileChoice files;

    TorrentChoices(TorrentAccess access, FileChoice files) {
        this.access = access;
        this.files = files;
    }

    /** @param accepted the user agreed to risky names among the files that are wanted from now on */
    Outcome<InfoHash> change(InfoHash hash, UnaryOperator<TorrentOptions> change, boolean accepted)
            throws RefusedException, ExecutionException, TimeoutException {
        Optional<TorrentOptions> ofMagnet = access.commands()
                .onLoop(() -> access.roster().magnets().find(hash).map(magnet -> magnet.request().options()));
        return ofMagnet.isPresent() ? changeMagnet(hash, ofMagnet.get(), change.apply(ofMagnet.get())) : changeTorrent(hash, change, accepted);
    }

    /** Its torrent takes it over when its metadata is there: on this thread, so not in between. */
    private Outcome<InfoHash> changeMagnet(InfoHash hash, TorrentOptions before, TorrentOptions wanted)
            throws RefusedException, ExecutionException, TimeoutException {
        TorrentOptions passed = OptionsCheck.passed(wanted, before.priorities());
        return access.commands().onLoop(() -> {
            Optional<PendingMagnet> magnet = access.roster().magnets().find(hash);
            magnet.ifPresent(there -> there.choose(passed));
            access.roster().magnets().giveTurns();
            access.publish();
            return magnet.isPresent() ? Outcome.done(hash) : TorrentAccess.unknown(hash);
        });
    }

    private Outcome<InfoHash> changeTorrent(InfoHash hash, UnaryOperator<TorrentOptions> change, boolean accepted)
            throws RefusedException, ExecutionException, TimeoutException {
        TorrentOptions before = access.with(hash, torrent -> torrent.saved().options());
        TorrentOptions wanted = change.apply(before);
        Metainfo metainfo = access.with(hash, ManagedTorrent::metainfo);
        boolean existing = access.with(hash, torrent -> torrent.saved().existing());
        OptionsCheck.passed(wanted, metainfo, existing);
        files.check(metainfo, before, wanted, accepted);
        return access.with(hash, torrent -> {
            torrent.choose(wanted);
            return Outcome.done(hash);
        });
    }

    Outcome<InfoHash> queue(InfoHash hash, QueueMove move) throws RefusedException, ExecutionException, TimeoutException {
        if (access.commands().onLoop(() -> access.roster().magnets().find(hash).isPresent())) {
            throw new RefusedException("queue.no-metadata",
                    "Its list of files is fetched beside the queue. It gets a place at the end of the queue when the list "
                    + "has arrived; move it then.");
        }
        return access.with(hash, torrent -> {
            access.roster().move(hash, move);
            return Outcome.done(hash);
        });
    }
}
