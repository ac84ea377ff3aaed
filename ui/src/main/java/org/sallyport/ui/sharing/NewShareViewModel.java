package org.sallyport.ui.sharing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.engine.ShareRequest;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.FxThread;
import org.sallyport.ui.feed.ShareCommands;
import org.sallyport.ui.i18n.Messages;

/** Something to be shared: what, with whom, until when; then what the engine has against it, its progress, and what came of it. FX thread. */
final class NewShareViewModel {
    /** Where the dialog stands. */
    enum Stage { CHOOSING, ASKING, CONCERNS, READING, DONE }

    enum Audience { ALL_DEVICES, SOME_DEVICES, EVERYBODY }

    enum Ends { NEVER, DAY, WEEK, DATE }

    /** Progress of what cannot be measured. */
    private static final double UNKNOWN = -1;

    private final EngineFeed feed;
    private final ShareCommands commands;
    private final Clock clock;
    private final StringProperty path = new SimpleStringProperty("");
    private final ObjectProperty<Audience> audience = new SimpleObjectProperty<>(Audience.ALL_DEVICES);
    private final ObservableSet<String> devices = FXCollections.observableSet();
    private final StringProperty note = new SimpleStringProperty("");
    private final ObjectProperty<Ends> ends = new SimpleObjectProperty<>(Ends.NEVER);
    private final ObjectProperty<@Nullable LocalDate> date = new SimpleObjectProperty<>();
    private final ReadOnlyStringWrapper folderToAllow = new ReadOnlyStringWrapper("");
    private final BooleanProperty allow = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.CHOOSING);
    private final DoubleProperty progress = new SimpleDoubleProperty();
    private final ReadOnlyObjectWrapper<List<ShareConcern>> concerns = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private Runnable stop = () -> { };
    private boolean stopped;
    private @Nullable InfoHash shared;

    NewShareViewModel(EngineFeed feed, Clock clock) {
        this.feed = feed;
        this.commands = feed.commands().shares();
        this.clock = clock;
        path.addListener((o, old, now) -> lookAt(now));
    }

    /** Those it can be for. */
    List<DeviceSnapshot> paired() {
        return feed.snapshot().devices().devices().stream().filter(device -> device.standing() == DeviceSnapshot.Standing.PAIRED).toList();
    }

    /** Where a file dialog begins. */
    String start() {
        if (Folders.isUsable(path.get())) {
            return path.get();
        }
        return feed.snapshot().shares().folders().stream().findFirst().map(folder -> folder.path().toString()).orElse("~");
    }

    /** Finds out whether the folder must be allowed first, so that it can be asked before the engine refuses. */
    private void lookAt(String text) {
        allow.set(false);
        folderToAllow.set("");
        if (Folders.isUsable(text)) {
            Path wanted = Folders.resolve(text).normalize();
            FxThread.away(() -> folderOf(wanted)).thenAccept(folder -> {
                if (text.equals(path.get()) && !isAllowed(wanted)) {
                    folderToAllow.set(folder);
                }
            });
        }
    }

    /** The folder itself, or the one a file lies in; empty when there is nothing. */
    private static String folderOf(Path wanted) {
        Path parent = wanted.getParent();
        if (!Files.exists(wanted) || parent == null) {
            return "";
        }
        return (Files.isDirectory(wanted) ? wanted : parent).toString();
    }

    private boolean isAllowed(Path wanted) {
        return feed.snapshot().shares().folders().stream().map(AllowedFolder::path).anyMatch(wanted::startsWith);
    }

    /** Asks the engine; goes on to the concerns, or shares at once when there are none. */
    void share() {
        String missing = missing();
        if (!missing.isEmpty()) {
            notice.set(Notice.warning(missing));
            return;
        }
        notice.set(Notice.NONE);
        progress.set(UNKNOWN);
        stopped = false;
        stage.set(Stage.ASKING);
        if (folderToAllow.get().isEmpty()) {
            examine();
            return;
        }
        commands.allow(Path.of(folderToAllow.get())).thenAccept(outcome -> {
            if (outcome.isDone()) {
                folderToAllow.set("");
                unlessStopped(this::examine);
            } else {
                backWith(Notice.of(outcome));
            }
        });
    }

    /** What must be chosen before anything is asked of the engine; empty when nothing is. */
    private String missing() {
        if (!Folders.isUsable(path.get())) {
            return Messages.text("sharing.new.missing.path");
        }
        if (!folderToAllow.get().isEmpty() && !allow.get()) {
            return Messages.text("sharing.new.missing.allow");
        }
        if (audience.get() == Audience.SOME_DEVICES && devices.isEmpty()) {
            return Messages.text("sharing.new.missing.device");
        }
        if (ends.get() == Ends.DATE && !expires().isAfter(clock.instant())) {
            return Messages.text("sharing.new.missing.date");
        }
        return "";
    }

    private void examine() {
        commands.examine(Folders.resolve(path.get())).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Done<List<ShareConcern>> done) {
                concerns.set(done.value());
                unlessStopped(done.value().isEmpty() ? () -> add(false) : () -> stage.set(Stage.CONCERNS));
            } else {
                backWith(Notice.of(outcome));
            }
        });
    }

    /** The dialog may have been closed while the engine was looking: then nothing may follow from it. */
    private void unlessStopped(Runnable next) {
        if (stopped) {
            backWith(Notice.info(Messages.text("sharing.new.stopped")));
        } else {
            next.run();
        }
    }

    /** The user has looked at the concerns. */
    void shareAllTheSame() {
        add(true);
    }

    private void add(boolean despite) {
        progress.set(0);
        stage.set(Stage.READING);
        ShareRequest request = new ShareRequest(Folders.resolve(path.get()), sharing(), despite);
        ShareCommands.Reading reading = commands.add(request, progress::set);
        stop = reading.stop();
        reading.outcome().thenAccept(this::finished);
    }

    private Sharing sharing() {
        boolean trustedOnly = audience.get() != Audience.EVERYBODY;
        Set<String> chosen = audience.get() == Audience.SOME_DEVICES ? Set.copyOf(devices) : Set.of();
        return new Sharing(UploadPolicy.NORMAL, trustedOnly, chosen, true, note.get().strip(), expires());
    }

    /** The end of a chosen day belongs to it. A day that was not chosen is one that has passed. */
    private Instant expires() {
        LocalDate day = date.get();
        return switch (ends.get()) {
            case NEVER -> Instant.MAX;
            case DAY -> clock.instant().plus(Duration.ofDays(1));
            case WEEK -> clock.instant().plus(Duration.ofDays(7));
            case DATE -> day == null ? Instant.EPOCH : day.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        };
    }

    private void finished(Outcome<InfoHash> outcome) {
        stop = () -> { };
        if (outcome instanceof Outcome.Done<InfoHash> done) {
            shared = done.value();
            progress.set(1);
            stage.set(Stage.DONE);
            notice.set(Notice.done(ShareWords.done(audience.get(), Folders.resolve(path.get()), expires())));
        } else {
            backWith(stopped ? Notice.info(Messages.text("sharing.new.stopped")) : Notice.of(outcome));
        }
    }

    /** Where the .torrent file of what was shared would usually go. */
    Path torrentFile() {
        return Path.of(Folders.resolve(path.get()) + ".torrent");
    }

    /** Writes it, for those who are to get what was shared. */
    void writeTorrent(Path target) {
        if (shared != null) {
            commands.writeTorrent(shared, target).thenAccept(outcome -> notice.set(outcome.isDone()
                    ? Notice.done(Messages.text("sharing.new.torrent.saved", target.toString())) : Notice.of(outcome)));
        }
    }

    private void backWith(Notice why) {
        stage.set(Stage.CHOOSING);
        notice.set(why);
    }

    /** From the concerns to the choices. */
    void back() {
        backWith(Notice.NONE);
    }

    /** Ends what is under way, if anything is. */
    void stop() {
        stopped = true;
        stop.run();
    }

    StringProperty pathProperty() {
        return path;
    }

    ObjectProperty<Audience> audienceProperty() {
        return audience;
    }

    /** Ids of those it is for, with {@link Audience#SOME_DEVICES}. */
    ObservableSet<String> devices() {
        return devices;
    }

    StringProperty noteProperty() {
        return note;
    }

    ObjectProperty<Ends> endsProperty() {
        return ends;
    }

    /** The last day, with {@link Ends#DATE}. */
    ObjectProperty<@Nullable LocalDate> dateProperty() {
        return date;
    }

    /** The folder that is not allowed yet; empty when it is. */
    ReadOnlyStringProperty folderToAllowProperty() {
        return folderToAllow.getReadOnlyProperty();
    }

    /** The user has allowed it. */
    BooleanProperty allowProperty() {
        return allow;
    }

    ReadOnlyObjectProperty<Stage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    DoubleProperty progressProperty() {
        return progress;
    }

    ReadOnlyObjectProperty<List<ShareConcern>> concernsProperty() {
        return concerns.getReadOnlyProperty();
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }
}
