package org.sallyport.ui.addtorrent;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineCommands;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.FolderSpace;
import org.sallyport.ui.feed.TorrentCommands;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/**
 * One .torrent file or magnet link on its way in. A file is read and checked first, then added as chosen; a link can be added at once, and
 * when others have told what it stands for, files are chosen as for a file. FX thread.
 */
final class AddTorrentViewModel {
    private final EngineCommands commands;
    private final AddSource source;
    private final Runnable beforeAdd;
    private final Consumer<InfoHash> added;
    private final WantedFiles wanted;
    private final FolderSpace space;
    private Runnable stopLook = () -> { };
    private Authorship author = Authorship.NONE;

    private final BooleanProperty reading = new SimpleBooleanProperty(true);
    private final BooleanProperty ready = new SimpleBooleanProperty();
    private final BooleanProperty listed = new SimpleBooleanProperty();
    private final BooleanProperty adding = new SimpleBooleanProperty();
    private final BooleanProperty joinable = new SimpleBooleanProperty();
    private final BooleanProperty startable = new SimpleBooleanProperty();
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private final ObjectProperty<Notice> spaceNotice = new SimpleObjectProperty<>(Notice.NONE);
    private final StringProperty folder = new SimpleStringProperty();
    private final ObjectProperty<UploadPolicy> upload = new SimpleObjectProperty<>();
    private final ObjectProperty<Intent> intent = new SimpleObjectProperty<>();
    private final StringProperty told = new SimpleStringProperty("");
    private final BooleanProperty trustedOnly = new SimpleBooleanProperty();
    private final BooleanProperty remember = new SimpleBooleanProperty();
    private final LongProperty selectedBytes = new SimpleLongProperty();
    private final LongProperty totalBytes = new SimpleLongProperty();

    /** @param beforeAdd run just before the torrent is added @param added told the torrent that was added */
    AddTorrentViewModel(EngineFeed feed, AddSource source, Runnable beforeAdd, Consumer<InfoHash> added) {
        this.commands = feed.commands();
        this.source = source;
        this.beforeAdd = beforeAdd;
        this.added = added;
        folder.set(Folders.resolve(feed.settings().downloadFolder()).toString());
        space = new FolderSpace(folder);
        upload.set(feed.settings().uploads().usual());
        intent.set(feed.settings().screening().usual());
        NameRule rule = feed.settings().screening().risky();
        wanted = new WantedFiles(rule);
        told.set(source instanceof AddSource.MagnetLink && rule != NameRule.ALLOW ? Messages.text("add.names.early") : "");
        intent.addListener(o -> suggest());
        space.freeBytesProperty().addListener(o -> judge());
        selectedBytes.addListener(o -> judge());
        adding.addListener(o -> judge());
        ready.addListener(o -> judge());
    }

    /** Reads the file, or asks others what the link stands for. @param early what a link says of itself @param show what it is, when that is known */
    void read(Consumer<MagnetText> early, Consumer<TorrentPreview> show) {
        if (source instanceof AddSource.MagnetLink link) {
            MagnetText text = MagnetText.of(link.text());
            wanted.preselect(text.selected());
            early.accept(text);
            ready.set(true);
            look(link.text(), show);
        } else if (source instanceof AddSource.WebAddress web) {
            look(web.url(), show);
        } else if (source instanceof AddSource.MetainfoFile file) {
            commands.inspect(file.path()).thenAccept(outcome -> answered(outcome, show));
        }
    }

    private void look(String link, Consumer<TorrentPreview> show) {
        TorrentCommands.Look look = commands.torrents().look(link);
        stopLook = look.stop();
        look.outcome().thenAccept(outcome -> answered(outcome, show));
    }

    private void answered(Outcome<TorrentPreview> outcome, Consumer<TorrentPreview> show) {
        if (outcome instanceof Outcome.Done<TorrentPreview> done) {
            boolean broken = done.value().author().kind() == Authorship.Kind.BROKEN;
            notice.set(broken ? new Notice(Notice.Kind.REFUSED, Messages.text("add.author.broken", done.value().author().sentence()),
                    "policy.author-broken") : Notice.NONE);
            accept(done.value());
            show.accept(done.value());
        } else {
            notice.set(Notice.of(outcome));
            // nobody has told yet, but somebody may; what a rule refuses stays refused
            ready.set(ready.get() && outcome instanceof Outcome.Failed<TorrentPreview>);
        }
        reading.set(false);
    }

    /** The dialog is gone: nobody waits for an answer any more. */
    void stop() {
        stopLook.run();
    }

    boolean isLink() {
        return source instanceof AddSource.MagnetLink;
    }

    /** Name of the file, or where it is fetched from; empty for a link. */
    String fileName() {
        if (source instanceof AddSource.WebAddress web) {
            return Messages.text("add.web", web.url());
        }
        return source instanceof AddSource.MetainfoFile file ? String.valueOf(file.path().getFileName()) : "";
    }

