package org.sallyport.ui.safety;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;

/** The files that are held, and what is done about them. FX thread. */
public final class QuarantineViewModel {
    private final EngineFeed feed;
    private final LiveRows<String, HeldFile> held = new LiveRows<>(HeldFile::id);
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);

    public QuarantineViewModel(EngineFeed feed) {
        this.feed = feed;
        feed.snapshotProperty().addListener((o, old, now) -> held.update(now.quarantine().held()));
        held.update(feed.snapshot().quarantine().held());
    }

    LiveRows<String, HeldFile> held() {
        return held;
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }

    static boolean isInfected(HeldFile file) {
        return file.findings().verdict().kind() == Verdict.Kind.INFECTED;
    }

    void rescan(HeldFile file) {
        notice.set(Notice.info(Messages.text("quarantine.looking", file.path())));
        tell(feed.commands().quarantine().rescan(file), verdict -> {
            boolean stays = verdict.kind() == Verdict.Kind.INFECTED || verdict.kind() == Verdict.Kind.SUSPICIOUS;
            return Optional.of(stays
                    ? Notice.warning(Messages.text("quarantine.stays", file.path(), Messages.text("verdict." + verdict.kind())))
                    : Notice.done(Messages.text("quarantine.out", file.path())));
        });
    }

    /** @param insisted the user was told twice what it can do */
    void release(HeldFile file, boolean insisted) {
        tell(feed.commands().quarantine().release(file, insisted),
                verdict -> Optional.of(Notice.warning(Messages.text("quarantine.released", file.path()))));
    }

    void delete(HeldFile file) {
        tell(feed.commands().quarantine().delete(file), verdict -> Optional.of(Notice.done(Messages.text("quarantine.deleted", file.path()))));
    }

    private interface Ending {
        Optional<Notice> of(Verdict verdict);
    }

    private void tell(CompletableFuture<Outcome<Verdict>> running, Ending ending) {
        running.thenAccept(outcome -> {
            if (outcome instanceof Outcome.Done<Verdict> done) {
                ending.of(done.value()).ifPresent(notice::set);
            } else {
                notice.set(Notice.of(outcome));
            }
        });
    }
}
