package org.sallyport.ui.transfers;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineCommands;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.TorrentCommands;

/** The list of torrents, filtered by name, and what can be done to them. FX thread. */
public final class TransfersViewModel {
    private final EngineCommands commands;
    private final Supplier<CompletableFuture<Outcome<InfoHash>>> sample;
    private final Removals removals;
    private final Map<InfoHash, TransferRow> all = new LinkedHashMap<>();
    private List<TorrentSnapshot> taken = List.of();
    private final ListedRows listed = new ListedRows();
    private final Labels labels = new Labels();
    private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();
    private final StringProperty filter = new SimpleStringProperty("");
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private final BooleanProperty sampleStarting = new SimpleBooleanProperty();
    private final Supplier<NameRule> riskyNames;
    private Runnable afterUpdate = () -> { };

    /** @param sample starts the built-in sample download */
    public TransfersViewModel(EngineFeed feed, Supplier<CompletableFuture<Outcome<InfoHash>>> sample, Duration undoTime) {
        this.commands = feed.commands();
        this.riskyNames = () -> feed.settings().screening().risky();
        this.sample = sample;
        this.removals = new Removals(undoTime, this::sendRemoval, this::choose);
        feed.snapshotProperty().addListener((o, old, now) -> update(now));
        filter.addListener(o -> choose());
        labels.chosenProperty().addListener(o -> choose());
        update(feed.snapshot());
    }

    /** What is done about risky names now. */
    NameRule riskyNames() {
        return riskyNames.get();
    }

    private void update(EngineSnapshot snapshot) {
        // the engine hands out the same list while nothing happens
        if (snapshot.torrents() == taken && removals.isIdle()) {
            all.values().forEach(TransferRow::rest);
            afterUpdate.run();
            return;
        }
        taken = snapshot.torrents();
        for (TorrentSnapshot torrent : taken) {
            TransferRow row = all.get(torrent.hash());
            if (row == null) {
                all.put(torrent.hash(), new TransferRow(torrent));
            } else {
                row.update(torrent);
            }
        }
        if (all.size() > taken.size()) {
            forgetAllBut(taken.stream().map(TorrentSnapshot::hash).collect(Collectors.toSet()));
        }
        removals.keepOnly(all.keySet());
        labels.offer(taken);
        choose();
        afterUpdate.run();
    }

    private void forgetAllBut(Set<InfoHash> present) {
        all.values().removeIf(row -> {
            boolean gone = !present.contains(row.hash());
            if (gone) {
                row.listed(false);
            }
            return gone;
        });
    }

    /** Brings the visible rows in line with the filter and the removals, touching only what differs. */
    private void choose() {
        String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
        total.set((int) all.values().stream().filter(row -> !removals.hides(row.hash())).count());
        listed.choose(all.values(), row -> !removals.hides(row.hash()) && row.isNamed(wanted) && labels.admits(row.latest()));
    }

    /** Orders the rows, now and after each snapshot. */
    void setOrder(Comparator<TransferRow> comparator) {
        listed.setOrder(comparator);
    }

    /** @param carrier is given each change in which many rows leave the table at once, to be carried out */
    void aroundLargeChanges(Consumer<Runnable> carrier) {
        listed.around(carrier);
    }

    /** First in the queue first. */
    List<TransferRow> inQueueOrder(List<TransferRow> chosen) {
        return chosen.stream().sorted(Comparator.comparingInt((TransferRow row) -> row.latest().queuePosition())).toList();
    }

    /** Changes to torrents. */
    TorrentCommands torrents() {
        return commands.torrents();
    }

    EngineCommands commands() {
        return commands;
    }

    /** Called after each snapshot was taken over. */
    void setAfterUpdate(Runnable task) {
        afterUpdate = task;
    }

    public void start(List<TransferRow> chosen) {
        each(chosen, commands::start);
    }

    public void pause(List<TransferRow> chosen) {
        each(chosen, commands::pause);
    }

    public void recheck(List<TransferRow> chosen) {
        each(chosen, commands::recheck);
    }