    /** Of the web, from which it is fetched; empty if it is not. */
    String address() {
        return source instanceof AddSource.WebAddress web ? web.url() : "";
    }

    private void accept(TorrentPreview preview) {
        author = preview.author();
        wanted.list(preview.files());
        totalBytes.set(preview.totalBytes());
        listed.set(true);
        suggest();
        ready.set(true);
        judge();
    }

    /** Chooses what suits the intent, and needs no question. */
    private void suggest() {
        if (listed.get()) {
            wanted.suggest(intent.get());
            chosen();
        }
    }

    /** Other files are chosen than before. */
    private void chosen() {
        selectedBytes.set(wanted.bytes());
        told.set(wanted.told(intent.get()));
        judge();
    }

    /** Chosen files that the user has to agree to. */
    List<TorrentPreview.Entry> asked() {
        return wanted.asked();
    }

    /** Chooses or leaves out files. @param files 0-based indexes in the torrent */
    void want(BitSet files, boolean value) {
        wanted.want(files, value);
        chosen();
    }

    boolean wants(int index) {
        return wanted.has(index);
    }

    private void judge() {
        long free = space.freeBytesProperty().get();
        boolean tight = listed.get() && free >= 0 && selectedBytes.get() > free;
        spaceNotice.set(tight ? Notice.warning(Messages.text("add.space.tight", Words.size(selectedBytes.get()), Words.size(free))) : Notice.NONE);
        startable.set(ready.get() && !adding.get() && !(listed.get() && wanted.isEmpty())
                && author.kind() != Authorship.Kind.BROKEN && Folders.isUsable(folder.get()));
    }

    /** Adds it with what is chosen, and agreed to. @param whenDone run when it was added */
    void add(boolean paused, Runnable whenDone) {
        if (!startable.get()) {
            return;
        }
        add(request().withWanted(wantedFiles()).withPaused(paused).withIntent(intent.get()).withRisky(risky())
                .withSharing((trustedOnly.get() ? Sharing.trustedDownload() : Sharing.DOWNLOAD).withUpload(upload.get())), whenDone);
    }

    /** Gives its trackers to the torrent that is in the list already. @param whenDone run when they have joined */
    void join(Runnable whenDone) {
        add(request().withMergeTrackers(true), whenDone);
    }

    private void add(AddRequest request, Runnable whenDone) {
        adding.set(true);
        if (!remember.get()) {
            carryOut(request, whenDone);
            return;
        }
        commands.publishers().remember(source, author).thenAccept(remembered -> {
            if (remembered.isDone()) {
                remember.set(false);
                carryOut(request, whenDone);
            } else {
                adding.set(false);
                notice.set(Notice.of(remembered));
            }
        });
    }

    private void carryOut(AddRequest request, Runnable whenDone) {
        beforeAdd.run();
        commands.add(request).thenAccept(outcome -> {
            adding.set(false);
            notice.set(Notice.of(outcome));
            joinable.set(outcome instanceof Outcome.Refused<InfoHash> refused && refused.refusal().rule().equals("engine.duplicate-trackers"));
            if (outcome instanceof Outcome.Done<InfoHash> done) {
                added.accept(done.value());
                whenDone.run();
            }
        });
    }

    private AddRequest request() {
        return AddRequest.download(source, Folders.resolve(folder.get()));
    }

    /** Nobody can be asked when the list of a link arrives. */
    private AddRequest.Risky risky() {
        return !listed.get() ? AddRequest.Risky.SKIP : asked().isEmpty() ? AddRequest.Risky.REFUSE : AddRequest.Risky.ACCEPT;
    }

    private Set<Integer> wantedFiles() {
        return listed.get() ? wanted.asRequested(intent.get()) : Set.of();
    }

    BooleanProperty readingProperty() {
        return reading;
    }

    /** It is in the list already, and its trackers could join those there are. */
    BooleanProperty joinableProperty() {
        return joinable;
    }

    BooleanProperty readyProperty() {
        return ready;
    }

    /** It is known which files there are. */
    BooleanProperty listedProperty() {
        return listed;
    }

    BooleanProperty startableProperty() {
        return startable;
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }

    ObjectProperty<Notice> spaceNoticeProperty() {
        return spaceNotice;
    }

    StringProperty folderProperty() {
        return folder;
    }

    ObjectProperty<UploadPolicy> uploadProperty() {
        return upload;
    }

    /** What it is added for. */
    ObjectProperty<Intent> intentProperty() {
        return intent;
    }

    /** What is left out and why; empty when nothing is. */
    StringProperty toldProperty() {
        return told;
    }

    /** Only from paired devices, and for them. */
    BooleanProperty trustedOnlyProperty() {
        return trustedOnly;
    }

    /** Its signer is to be believed from now on. */
    BooleanProperty rememberProperty() {
        return remember;
    }

    ReadOnlyLongProperty freeBytesProperty() {
        return space.freeBytesProperty();
    }

    LongProperty selectedBytesProperty() {
        return selectedBytes;
    }

    LongProperty totalBytesProperty() {
        return totalBytes;
    }
}
