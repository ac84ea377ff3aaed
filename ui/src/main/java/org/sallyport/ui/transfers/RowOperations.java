package org.sallyport.ui.transfers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QueueMove;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.dialog.AskView;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.feed.TorrentCommands;
import org.sallyport.ui.i18n.Messages;

/** What the menu and the keys of the Downloads table do to the selected torrents, besides starting and stopping them. FX thread. */
final class RowOperations {
    private final TransfersViewModel model;
    private final TorrentCommands commands;
    private final FilePicker picker;
    private final Supplier<Window> window;
    private final Supplier<List<TransferRow>> selected;
    private final Map<KeyCombination, Runnable> keys = new LinkedHashMap<>();

    RowOperations(TransfersViewModel model, FilePicker picker, Supplier<Window> window, Supplier<List<TransferRow>> selected) {
        this.model = model;
        this.commands = model.torrents();
        this.picker = picker;
        this.window = window;
        this.selected = selected;
        for (Key key : Key.values()) {
            keys.put(key.combination(), () -> run(key));
        }
    }

    /** What has a key of its own. */
    enum Key {
        QUEUE_UP("Alt+Up"), QUEUE_DOWN("Alt+Down"), QUEUE_TOP("Alt+Home"), QUEUE_BOTTOM("Alt+End"), OPTIONS("Alt+Enter"), LABELS("Shortcut+L"),
        RENAME("F2"), MOVE("Shortcut+M"), COPY_MAGNET("Shortcut+C"), EXPORT("Shortcut+S"), ANNOUNCE("Shift+F5"), FORCE("Shift+Space");

        private final String words;

        Key(String words) {
            this.words = words;
        }

        KeyCombination combination() {
            return KeyCombination.valueOf(words);
        }
    }

    private void run(Key key) {
        switch (key) {
            case QUEUE_UP -> queue(QueueMove.UP);
            case QUEUE_DOWN -> queue(QueueMove.DOWN);
            case QUEUE_TOP -> queue(QueueMove.TOP);
            case QUEUE_BOTTOM -> queue(QueueMove.BOTTOM);
            case OPTIONS -> options();
            case LABELS -> labels();
            case RENAME -> rename();
            case MOVE -> move();
            case COPY_MAGNET -> copyMagnet();
            case EXPORT -> export();
            case ANNOUNCE -> announce();
            case FORCE -> force(!isForced());
        }
    }

    /** @return whether the key was one of these */
    boolean key(KeyEvent event) {
        return keys.entrySet().stream().filter(entry -> entry.getKey().match(event)).findFirst().map(entry -> {
            entry.getValue().run();
            return true;
        }).orElse(false);
    }

