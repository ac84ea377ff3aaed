package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SavedVerdict.Fate;
import org.sallyport.core.policy.Decision;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.policy.PolicyRequest.ServePeer.Contents;
import org.sallyport.core.screening.Manifests;
import org.sallyport.core.storage.FileNote;
import org.sallyport.core.trust.Publisher;

/**
 * The way of one file of a torrent: looked at, judged, its verdict kept, then moved or held. One file at a time. Cut short anywhere, the file is
 * in quarantine, or out of it with a kept verdict. Network thread only; everything that waits is in {@link FileLook}.
 */
final class FileWay {
    private final Services services;
    private final TorrentFiles files;
    private final TorrentLedger ledger;
    private final FileVerdicts verdicts;
    private final DeliveryOwner owner;
    private final End end;
    private final DeliveryNews news;
    private final VerdictLedger rows;
    private final Rescans rescans;
    private final List<FileEntry> manifests;
    private Optional<AuthorsWord> word = Optional.empty();
    private Optional<FileLook> current = Optional.empty();
    private boolean touching;

    /** Hears where the way of a file ended; the next may begin then. */
    interface End {
        /** It has its verdict, and is where that puts it. */
        void arrived(FileEntry file, Outcome<Verdict> outcome);

        /** Somebody else needs the files, or the program ends: it is begun anew later. */
        void left();

        void failed(FileLook look, Throwable failure);
    }

    FileWay(Services services, TorrentFiles files, TorrentLedger ledger, FileVerdicts verdicts, DeliveryOwner owner, End end) {
        this.services = services;
        this.files = files;
        this.ledger = ledger;
        this.verdicts = verdicts;
        this.owner = owner;
        this.end = end;
        this.news = new DeliveryNews(services, files);
        this.rows = new VerdictLedger(services, files, ledger, verdicts, news);
        this.rescans = new Rescans(services.surroundings().screening().again());
        this.manifests = files.metainfo().files().stream().filter(file -> !file.pad() && Manifests.isOne(file.path())).toList();
    }

    DeliveryNews news() {
        return news;
    }

    VerdictLedger rows() {
        return rows;
    }

    boolean isFree() {
        return current.isEmpty();
    }

    boolean isOf(int file) {
        return current.filter(look -> look.file().index() == file).isPresent();
    }

    /** The file is made ready or moved this moment: nobody else may touch the torrent's files. */
    boolean touching() {
        return touching;
    }

    /** The first file that is worth another look. */
    Optional<FileEntry> dueAgain(ScannerState scanner, long now) {
        return rescans.due(verdicts.all(), scanner, now).map(row -> files.metainfo().files().get(row.file()));
    }

    /** Only while the way is free. */
    void begin(FileEntry file) {
        FileLook look = take(file);
        then(look, look.ready(), seen -> screen(look, seen));
    }

    /** A person lets a file out that is held; allowed already. Only while the way is free. */
    void free(FileEntry file, SavedVerdict held) {
        FileLook look = take(file);
        then(look, look.ready(), seen ->
                decide(look, held.withFate(Fate.FREED), () -> look.release(seen, news.origin()), Optional.empty()));
    }

    /** A person deletes a file that is held. Only while the way is free. */
    void delete(FileEntry file, SavedVerdict held) {
        FileLook look = take(file);
        SavedVerdict row = held.withFate(Fate.DELETED);
        then(look, rows.save(row).thenCompose(kept -> look.destroy()), done -> {
            verdicts.put(row);
            news.deleted(file, row);
            arrived(look, row);
        });
    }

    /** Somebody else needs the files: what is only being looked at is let go of. */
    void interrupt() {
        current.ifPresent(FileLook::cancel);
        current.filter(look -> !touching).ifPresent(this::leave);
    }

    private FileLook take(FileEntry file) {
        FileLook look = new FileLook(file, files, services);
        current = Optional.of(look);
        touching = true;
        return look;
    }

