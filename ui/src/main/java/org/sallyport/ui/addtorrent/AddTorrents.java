package org.sallyport.ui.addtorrent;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.stage.Window;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.dialog.AskView;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.FxThread;
import org.sallyport.ui.i18n.Messages;

/** Shows the Add dialog for .torrent files and magnet links, one after another, wherever they came from. FX thread. */
public final class AddTorrents {
    private final EngineFeed feed;
    private final Window owner;
    private final FilePicker picker;
    private final Runnable beforeAdd;
    private final Consumer<InfoHash> added;
    private final Deque<AddSource> waiting = new ArrayDeque<>();
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
        metainfos.forEach(file -> waiting.add(new AddSource.MetainfoFile(file)));
        next();
    }

    /** As {@link #offer}, for magnet links and web addresses. */
    public void offerLinks(List<String> links) {
        links.forEach(link -> waiting.add(AddSource.WebAddress.isOne(link)
                ? new AddSource.WebAddress(link.strip()) : new AddSource.MagnetLink(link.strip())));
        next();
    }

    /** Asks for a magnet link or web address; begins with the one that was copied. */
    public void askForLink() {
        String copied = Clip.text();
        AskView.show(owner, new AskView.Question(Messages.text("add.link.title"), Messages.text("add.link.words"),
                MagnetText.isLink(copied) ? copied.strip() : "", Messages.text("add.link.means"), Messages.text("add.link.do"), this::typed));
    }

    private CompletableFuture<Outcome<String>> typed(String text) {
        if (!MagnetText.isLink(text) && !AddSource.WebAddress.isOne(text)) {
            return CompletableFuture.completedFuture(Outcome.failed(Messages.text("add.link.wrong")));
        }
        // when the dialog that asks has closed
        FxThread.EXECUTOR.execute(() -> offerLinks(List.of(text)));
        return CompletableFuture.completedFuture(Outcome.done(text));
    }

    /** Magnet links in a text, one a line. */
    public static List<String> linksIn(String text) {
        return MagnetText.linksIn(text);
    }

    private void next() {
        AddSource source = waiting.peek();
        if (open || source == null) {
            return;
        }
        waiting.remove();
        open = true;
        AddTorrentViewModel model = new AddTorrentViewModel(feed, source, beforeAdd, added);
        AddTorrentView view = new AddTorrentView(model, picker);
        DialogStage.show(owner, Messages.text("add.title"), view.root(), true).setOnHidden(e -> {
            model.stop();
            open = false;
            next();
        });
        view.focus();
    }
}