    /** All that are selected run whatever the queue says. */
    boolean isForced() {
        List<TransferRow> rows = selected.get();
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.latest().options().forced());
    }

    void force(boolean forced) {
        each(hash -> commands.change(hash, options -> options.withForced(forced)));
        if (forced) {
            model.start(selected.get().stream().filter(row -> !row.isActive()).toList());
        }
    }

    /** The order among those that are moved stays. */
    void queue(QueueMove move) {
        List<TransferRow> rows = model.inQueueOrder(selected.get());
        boolean lastFirst = move == QueueMove.TOP || move == QueueMove.DOWN;
        for (int i = 0; i < rows.size(); i++) {
            model.tell(commands.queue(rows.get(lastFirst ? rows.size() - 1 - i : i).hash(), move));
        }
    }

    /** Whether any of the selected waits for an answer about risky names. @param accept whether accepting them helps */
    boolean awaitsNames(boolean accept) {
        return selected.get().stream().anyMatch(accept ? TransferRow::asksAboutNames : TransferRow::hasRiskyNames);
    }

    void acceptNames() {
        NamesAnswer.accept(window.get(), model, selected.get());
    }

    void skipNames() {
        NamesAnswer.skip(model, selected.get());
    }

    void announce() {
        each(commands::announce);
    }

    void options() {
        List<TransferRow> rows = selected.get();
        if (!rows.isEmpty()) {
            OptionsView.show(window.get(), model, rows);
        }
    }

    /** The same words for all that are selected; begins with those that all of them have. */
    void labels() {
        List<TransferRow> rows = selected.get();
        if (rows.isEmpty()) {
            return;
        }
        Set<String> common = new TreeSet<>(rows.get(0).latest().options().labels());
        rows.forEach(row -> common.retainAll(row.latest().options().labels()));
        String known = String.join(", ", model.labels());
        AskView.show(window.get(), new AskView.Question(Messages.text("transfers.labels.title"), Messages.text("transfers.labels.words"),
                String.join(", ", common), known.isEmpty() ? Messages.text("transfers.labels.means") : Messages.text("transfers.labels.known", known),
                Messages.text("transfers.labels.do"), text -> model.all(rows, hash -> relabel(hash, common, wordsOf(text)))));
    }

    private CompletableFuture<Outcome<InfoHash>> relabel(InfoHash hash, Set<String> before, Set<String> now) {
        return commands.change(hash, options -> {
            Set<String> labels = new LinkedHashSet<>(options.labels());
            labels.removeAll(before);
            labels.addAll(now);
            return options.withLabels(labels);
        });
    }

    /** Words between commas. */
    static Set<String> wordsOf(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    void rename() {
        one(row -> AskView.show(window.get(), new AskView.Question(Messages.text("transfers.rename.title"), Messages.text("transfers.rename.name"),
                row.name(), Messages.text("transfers.rename.means"), Messages.text("transfers.rename.do"),
                name -> commands.rename(row.hash(), name))));
    }

    void move() {
        List<TransferRow> rows = selected.get();
        rows.stream().findFirst().flatMap(row -> picker.folder(window.get(), folderOf(row))).ifPresent(folder -> {
            String what = rows.size() == 1 ? rows.get(0).name() : Messages.text("transfers.several", Integer.toString(rows.size()));
            model.noticeProperty().set(Notice.info(Messages.text("transfers.move.running", what, folder)));
            model.all(rows, hash -> commands.move(hash, folder)).thenAccept(outcome -> model.noticeProperty()
                    .set(outcome.isDone() ? Notice.done(Messages.text("transfers.move.done", what, folder)) : Notice.of(outcome)));
        });
    }

    void locate() {
        one(row -> picker.folder(window.get(), folderOf(row)).ifPresent(folder -> model.tell(commands.locate(row.hash(), folder))));
    }

    private static Path folderOf(TransferRow row) {
        Path parent = row.latest().path().getParent();
        return parent == null ? row.latest().path() : parent;
    }

    void export() {
        one(row -> picker.newTorrentFile(window.get(), folderOf(row).resolve(row.latest().path().getFileName() + ".torrent"))
                .ifPresent(file -> commands.export(row.hash(), file).thenAccept(outcome -> model.noticeProperty().set(outcome.isDone()
                        ? Notice.done(Messages.text("transfers.export.done", file)) : Notice.of(outcome)))));
    }

    /** One link a line, of all that have one. */
    void copyMagnet() {
        List<CompletableFuture<Outcome<String>>> links = selected.get().stream().map(row -> commands.magnet(row.hash())).toList();
        CompletableFuture.allOf(links.toArray(CompletableFuture[]::new)).thenRun(() -> {
            links.forEach(link -> model.show(link.join()));
            String text = links.stream().map(CompletableFuture::join).filter(Outcome::isDone)
                    .map(link -> link.fold(value -> value, refusal -> "", problem -> "")).collect(Collectors.joining("\n"));
            if (!text.isEmpty()) {
                Clip.text(text);
            }
        });
    }

    private void each(Function<InfoHash, CompletableFuture<Outcome<InfoHash>>> command) {
        selected.get().forEach(row -> model.tell(command.apply(row.hash())));
    }

    private void one(Consumer<TransferRow> work) {
        List<TransferRow> rows = selected.get();
        if (rows.size() == 1) {
            work.accept(rows.get(0));
        }
    }
}
