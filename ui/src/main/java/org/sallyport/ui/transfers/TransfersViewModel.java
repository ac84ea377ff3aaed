package org.sallyport.ui.transfers;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
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
    private final ObservableList<TransferRow> rows = FXCollections.observableArrayList();
    private final Labels labels = new Labels();
    private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();
    private final StringProperty filter = new SimpleStringProperty("");
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private final BooleanProperty sampleStarting = new SimpleBooleanProperty();
    private final Supplier<NameRule> riskyNames;
    private Comparator<TransferRow> order = byTimeAdded();
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
        Set<InfoHash> present = new HashSet<>();
        for (TorrentSnapshot torrent : snapshot.torrents()) {
            present.add(torrent.hash());
            TransferRow row = all.get(torrent.hash());
            if (row == null) {
                all.put(torrent.hash(), new TransferRow(torrent));
            } else {
                row.update(torrent);
            }
        }
        all.keySet().retainAll(present);
        removals.keepOnly(present);
        labels.offer(snapshot.torrents());
        choose();
        afterUpdate.run();
    }

    /** Brings the visible rows in line with the filter and the removals, touching only what differs. */
    private void choose() {
        String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
        Set<TransferRow> visible = new HashSet<>();
        int listed = 0;
        for (TransferRow row : all.values()) {
            if (removals.hides(row.hash())) {
                continue;
            }
            listed++;
            if (row.name().toLowerCase(Locale.ROOT).contains(wanted) && labels.admits(row.latest())) {
                visible.add(row);
            }
        }
        total.set(listed);
        rows.removeIf(row -> !visible.contains(row));
        rows.forEach(visible::remove);
        rows.addAll(visible);
        sort();
    }

    /** Sorts only when the order is wrong: a sort tells the table to lay itself out again. */
    private void sort() {
        for (int i = 1; i < rows.size(); i++) {
            if (order.compare(rows.get(i - 1), rows.get(i)) > 0) {
                FXCollections.sort(rows, order);
                return;
            }
        }
    }

    /** Orders the rows, now and after each snapshot. */
    void setOrder(Comparator<TransferRow> comparator) {
        order = comparator.thenComparing(byTimeAdded());
        sort();
    }

    static Comparator<TransferRow> byTimeAdded() {
        return Comparator.comparing((TransferRow row) -> row.latest().addedAt()).thenComparing(TransferRow::hash);
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
        return rows;
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
