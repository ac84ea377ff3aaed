package org.sallyport.core.engine;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SavedVerdict.Fate;
import org.sallyport.core.screening.Screened;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept of the verdicts on a torrent's files, and which of them still count. Network thread only. */
final class VerdictLedger {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictLedger.class);

    private final Services services;
    private final TorrentFiles files;
    private final TorrentLedger ledger;
    private final FileVerdicts verdicts;
    private final DeliveryNews news;

    VerdictLedger(Services services, TorrentFiles files, TorrentLedger ledger, FileVerdicts verdicts, DeliveryNews news) {
        this.services = services;
        this.files = files;
        this.ledger = ledger;
        this.verdicts = verdicts;
        this.news = news;
    }

    /** There is nothing to do with it by itself. */
    boolean isSettled(FileEntry file) {
        return files.layout().isReleased(file.index())
                ? ledger.saved().existing() || verdicts.of(file.index()).filter(row -> !isStale(row)).isPresent()
                : verdicts.isKept(file.index());
    }

    /** What was found out about it is worth nothing any more. */
    private static boolean isStale(SavedVerdict row) {
        return row.verdict().kind() == Verdict.Kind.NOT_SCANNED && row.sha256().isEmpty() && row.engine().isEmpty();
    }

    /** @param allowed policy lets it out */
    SavedVerdict row(FileEntry file, Screened screened, boolean allowed) {
        boolean out = files.layout().isReleased(file.index());
        boolean freed = verdicts.of(file.index()).filter(row -> row.fate() == Fate.FREED && !row.sha256().isEmpty()
                && row.sha256().equals(screened.sha256()))
                .isPresent();
        // what is out already and merely odd stays: only malware is taken back
        boolean stays = out && screened.verdict().kind() != Verdict.Kind.INFECTED;
        Fate fate = freed ? Fate.FREED : allowed || stays ? Fate.RELEASED : Fate.HELD;
        return new SavedVerdict(files.metainfo().hash(), file.index(), screened.verdict(), screened.sha256(), screened.at(), screened.engine(),
                screened.definitions(), screened.retry(), fate);
    }

    /** @return done when it survives a kill */
    CompletableFuture<Boolean> save(SavedVerdict row) {
        return services.journal().saveVerdict(row);
    }

    /** A released file is not what was looked at any more: what was found then is worth nothing. */
    void changed(FileEntry file) {
        verdicts.of(file.index()).filter(row -> files.layout().isReleased(file.index()) && !isStale(row)).ifPresent(row -> {
            SavedVerdict stale = new SavedVerdict(row.hash(), row.file(), Verdict.notScanned("It was changed after it was looked at."), "",
                    services.clock().instant(), "", Instant.EPOCH, true, Fate.RELEASED);
            verdicts.put(stale);
            save(stale).exceptionally(failure -> {
                LOG.error("that a file was changed could not be saved", failure);
                return false;
            });
            news.changed(file);
        });
    }

    /** Files that were deleted in quarantine and are wanted again: nothing that is believed of them holds. */
    List<FileEntry> takeWantedAgain() {
        List<FileEntry> again = ledger.wantedFiles().stream().filter(file -> verdicts.is(file.index(), Fate.DELETED)).toList();
        again.forEach(this::forget);
        return again;
    }

    /** A check has found where each file is, and which are whole. */
    void found() {
        Set<Integer> released = new HashSet<>();
        files.metainfo().files().stream().map(FileEntry::index).filter(files.layout()::isReleased).forEach(released::add);
        ledger.keep(ledger.saved().existing() ? ledger.saved() : ledger.saved().withReleased(released));
        for (SavedVerdict row : List.copyOf(verdicts.all())) {
            FileEntry file = files.metainfo().files().get(row.file());
            if (row.fate() == Fate.HELD && !ledger.progress().hasAllOf(file)) {
                forget(file);
            }
        }
    }

    private void forget(FileEntry file) {
        verdicts.forget(file.index());
        services.journal().removeVerdict(files.metainfo().hash(), file.index());
    }
}
