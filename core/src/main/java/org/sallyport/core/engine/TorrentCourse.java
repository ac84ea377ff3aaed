package org.sallyport.core.engine;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.storage.Checker;
import org.sallyport.core.storage.StorageException;

/**
 * What a torrent does now: wait for its turn, look at its files and check them, exchange, release, seed, be in trouble, or stand still for
 * another's work with its files. It does one of these at a time. Network thread only; work on disk goes to disk threads and comes back.
 */
final class TorrentCourse implements Upkeep.Owner, DeliveryOwner, FileAlarm.Owner {
    private final Services services;
    private final TorrentFiles files;
    private final TorrentLedger ledger;
    private final Offer offer;
    private final FileVerdicts verdicts;
    private final Exchange exchange;
    private final Upkeep upkeep;
    private final Delivery delivery;
    private final Seeding seeding;
    private final FileAlarm alarm;
    private boolean queued;
    private boolean ended;
    private Optional<Hold> hold = Optional.empty();

    TorrentCourse(Services services, TorrentFiles files, TorrentLedger ledger, FileVerdicts verdicts, Offer offer, Exchange exchange) {
        this.services = services;
        this.files = files;
        this.ledger = ledger;
        this.offer = offer;
        this.verdicts = verdicts;
        this.exchange = exchange;
        this.upkeep = new Upkeep(services, files, ledger.progress(), ledger.saved().existing(), this);
        this.delivery = new Delivery(services, files, ledger, verdicts, this);
        this.seeding = new Seeding(files.metainfo(), ledger, services.events());
        this.alarm = new FileAlarm(services, files, ledger, this);
        files.storage().gate().onBreach(this::breached);
    }

    Delivery delivery() {
        return delivery;
    }

    Seeding seeding() {
        return seeding;
    }

    FileAlarm alarm() {
        return alarm;
    }

    @Override
    public Sharing sharing() {
        return ledger.saved().sharing();
    }

    @Override
    public boolean gone() {
        return ended;
    }

    boolean running() {
        return ledger.running();
    }

    boolean queued() {
        return queued;
    }

    @Override
    public boolean complete() {
        return ledger.progress().complete() && !upkeep.checkNeeded();
    }

    /** Complete, and all that is wanted has left quarantine. */
    boolean delivered() {
        return complete() && delivery.over();
    }

    /** Complete, and nobody may be sent anything of it: there is nothing to run for. */
    boolean idle() {
        return complete() && !offer.made() && delivered();
    }

    /** It is stopped or waits, nothing is done with its files, and nothing is wrong: it stays so until somebody, or the queue, does something. */
    boolean atRest() {
        return !(running() && !queued || exchange.on() || filesAtWork() || upkeep.wanted() || delivery.busy() || alarm.watch().inTrouble());
    }

    Optional<Checker> checker() {
        return upkeep.checker();
    }

    /** About to be looked at or checked, before anything else. */
    boolean checkAhead() {
        return running() && !queued && !exchange.on() && (upkeep.needed() || upkeep.busy());
    }

    /** Its files are being looked at or checked, or are about to be. */
    boolean filesAtWork() {
        return upkeep.busy() || checkAhead() || hold.isPresent();
    }

    /** Everything is to be read before anything is trusted: existing data, or parts left by an earlier download. */
    void checkEverything() {
        upkeep.checkEverything();
    }

    /** Stops all work with its files, for somebody else's; {@link Hold#quiet} is done when nothing of it is left. */
    void hold(Hold by) {
        hold = Optional.of(by);
        by.leaves(exchange.end());
        upkeep.interrupt();
        delivery.interrupt();
        quieten();
    }

    Optional<Hold> held() {
        return hold;
    }

    private void quieten() {
        if (!upkeep.busy() && !delivery.releasing()) {
            hold.ifPresent(Hold::isQuiet);
        }
    }

    /** The work with its files is over, and they are as they were. */
    void letGo() {
        hold = Optional.empty();
        upkeep.lookAgain();
        activate();
    }

    /** Goes on with the same torrent, whose files were under another name or in another folder. */
    void inherit(TorrentCourse other) {
        delivery.inherit(other.delivery);
        upkeep.inherit(other.upkeep);
    }

    /** For good, but for the session. */
    void end() {
        ended = true;
        delivery.interrupt();
        hold.ifPresent(Hold::cancel);
        upkeep.cancel();
    }

    /** The user wants it to run; the queue decides when. A seed that had reached its goal goes on without one. */
    void start() {
        alarm.watch().clear();
        seeding.begin(complete());
    }

    void pause() {
        queued = false;
        alarm.watch().clear();
        upkeep.cancel();
        upkeep.lookAgain();
        exchange.end();
        ledger.keep(ledger.saved(), false);
        sync();
    }

    /** Reads everything again, as soon as nothing else is done with the files. @return whether it was all read */
    CompletableFuture<Boolean> recheck() {
        exchange.end();
        alarm.watch().clear();
        CompletableFuture<Boolean> read = upkeep.recheck();
        activate();
        return read;
    }

    /** Waits for a free slot; what it does with its files comes to its end first. */
    void queue() {
        if (!upkeep.busy() && !delivery.releasing() && hold.isEmpty()) {
            stopExchange();
            queued = true;
        }
    }

