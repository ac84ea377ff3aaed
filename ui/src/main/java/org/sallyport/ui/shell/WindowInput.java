package org.sallyport.ui.shell;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import org.sallyport.ui.addtorrent.AddTorrents;
import org.sallyport.ui.feed.FxThread;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.shell.ShellView.Section;

/** What comes into the window as a whole: shortcuts, dropped and pasted files, paths and magnet links. */
final class WindowInput {
    private static final PseudoClass RECEIVING = PseudoClass.getPseudoClass("receiving");

    private final Target target;
    private final Map<KeyCombination, Runnable> keys;

    /** What input asks for. */
    interface Target {
        void chooseTorrents();

        void askForLink();

        void createTorrent();

        void offer(List<Path> torrents);

        void offerLinks(List<String> links);

        /** Says why what was dropped or pasted is not used. */
        void explain(String sentence);

        void search();

        void toggleSlow();

        void nextRegion();

        void show(Section section);

        void shortcuts();
    }

    WindowInput(Scene scene, Target target) {
        this.target = target;
        this.keys = Map.ofEntries(
                Map.entry(shortcut(KeyCode.O), target::chooseTorrents),
                Map.entry(shortcut(KeyCode.U), target::askForLink),
                Map.entry(shortcut(KeyCode.T), target::toggleSlow),
                Map.entry(shortcut(KeyCode.N), target::createTorrent),
                Map.entry(shortcut(KeyCode.F), target::search),
                Map.entry(shortcut(KeyCode.DIGIT1), () -> target.show(Section.DOWNLOADS)),
                Map.entry(shortcut(KeyCode.DIGIT2), () -> target.show(Section.SHARING)),
                Map.entry(shortcut(KeyCode.DIGIT3), () -> target.show(Section.DEVICES)),
                Map.entry(shortcut(KeyCode.DIGIT4), () -> target.show(Section.QUARANTINE)),
                Map.entry(shortcut(KeyCode.DIGIT5), () -> target.show(Section.SAFETY)),
                Map.entry(shortcut(KeyCode.DIGIT6), () -> target.show(Section.SETTINGS)),
                Map.entry(new KeyCodeCombination(KeyCode.F6), target::nextRegion),
                Map.entry(new KeyCodeCombination(KeyCode.F1), target::shortcuts),
                Map.entry(shortcut(KeyCode.V), this::paste));
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(scene, event));
        scene.setOnDragOver(this::over);
        scene.setOnDragDropped(this::dropped);
        scene.setOnDragEntered(event -> scene.getRoot().pseudoClassStateChanged(RECEIVING, isOfUse(event.getDragboard())));
        scene.setOnDragExited(event -> scene.getRoot().pseudoClassStateChanged(RECEIVING, false));
    }

    private static KeyCombination shortcut(KeyCode code) {
        return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
    }

    private void key(Scene scene, KeyEvent event) {
        boolean pastingText = event.getCode() == KeyCode.V && scene.getFocusOwner() instanceof TextInputControl;
        keys.forEach((combination, action) -> {
            if (!event.isConsumed() && !pastingText && combination.match(event)) {
                event.consume();
                action.run();
            }
        });
    }

    private static boolean isOfUse(Dragboard board) {
        return board.hasFiles() || !links(board).isEmpty();
    }

    /** Magnet links of what is dragged: browsers give a link as text, as address, or as both. */
    private static List<String> links(Dragboard board) {
        List<String> inText = board.hasString() ? AddTorrents.linksIn(board.getString()) : List.of();
        return inText.isEmpty() && board.hasUrl() ? AddTorrents.linksIn(board.getUrl()) : inText;
    }

    private void over(DragEvent event) {
        if (isOfUse(event.getDragboard())) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        Dragboard board = event.getDragboard();
        if (board.hasFiles()) {
            List<Path> files = board.getFiles().stream().map(File::toPath).toList();
            event.setDropCompleted(true);
            event.consume();
            // after the drop has ended: the other program waits for its end, and must not wait for our dialog
            FxThread.EXECUTOR.execute(() -> take(files));
        } else if (!links(board).isEmpty()) {
            List<String> links = links(board);
            event.setDropCompleted(true);
            event.consume();
            FxThread.EXECUTOR.execute(() -> target.offerLinks(links));
        }
    }

    private void paste() {
        Clipboard clipboard = Clipboard.getSystemClipboard();
        if (clipboard.hasFiles()) {
            take(clipboard.getFiles().stream().map(File::toPath).toList());
        } else if (clipboard.hasString()) {
            List<String> links = AddTorrents.linksIn(clipboard.getString());
            if (links.isEmpty()) {
                take(pathsIn(clipboard.getString()));
            } else {
                target.offerLinks(links);
            }
        }
    }

    private void take(List<Path> paths) {
        List<Path> torrents = paths.stream().filter(WindowInput::isTorrent).toList();
        if (torrents.isEmpty()) {
            target.explain(Messages.text("input.notTorrent"));
        } else {
            target.offer(torrents);
        }
    }

    private static boolean isTorrent(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".torrent");
    }

    /** One path or file URI per line; other lines are left out. */
    static List<Path> pathsIn(String text) {
        List<Path> paths = new ArrayList<>();
        for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).limit(100).toList()) {
            try {
                Path path = line.startsWith("file:") ? Path.of(URI.create(line)) : Path.of(line);
                if (path.isAbsolute()) {
                    paths.add(path);
                }
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return paths;
    }
}
