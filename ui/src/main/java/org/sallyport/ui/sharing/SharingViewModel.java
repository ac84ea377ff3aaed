package org.sallyport.ui.sharing;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.SharesState;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.ShareCommands;
import org.sallyport.ui.i18n.Messages;

/** What others can get, and the folders it may come from; sends what ends or allows it. FX thread. */
public final class SharingViewModel {
    private final EngineFeed feed;
    private final ShareCommands commands;
    private final LiveRows<InfoHash, ShareSnapshot> shares = new LiveRows<>(ShareSnapshot::hash);
    private final LiveRows<Path, AllowedFolder> folders = new LiveRows<>(AllowedFolder::path);
    private final ReadOnlyStringWrapper sum = new ReadOnlyStringWrapper("");
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);

    public SharingViewModel(EngineFeed feed) {
        this.feed = feed;
        this.commands = feed.commands().shares();
        feed.snapshotProperty().addListener((o, old, now) -> {
            if (now.shares() != old.shares()) { // the engine hands out the same while nothing changes
                show(now.shares());
            }
        });
        show(feed.snapshot().shares());
    }

    private void show(SharesState state) {
        shares.update(state.shares());
        folders.update(state.folders());
        sum.set(state.shares().isEmpty() ? "" : ShareWords.sum(state.shares()));
    }

    void stop(ShareSnapshot share) {
        carry(commands.stop(share.hash()), Messages.text(share.download() ? "sharing.stopped.download" : "sharing.stopped", share.name()));
    }

    void allow(Path folder) {
        carry(commands.allow(folder), "");
    }

    void disallow(Path folder) {
        carry(commands.disallow(folder), "");
    }

    private void carry(CompletableFuture<? extends Outcome<?>> running, String whenDone) {
        running.thenAccept(outcome -> notice.set(outcome.isDone() && !whenDone.isEmpty() ? Notice.done(whenDone) : Notice.of(outcome)));
    }

    /** Names of the shares that end when {@code folder} is not allowed any more. What was downloaded needs no allowed folder. */
    List<String> sharedFrom(Path folder) {
        return feed.snapshot().shares().shares().stream()
                .filter(share -> !share.download() && share.path().startsWith(folder)).map(ShareSnapshot::name).toList();
    }

    LiveRows<InfoHash, ShareSnapshot> shares() {
        return shares;
    }

    LiveRows<Path, AllowedFolder> folders() {
        return folders;
    }

    /** Empty when nothing is shared. */
    ReadOnlyStringProperty sumProperty() {
        return sum.getReadOnlyProperty();
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }
}
