package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SavedVerdict.Fate;
import org.sallyport.core.policy.Decision;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.policy.PolicyRequest.ServePeer.Contents;
import org.sallyport.core.screening.Manifests;
import org.sallyport.core.storage.FileNote;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.trust.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a torrent's files out of quarantine, one after another, each as soon as it is whole: looked at, judged, its verdict kept, then moved
 * or held (design: "the way of a file"). Cut short anywhere, a file is in quarantine, or out of it with a kept verdict; what is unfinished is
 * begun anew. Network thread only; everything that waits is in {@link FileLook}.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long LOOK_AROUND_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Services services;
    private final TorrentFiles files;
    private final TorrentLedger ledger;
    private final FileVerdicts verdicts;
    private final DeliveryOwner owner;
    private final DeliveryNews news;
    private final VerdictLedger rows;
    private final DueFiles due;
    private final List<FileEntry> manifests;
    private Optional<AuthorsWord> word = Optional.empty();
    private final Rescans rescans;
    private final AskedFiles asked;
    private Optional<FileLook> current = Optional.empty();
    private boolean touching;
    private boolean announcing;
    /** Something wanted was missing; when nothing is any more, that is news. */
    private boolean lacking;
    private boolean unrecorded;
    private Over over = new Over(-1, -1, List.of(), true);
    private long nextLookAround = System.nanoTime();

    Delivery(Services services, TorrentFiles files, TorrentLedger ledger, FileVerdicts verdicts, DeliveryOwner owner) {
        this.services = services;
        this.files = files;
        this.ledger = ledger;
        this.verdicts = verdicts;
        this.owner = owner;
        this.news = new DeliveryNews(services, files);
        this.rows = new VerdictLedger(services, files, ledger, verdicts, news);
        this.due = new DueFiles(files.metainfo(), ledger, file -> looksAt(file.index()) || rows.isSettled(file));
        this.asked = new AskedFiles(files.metainfo());
        this.manifests = files.metainfo().files().stream().filter(file -> !file.pad() && Manifests.isOne(file.path())).toList();
        this.rescans = new Rescans(services.surroundings().screening().again());
    }

    private Layout layout() {
        return files.layout();
    }

    private Metainfo metainfo() {
        return files.metainfo();
    }

    /** Files are on their way out of quarantine this moment: nobody else may touch them. */
    boolean releasing() {
        return touching;
    }

    VerdictLedger rows() {
        return rows;
    }

    /** A file is being looked at or moved. */
    boolean atWork() {
        return current.isPresent();
    }

    /** There is a file to look at, or one being looked at. */
    boolean busy() {
        return atWork() || ledger.running() && !due.isEmpty();
    }

    boolean looksAt(int file) {
        return current.filter(look -> look.file().index() == file).isPresent();
    }

    /** What {@link #over} was when all it goes by was as here. */
    private record Over(int layout, int verdicts, List<FileEntry> wanted, boolean over) { }

    /** All that is wanted has left quarantine, or is held there. Asked several times a second, of up to 100,000 files. */
    boolean over() {
        List<FileEntry> wanted = ledger.wantedFiles();
        int places = layout().version();
        if (over.layout() != places || over.verdicts() != verdicts.version() || over.wanted() != wanted) {
            over = new Over(places, verdicts.version(), wanted,
                    wanted.stream().allMatch(file -> layout().isReleased(file.index()) || verdicts.isKept(file.index())));
        }
        return over.over();
    }

    /** Something that is wanted is there, but was not looked at, because it was paused before. */
    boolean awaited() {
        return !over();
    }

    /** A piece is right now. */
    void verified(int piece) {
        due.verified(piece);
        step();
    }

    /** Every wanted piece is verified. */
    void due() {
        if (ledger.saved().existing()) {
            return;
        }
        if ((lacking || !over()) && !announcing) {
            announcing = true;
            news.verified();
        } else if (over() && !announcing) {
            owner.settled();
        }
        lacking = false;
        sweep();
        if (announcing && over() && current.isEmpty()) {
            finish(); // what was missing is not wanted any more, and the rest was out before
        }
    }

    /** It exchanges from now on, or other files are wanted: what is whole and was not looked at is due. */
    void sweep() {
        if (!ledger.saved().existing()) {
            lacking |= !owner.complete();
            destroyDeleted();
            due.sweep();
            step();
        }
    }

    /** A crash may have come between the decision and the deed. */
    private void destroyDeleted() {
        verdicts.all().stream().filter(row -> row.fate() == Fate.DELETED).map(row -> metainfo().files().get(row.file()))
                .forEach(file -> new FileLook(file, files, services).destroy());
    }

    /** Once a second. */
    void tick(long now) {
        record();
        if (due.waitIsOver()) {
            step();
        }
        if (now - nextLookAround >= 0 && current.isEmpty() && owner.filesFree() && !owner.gone()) {
            nextLookAround = now + LOOK_AROUND_NANOS;
            rescans.due(verdicts.all(), services.screening().scanner(), now).ifPresent(row -> look(metainfo().files().get(row.file())));
        }
    }

    /** Looks at a file again that has a verdict. @return the new one */
    CompletableFuture<Outcome<Verdict>> rescan(FileEntry file) {
        CompletableFuture<Outcome<Verdict>> answer = asked.ask(file);
        step();
        return answer;
    }

    /** The next file, unless one is under way. */
    private void step() {
        while (current.isEmpty() && !owner.gone() && owner.filesFree()) {
            Optional<FileEntry> next = asked.first().or(ledger.running() ? due::take : Optional::empty);
            if (next.isEmpty()) {
                return;
            }
            look(next.get());
        }
    }

    private void look(FileEntry file) {
        if (layout().isReleased(file.index()) && !owner.filesKnown()) {
            asked.answer(file, Outcome.failed("It is out of quarantine, and its torrent is paused. Start the torrent first."));
            return;
        }
        if (layout().isReleased(file.index()) && !files.moves().isAsReleased(file)) {
            changed(file);
            return;
        }
        FileLook look = new FileLook(file, files, services);
        current = Optional.of(look);
        touching = true;
        then(look, look.ready(), (seen, failure) -> screen(look, seen));
    }

    private void screen(FileLook look, FileNote seen) {
        touching = false;
        if (look.cancelled()) {
            drop(look);
            return;
        }
        then(look, look.screen(seen, word(), ledger.saved().options().intent()), (looked, failure) -> judge(look, looked));
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

    /** Goes on when a stage is over; what fails ends the file's way for now. */
    private <T> void then(FileLook look, CompletableFuture<T> stage, BiConsumer<T, Throwable> next) {
        stage.whenCompleteAsync((done, failure) -> {
            if (current.filter(look::equals).isEmpty()) {
                return; // dropped meanwhile
            }
            if (owner.gone() || isEnded(failure)) {
                drop(look);
            } else if (failure == null) {
                next.accept(done, null);
            } else {
                failed(look, failure);
            }
        }, services.loop());
    }

    /** Somebody needs the file for something else, or the program ends: that is no trouble. */
    private static boolean isEnded(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof CancellationException || cause instanceof RejectedExecutionException;
    }

    private void judge(FileLook look, FileLook.Looked looked) {
        FileEntry file = look.file();
        if (look.cancelled() || !owner.filesFree() || !ledger.progress().hasAllOf(file)) {
            drop(look); // it is looked at again when it is there again
            return;
        }
        Decision decision = services.policy().decide(new PolicyRequest.ReleaseFile(metainfo().hash(), file.path(), looked.screened().verdict()));
        SavedVerdict row = rows.row(file, looked.screened(), decision.allowed());
        news.verdict(file, row);
        boolean out = layout().isReleased(file.index());
        decide(look, row, row.fate() == Fate.HELD ? look::keep : out ? () -> CompletableFuture.completedFuture(true) : () -> look.release(looked.seen(), news.origin()),
                decision.fold(Optional::<Refusal>empty, deny -> Optional.of(deny.refusal())));
    }

    private interface Move {
        CompletableFuture<Boolean> begin();
    }

    /** Nothing moves before its verdict is kept. */
    private void decide(FileLook look, SavedVerdict row, Move move, Optional<Refusal> why) {
        FileEntry file = look.file();
        boolean wasInfected = verdicts.contents() == Contents.INFECTED;
        boolean wasHeld = verdicts.is(file.index(), Fate.HELD);
        boolean wasOut = layout().isReleased(file.index());
        verdicts.put(row);
        rescans.looked(row, System.nanoTime());
        if (verdicts.contents() == Contents.INFECTED && !wasInfected) {
            news.shut(file, row);
            owner.contentsChanged(true);
        }
        touching = true;
        then(look, rows.save(row).thenCompose(kept -> move.begin()), (marked, failure) -> {
            if (row.fate() == Fate.HELD && !wasHeld) {
                why.ifPresent(refusal -> news.held(file, row, refusal));
            } else if (row.fate() != Fate.HELD && !wasOut) {
                news.released(file, row);
            }
            if (!marked) {
                services.screening().tellUnmarked(layout().folder().toString());
            }
            ended(look, Outcome.done(row.verdict()));
        });
    }

    private void ended(FileLook look, Outcome<Verdict> outcome) {
        unrecorded = true;
        release(look);
        asked.answer(look.file(), outcome);
        step();
        if (current.isEmpty()) {
            record();
            finish();
        }
    }

    private void finish() {
        if (announcing && owner.complete() && over()) {
            announcing = false;
            CompletableFuture.runAsync(files.moves()::tidyQuarantine, services.disk().threads().housekeeping())
                    .whenCompleteAsync((done, failure) -> news.delivered(verdicts.held()), services.loop());
            owner.contentsChanged(false);
            owner.settled();
        } else {
            owner.contentsChanged(false);
        }
        owner.activate(); // a recheck may have been asked for meanwhile
    }

    /** Which files are out, and what they are there; a crash before it means that they are compared with the torrent again. */
    private void record() {
        if (unrecorded) {
            unrecorded = false;
            rows.found();
            owner.filesMoved();
        }
    }

    private void failed(FileLook look, Throwable failure) {
        release(look);
        StorageException trouble = Trouble.of(failure);
        asked.answer(look.file(), Outcome.failed(trouble.getMessage()));
        if (look.cancelled()) {
            return;
        }
        if (layout().isReleased(look.file().index())) {
            changed(look.file());
            return;
        }
        LOG.warn("a file of {} did not leave quarantine", metainfo().hash().shortHex(), failure);
        owner.fail(trouble);
        owner.activate();
    }

    private void drop(FileLook look) {
        release(look);
        asked.failAll("Its files are used for something else now. Try again when that is done.");
        due.sweep();
    }

    private void release(FileLook look) {
        if (current.filter(look::equals).isPresent()) {
            current = Optional.empty();
            touching = false;
        }
    }

    /** Somebody else needs the files: what is only being looked at is let go of, and looked at again later. */
    void interrupt() {
        current.ifPresent(FileLook::cancel);
        current.filter(look -> !touching).ifPresent(this::drop);
    }

    /** A person lets a file out that is held; allowed already. */
    CompletableFuture<Outcome<Verdict>> free(FileEntry file, SavedVerdict held) {
        return byHand(file, look -> then(look, look.ready(), (seen, failure) ->
                decide(look, held.withFate(Fate.FREED), () -> look.release(seen, news.origin()), Optional.empty())));
    }

    /** A person deletes a file that is held: for good. It must not be wanted any more. */
    CompletableFuture<Outcome<Verdict>> delete(FileEntry file, SavedVerdict held) {
        SavedVerdict row = held.withFate(Fate.DELETED);
        return byHand(file, look -> then(look, rows.save(row).thenCompose(kept -> look.destroy()), (done, failure) -> {
            verdicts.put(row);
            news.deleted(file, row);
            ended(look, Outcome.done(row.verdict()));
        }));
    }

    private CompletableFuture<Outcome<Verdict>> byHand(FileEntry file, Consumer<FileLook> work) {
        interrupt();
        if (current.isPresent() || !owner.filesFree()) {
            return CompletableFuture.completedFuture(Outcome.failed("Its files are being moved or checked. Try again in a moment."));
        }
        FileLook look = new FileLook(file, files, services);
        current = Optional.of(look);
        touching = true;
        CompletableFuture<Outcome<Verdict>> answer = asked.ask(file);
        work.accept(look);
        return answer;
    }

    /** A released file is not what was looked at any more. */
    void changed(FileEntry file) {
        rows.changed(file);
        asked.answer(file, Outcome.failed("It was changed after it left quarantine. Check the torrent's files again."));
    }

    /** What was thought of the same files under another name or in another folder. */
    void inherit(Delivery other) {
        verdicts.recall(other.verdicts.all());
        announcing = other.announcing;
        lacking = other.lacking;
    }
}