    /** Nothing may be exchanged for a time: no connection stays. What it does with its files goes on. */
    void suspend() {
        stopExchange();
        queue();
    }

    private void stopExchange() {
        if (exchange.on()) {
            exchange.end();
            upkeep.lookAgain();
            sync();
        }
    }

    /** It is its turn: look, check what must be checked, exchange. Does nothing while something else is under way. */
    @Override
    public void activate() {
        quieten();
        boolean free = !ended && hold.isEmpty() && !exchange.on() && !upkeep.busy() && !delivery.releasing() && !alarm.watch().inTrouble();
        if (!free || !running() && !upkeep.wanted()) {
            return;
        }
        queued = false;
        if (upkeep.needed()) {
            upkeep.step();
        } else if (running() && ledger.saved().existing() && !ledger.progress().complete()) {
            alarm.differs();
        } else if (running() && !idle() && !services.bandwidth().stopped()) {
            exchange.begin();
            if (ledger.progress().complete()) {
                becameComplete();
            } else {
                delivery.sweep();
            }
        }
    }

    @Override
    public void filesSettled(boolean checked) {
        if (checked) {
            delivery.rows().found();
            if (!upkeep.checkNeeded()) {
                filesMoved();
            }
            ledger.saveProgress();
        }
        activate();
    }

    @Override
    public void upkeepFailed(StorageException trouble) {
        fail(trouble);
    }

    @Override
    public void looked(Optional<Refusal> place) {
        offer.placed(place);
    }

    @Override
    public boolean endedBy(FileSurvey found) {
        return alarm.endedBy(found, offer);
    }

    private void breached(Refusal refusal, String file) {
        if (!ended && exchange.on()) {
            files.metainfo().files().stream().filter(each -> each.path().equals(file)).forEach(delivery::changed);
            alarm.breached(refusal, file);
        }
    }

    /** Who may get it has changed. */
    void offerChanged() {
        if (!exchange.on() && !upkeep.busy()) {
            upkeep.lookAgain(); // nobody has watched over its files while it was not sent
        }
        reviewOffer();
    }

    /** Whoever may not have it any more has to go; and if that is everybody, there is nothing to run for. */
    void reviewOffer() {
        if (!delivery.releasing() && idle()) {
            exchange.cut();
        } else {
            exchange.session().ifPresent(Session::review);
        }
    }

    /** Every wanted piece is verified. */
    void becameComplete() {
        offer.decide();
        delivery.due();
    }

    @Override
    public boolean filesFree() {
        return hold.isEmpty() && !upkeep.busy();
    }

    @Override
    public boolean filesKnown() {
        return !upkeep.needed();
    }

    @Override
    public void contentsChanged(boolean infected) {
        if (infected) {
            exchange.cut(); // not even what the connections have already
            upkeep.lookAgain();
        }
        offer.decide();
        reviewOffer();
    }

    /** Other files are wanted, perhaps some that were deleted before. */
    void chosen() {
        List<FileEntry> again = delivery.rows().takeWantedAgain();
        if (!again.isEmpty()) {
            again.forEach(upkeep::mustCheck);
            exchange.end();
            activate();
        }
        reviewOffer();
        delivery.sweep();
    }

    /** A file that is held goes for good; what is known of its parts goes with it. It must not be wanted any more. */
    CompletableFuture<Outcome<Verdict>> delete(FileEntry file, SavedVerdict held) {
        CompletableFuture<Outcome<Verdict>> deleted = delivery.delete(file, held);
        return deleted.thenApplyAsync(outcome -> {
            if (outcome.isDone()) {
                ledger.progress().lose(file);
                ledger.saveProgress();
            }
            return outcome;
        }, services.loop());
    }

    @Override
    public BitSet unreadable() {
        return verdicts.unreadable(ledger.progress());
    }

    @Override
    public void changed(List<FileEntry> released) {
        released.forEach(delivery::changed);
    }

    @Override
    public boolean isLost(FileEntry file) {
        return verdicts.is(file.index(), SavedVerdict.Fate.DELETED);
    }

    @Override
    public void filesMoved() {
        ledger.noteFiles(files.notes());
    }

    /** Go on seeding, or stop. */
    @Override
    public void settled() {
        if (seeding.endsAtOnce()) {
            exchange.end();
            ledger.keep(ledger.saved(), false);
        } else if (idle()) {
            exchange.end();
        }
    }

    @Override
    public void fail(StorageException trouble) {
        alarm.fail(trouble);
    }

    @Override
    public void halt() {
        exchange.cut();
        upkeep.lookAgain();
    }

    /** Once a second. */
    void tick(long now) {
        quieten();
        if (exchange.on() && offer.guests().expired(sharing())) {
            reviewOffer();
        }
        delivery.tick(now);
        if (seeding.endsNow(now, exchange.on() && delivered())) {
            pause();
        }
        if (running()) {
            alarm.tick(now);
        }
    }

    /** Makes what was verified so far safe against a power cut. @return done when it is */
    CompletableFuture<Void> sync() {
        return ledger.sync(files.moves());
    }
}
