package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SavedVerdict.Fate;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a torrent's files out of quarantine, one after another, each as soon as it is whole (design: "the way of a file"; {@link FileWay}), and
 * tells when all that is wanted has gone it. What was cut short is begun anew. Network thread only.
 */
final class Delivery implements FileWay.End {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long LOOK_AROUND_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Services services;
    private final TorrentFiles files;
    private final TorrentLedger ledger;
    private final FileVerdicts verdicts;
    private final DeliveryOwner owner;
    private final FileWay way;
    private final DeliveryNews news;
    private final VerdictLedger rows;
    private final DueFiles due;
    private final AskedFiles asked;
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
        this.way = new FileWay(services, files, ledger, verdicts, owner, this);
        this.news = way.news();
        this.rows = way.rows();
        this.due = new DueFiles(files.metainfo(), ledger, file -> looksAt(file.index()) || rows.isSettled(file));
        this.asked = new AskedFiles(files.metainfo());
    }

    private Layout layout() {
        return files.layout();
    }

    private Metainfo metainfo() {
        return files.metainfo();
    }

    /** Files are on their way out of quarantine this moment: nobody else may touch them. */
    boolean releasing() {
        return way.touching();
    }

    VerdictLedger rows() {
        return rows;
    }

    /** A file is being looked at or moved. */
    boolean atWork() {
        return !way.isFree();
    }

    /** There is a file to look at, or one being looked at. */
    boolean busy() {
        return atWork() || ledger.running() && !due.isEmpty();
    }

    boolean looksAt(int file) {
        return way.isOf(file);
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
        if (announcing && over() && way.isFree()) {
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
        if (now - nextLookAround >= 0 && way.isFree() && owner.filesFree() && !owner.gone()) {
            nextLookAround = now + LOOK_AROUND_NANOS;
            way.dueAgain(services.screening().scanner(), now).ifPresent(this::look);
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
        while (way.isFree() && !owner.gone() && owner.filesFree()) {
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
        } else if (layout().isReleased(file.index()) && !files.moves().isAsReleased(file)) {
            changed(file);
        } else {
            way.begin(file);
        }
    }

    @Override
    public void arrived(FileEntry file, Outcome<Verdict> outcome) {
        unrecorded = true;
        asked.answer(file, outcome);
        step();
        if (way.isFree()) {
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

    @Override
    public void failed(FileLook look, Throwable failure) {
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

    @Override
    public void left() {
        asked.failAll("Its files are used for something else now. Try again when that is done.");
        due.sweep();
    }

    /** Somebody else needs the files: what is only being looked at is let go of, and looked at again later. */
    void interrupt() {
        way.interrupt();
    }

    /** A person lets a file out that is held; allowed already. */
    CompletableFuture<Outcome<Verdict>> free(FileEntry file, SavedVerdict held) {
        return byHand(file, () -> way.free(file, held));
    }

    /** A person deletes a file that is held: for good. It must not be wanted any more. */
    CompletableFuture<Outcome<Verdict>> delete(FileEntry file, SavedVerdict held) {
        return byHand(file, () -> way.delete(file, held));
    }

    private CompletableFuture<Outcome<Verdict>> byHand(FileEntry file, Runnable work) {
        interrupt();
        if (atWork() || !owner.filesFree()) {
            return CompletableFuture.completedFuture(Outcome.failed("Its files are being moved or checked. Try again in a moment."));
        }
        CompletableFuture<Outcome<Verdict>> answer = asked.ask(file);
        work.run();
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
