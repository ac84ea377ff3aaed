package org.sallyport.core.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.storage.FileMoves;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a torrent's files out of quarantine once every wanted part is verified, and knows what screening thought of them. Network thread only. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Services services;
    private final Metainfo metainfo;
    private final Layout layout;
    private final FileMoves moves;
    private final TorrentLedger ledger;
    private final Owner owner;
    private final Map<Integer, Verdict> verdicts = new HashMap<>();
    private boolean releasing;
    private boolean again;

    /** Hears what came of it, on the network thread. */
    interface Owner {
        boolean gone();

        /** Verified, and not merely believed to be. */
        boolean complete();

        void becameComplete();

        /** Files are elsewhere now: what they are is to be noted. */
        void filesMoved();

        /** All that is wanted is in its place; nothing is left to do with it. */
        void settled();

        void fail(StorageException trouble);

        /** Nothing is done with the files any more; what waited for that may go on. */
        void activate();
    }

    Delivery(Services services, TorrentFiles files, TorrentLedger ledger, Owner owner) {
        this.services = services;
        this.metainfo = files.metainfo();
        this.layout = files.layout();
        this.moves = files.moves();
        this.ledger = ledger;
        this.owner = owner;
    }

    /** What screening thought of a file in this run. */
    Optional<Verdict> verdict(int file) {
        return Optional.ofNullable(verdicts.get(file));
    }

    /** What was thought of the same files under another name or in another folder. */
    void inherit(Delivery other) {
        verdicts.putAll(other.verdicts);
    }

    /** Files are on their way out of quarantine now. */
    boolean releasing() {
        return releasing;
    }

    /** All that is wanted has left quarantine. */
    boolean over() {
        return ledger.wantedFiles().stream().allMatch(file -> layout.isReleased(file.index()));
    }

    /** All that is wanted is there, but files were left in quarantine, because others that held them up were skipped while it was paused. */
    boolean awaited() {
        return ledger.wantedFiles().stream().anyMatch(file -> !layout.isReleased(file.index()) && verdict(file.index()).isEmpty());
    }

    /** Every wanted piece is verified. */
    void due() {
        if (releasing) {
            again = true; // a file was chosen meanwhile, and is here already
        } else if (!over()) {
            services.events().info("torrent.verified", metainfo.hash(), "\"" + metainfo.name() + "\" is complete and every part is right.");
            release();
        } else if (!ledger.saved().existing()) {
            owner.settled();
        }
    }

    private void release() {
        releasing = true;
        new Release(metainfo.hash(), layout, moves, services).run(ledger.wantedFiles(), ledger.saved().options()).whenCompleteAsync((outcome, failure) -> {
            releasing = false;
            if (owner.gone()) {
                return;
            }
            if (failure != null) {
                LOG.error("the release of {} failed", metainfo.hash().shortHex(), failure);
                owner.fail(Trouble.of(failure));
                return;
            }
            keep(outcome);
            if (outcome.trouble().isPresent()) {
                owner.fail(outcome.trouble().get());
            } else {
                services.events().info("torrent.released", metainfo.hash(), "\"" + metainfo.name() + "\" is in its folder.");
                released();
            }
            owner.activate(); // a recheck may have been asked for meanwhile
        }, services.loop());
    }

    private void keep(Release.Result outcome) {
        verdicts.putAll(outcome.verdicts());
        Set<Integer> released = new HashSet<>(ledger.saved().released());
        released.addAll(outcome.released());
        ledger.keep(ledger.saved().withReleased(released));
        ledger.progress().synced((BitSet) ledger.progress().have().clone());
        ledger.saveProgress();
        owner.filesMoved();
    }

    /** Meanwhile other files may have been chosen. */
    private void released() {
        boolean more = again;
        again = false;
        if (more && owner.complete()) {
            owner.becameComplete();
        } else if (owner.complete()) {
            owner.settled();
        }
    }

    /** A check has found where each file is. */
    void found() {
        Set<Integer> released = new HashSet<>();
        metainfo.files().stream().map(FileEntry::index).filter(layout::isReleased).forEach(released::add);
        ledger.keep(ledger.saved().existing() ? ledger.saved() : ledger.saved().withReleased(released));
    }
}
