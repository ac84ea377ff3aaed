package org.sallyport.ui.addtorrent;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javafx.stage.Window;
import org.sallyport.core.model.InfoHash;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;

/** Shows the Add dialog for .torrent files, one after another, wherever they came from. FX thread. */
public final class AddTorrents {
    private final EngineFeed feed;
    private final Window owner;
    private final FilePicker picker;
    private final Runnable beforeAdd;
    private final Consumer<InfoHash> added;
    private final Deque<Path> waiting = new ArrayDeque<>();
    private boolean open;

    /** @param beforeAdd run just before a torrent is added @param added told each torrent that was added */
    public AddTorrents(EngineFeed feed, Window owner, FilePicker picker, Runnable beforeAdd, Consumer<InfoHash> added) {
        this.feed = feed;
        this.owner = owner;
        this.picker = picker;
        this.beforeAdd = beforeAdd;
        this.added = added;
    }

    /** Asks for files, then as {@link #offer}. */
    public void choose() {
        offer(picker.torrentFiles(owner));
    }

    /** Opens the dialog for the first, and for each further one when the one before is closed. */
    public void offer(List<Path> metainfos) {
        waiting.addAll(metainfos);
        next();
    }

    private void next() {
        Path metainfo = waiting.peek();
        if (open || metainfo == null) {
            return;
        }
        waiting.remove();
        open = true;
        AddTorrentViewModel model = new AddTorrentViewModel(feed, metainfo, beforeAdd, added);
        AddTorrentView view = new AddTorrentView(model, picker, metainfo);
        DialogStage.show(owner, Messages.text("add.title"), view.root(), true).setOnHidden(e -> {
            open = false;
            next();
        });
    }
}