    /** Goes on when a stage is over; what fails ends the file's way for now. */
    private <T> void then(FileLook look, CompletableFuture<T> stage, Consumer<T> next) {
        stage.whenCompleteAsync((done, failure) -> {
            if (current.filter(look::equals).isEmpty()) {
                return; // left meanwhile
            }
            if (owner.gone() || isEnded(failure)) {
                leave(look);
            } else if (failure == null) {
                next.accept(done);
            } else {
                release(look);
                end.failed(look, failure);
            }
        }, services.loop());
    }

    /** Somebody needs the file for something else, or the program ends: that is no trouble. */
    private static boolean isEnded(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof CancellationException || cause instanceof RejectedExecutionException;
    }

    private void screen(FileLook look, FileNote seen) {
        touching = false;
        if (look.cancelled()) {
            leave(look);
            return;
        }
        then(look, look.screen(seen, word(), ledger.saved().options().intent()), looked -> judge(look, looked));
        owner.activate(); // what waited for the files may go on: they are only read now
    }

    /** What is said of its files, as far as that has arrived. */
    private AuthorsWord word() {
        List<FileEntry> there = manifests.stream().filter(ledger.progress()::hasAllOf).toList();
        List<Publisher> book = services.origins().book().publishers();
        if (word.filter(known -> known.isOf(book, there)).isEmpty()) {
            word = Optional.of(new AuthorsWord(files, book, there));
        }
        return word.get();
    }

    private void judge(FileLook look, FileLook.Looked looked) {
        FileEntry file = look.file();
        if (look.cancelled() || !owner.filesFree() || !ledger.progress().hasAllOf(file)) {
            leave(look); // it is looked at again when it is there again
            return;
        }
        Decision decision = services.policy()
                .decide(new PolicyRequest.ReleaseFile(files.metainfo().hash(), file.path(), looked.screened().verdict()));
        SavedVerdict row = rows.row(file, looked.screened(), decision.allowed());
        news.verdict(file, row);
        decide(look, row, move(look, row, looked.seen()), decision.reason());
    }

    private Supplier<CompletableFuture<Boolean>> move(FileLook look, SavedVerdict row, FileNote seen) {
        if (row.fate() == Fate.HELD) {
            return look::keep;
        }
        boolean out = files.layout().isReleased(row.file());
        return out ? () -> CompletableFuture.completedFuture(true) : () -> look.release(seen, news.origin());
    }

    /** Nothing moves before its verdict is kept. */
    private void decide(FileLook look, SavedVerdict row, Supplier<CompletableFuture<Boolean>> move, Optional<Refusal> why) {
        FileEntry file = look.file();
        boolean wasInfected = verdicts.contents() == Contents.INFECTED;
        boolean wasHeld = verdicts.is(file.index(), Fate.HELD);
        boolean wasOut = files.layout().isReleased(file.index());
        verdicts.put(row);
        rescans.looked(row, System.nanoTime());
        if (verdicts.contents() == Contents.INFECTED && !wasInfected) {
            owner.contentsChanged(true);
            news.shut(file, row, look.millisSinceAnswer());
        }
        touching = true;
        // first, that its pieces are there: else after a crash a file is in its place that nobody believes was ever fetched
        ledger.saveProgress();
        then(look, rows.save(row).thenCompose(kept -> move.get()), marked -> {
            if (row.fate() == Fate.HELD && !wasHeld) {
                why.ifPresent(refusal -> news.held(file, row, refusal));
            } else if (row.fate() != Fate.HELD && !wasOut) {
                news.released(file, row);
            }
            if (!marked) {
                services.screening().tellUnmarked(files.layout().folder().toString());
            }
            arrived(look, row);
        });
    }

    private void arrived(FileLook look, SavedVerdict row) {
        release(look);
        end.arrived(look.file(), Outcome.done(row.verdict()));
    }

    private void leave(FileLook look) {
        release(look);
        end.left();
    }

    private void release(FileLook look) {
        if (current.filter(look::equals).isPresent()) {
            current = Optional.empty();
            touching = false;
        }
    }
}
