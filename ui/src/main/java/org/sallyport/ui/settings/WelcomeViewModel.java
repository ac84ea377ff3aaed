package org.sallyport.ui.settings;

import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.FolderSpace;
import org.sallyport.ui.i18n.Messages;

/**
 * The first choices: what is in force, but for closing by itself, which is offered ticked and comes into force only when the user
 * begins with it. FX thread.
 */
public final class WelcomeViewModel {
    private final EngineFeed feed;
    private final Runnable left;
    private final StringProperty folder = new SimpleStringProperty("");
    private final FolderSpace space;
    private final BooleanProperty receiveOnly = new SimpleBooleanProperty();
    private final BooleanProperty quitWhenDone = new SimpleBooleanProperty(true);
    private final ObjectProperty<UploadPolicy> uploads = new SimpleObjectProperty<>();
    private final BooleanProperty saving = new SimpleBooleanProperty();
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);

    /** @param left run when the user has chosen, or passed it by */
    public WelcomeViewModel(EngineFeed feed, Runnable left) {
        this.feed = feed;
        this.left = left;
        Settings now = feed.settings();
        folder.set(now.downloadFolder());
        space = new FolderSpace(folder);
        receiveOnly.set(now.receiveOnly());
        uploads.set(now.uploads().usual());
    }

    /** The user agrees to what is shown. */
    void begin() {
        change(s -> s.withDownloadFolder(folder.get().strip()).withReceiveOnly(receiveOnly.get()).withQuit(new Settings.Quit(quitWhenDone.get()))
                .withUploads(new Settings.Uploads(uploads.get())).withWelcomed(true));
    }

    /** The user passes it by: nothing changes, and it is not shown again. */
    void skip() {
        change(s -> s.withWelcomed(true));
    }

    private void change(UnaryOperator<Settings> change) {
        saving.set(true);
        feed.commands().changeSettings(change.apply(feed.settings())).thenAccept(outcome -> {
            saving.set(false);
            notice.set(Notice.of(outcome));
            if (outcome.isDone()) {
                left.run();
            }
        });
    }

    /** What opening a port would mean, with its number once one has been chosen. */
    String portText() {
        int port = feed.settings().port();
        return port == 0 ? Messages.text("welcome.port.yes.any") : Messages.text("welcome.port.yes", Integer.toString(port));
    }

    StringProperty folderProperty() {
        return folder;
    }

    /** Where downloads would go; −1 when unknown. */
    ReadOnlyLongProperty freeBytesProperty() {
        return space.freeBytesProperty();
    }

    BooleanProperty receiveOnlyProperty() {
        return receiveOnly;
    }

    BooleanProperty quitWhenDoneProperty() {
        return quitWhenDone;
    }

    ObjectProperty<UploadPolicy> uploadsProperty() {
        return uploads;
    }

    /** An answer of the engine is awaited. */
    BooleanProperty savingProperty() {
        return saving;
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }
}