    /** Sets when bytes of these are sent to others. */
    void upload(List<TransferRow> chosen, UploadPolicy policy) {
        each(chosen, hash -> commands.shares().upload(hash, policy));
    }

    /** As {@link #upload(List, UploadPolicy)} for one, with what became of it. */
    CompletableFuture<Outcome<InfoHash>> upload(InfoHash hash, UploadPolicy policy) {
        return commands.shares().upload(hash, policy).thenApply(outcome -> {
            show(outcome);
            return outcome;
        });
    }

    /** Pauses them when any is active, starts them otherwise. */
    public void toggle(List<TransferRow> chosen) {
        if (chosen.stream().anyMatch(TransferRow::isActive)) {
            pause(chosen.stream().filter(TransferRow::isActive).toList());
        } else {
            start(chosen);
        }
    }

    private void each(List<TransferRow> chosen, Function<InfoHash, CompletableFuture<Outcome<InfoHash>>> command) {
        for (TransferRow row : List.copyOf(chosen)) {
            command.apply(row.hash()).thenAccept(this::show);
        }
    }

    /** Takes them off the list; the files stay. Can be undone for a while. */
    public void removeFromList(List<TransferRow> chosen) {
        if (!chosen.isEmpty()) {
            removals.plan(chosen.stream().map(TransferRow::hash).toList(), chosen.get(0).name());
        }
    }

    public void undoRemoval() {
        removals.undo();
    }

    /** Sends pending removals now: before a torrent is added again, and when the window closes. */
    public void settleRemovals() {
        removals.settle();
    }

    private void sendRemoval(InfoHash hash) {
        commands.remove(hash, false).thenAccept(outcome -> {
            show(outcome);
            if (outcome.isDone()) {
                removals.sent(hash);
            } else {
                removals.reveal(hash);
            }
        });
    }

    /** This torrent was just added, perhaps again: it is shown even if it was removed a moment ago. */
    public void expect(InfoHash hash) {
        removals.reveal(hash);
    }

    /** Takes them off the list and moves their files to the trash. */
    public void removeWithData(List<TransferRow> chosen) {
        each(chosen, hash -> commands.remove(hash, true));
    }

    /** Starts the sample download, once at a time. */
    public void runSample() {
        if (sampleStarting.get()) {
            return;
        }
        sampleStarting.set(true);
        commands.onFxThread(sample.get()).thenAccept(outcome -> {
            sampleStarting.set(false);
            show(outcome);
        });
    }

    /** Carries out for each; done when all are, else the first that was not. @return completes on the FX thread */
    CompletableFuture<Outcome<InfoHash>> all(List<TransferRow> chosen, Function<InfoHash, CompletableFuture<Outcome<InfoHash>>> command) {
        CompletableFuture<Outcome<InfoHash>> sum = CompletableFuture.completedFuture(Outcome.done(chosen.get(0).hash()));
        for (TransferRow row : chosen) {
            sum = command.apply(row.hash()).thenCombine(sum, (now, before) -> before.isDone() ? now : before);
        }
        return sum;
    }

    /** Tells what was refused, when it is known. */
    void tell(CompletableFuture<? extends Outcome<?>> running) {
        running.thenAccept(this::show);
    }

    /** Tells what was refused. */
    void show(Outcome<?> outcome) {
        Notice about = Notice.of(outcome);
        if (!about.isEmpty()) {
            notice.set(about);
        }
    }

    /** What the table shows, in order. */
    public ObservableList<TransferRow> rows() {
        return listed.rows();
    }

    /** Torrents on the list, whatever the filter. */
    public ReadOnlyIntegerProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    /** The labels there are, and which one the list is held to. */
    Labels labelFilter() {
        return labels;
    }

    /** All labels there are. */
    List<String> labels() {
        return labels.known();
    }

    public StringProperty filterProperty() {
        return filter;
    }

    public ObjectProperty<Notice> noticeProperty() {
        return notice;
    }

    public BooleanProperty sampleStartingProperty() {
        return sampleStarting;
    }

    Removals removals() {
        return removals;
    }
}
