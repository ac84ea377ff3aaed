package org.sallyport.ui.safety;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.PublisherCommands;
import org.sallyport.ui.i18n.Messages;

/** The publisher book, read again after every change. FX thread. */
final class PublishersViewModel {
    private final PublisherCommands commands;
    private final ObservableList<PublisherSnapshot> publishers = FXCollections.observableArrayList();
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private final BooleanProperty working = new SimpleBooleanProperty();
    private final BooleanProperty tampered = new SimpleBooleanProperty();

    PublishersViewModel(PublisherCommands commands) {
        this.commands = commands;
    }

    void read() {
        commands.list().thenAccept(outcome -> {
            tampered.set(outcome instanceof Outcome.Refused);
            if (outcome instanceof Outcome.Done<List<PublisherSnapshot>> done) {
                publishers.setAll(done.value());
            } else {
                publishers.clear();
                notice.set(Notice.of(outcome));
            }
        });
    }

    CompletableFuture<Outcome<PublisherSnapshot>> create(String name) {
        working.set(true);
        return carry(commands.create(name));
    }

    void add(Path file) {
        carry(commands.add(file)).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Done<PublisherSnapshot> done) {
                notice.set(Notice.done(Messages.text("publishers.added", done.value().name(), done.value().shortFingerprint())));
            }
        });
    }

    void remove(PublisherSnapshot publisher) {
        carry(commands.remove(publisher.id()));
    }

    void export(PublisherSnapshot publisher, Path file) {
        carry(commands.export(publisher.id(), file)).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Done<Path> done) {
                notice.set(Notice.done(Messages.text("publishers.exported", done.value())));
            }
        });
    }

    void startOver() {
        carry(commands.startOver());
    }

    private <T> CompletableFuture<Outcome<T>> carry(CompletableFuture<Outcome<T>> running) {
        return running.thenApply(outcome -> {
            working.set(false);
            notice.set(Notice.of(outcome));
            if (outcome.isDone()) {
                read();
            }
            return outcome;
        });
    }

    ObservableList<PublisherSnapshot> publishers() {
        return publishers;
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }

    /** A key is being made. */
    BooleanProperty workingProperty() {
        return working;
    }

    /** The list is not the one that was saved; nobody is believed until it is started over. */
    BooleanProperty tamperedProperty() {
        return tampered;
    }
}
