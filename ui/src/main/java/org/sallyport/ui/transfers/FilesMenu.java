package org.sallyport.ui.transfers;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyEvent;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.ui.i18n.Messages;

/** The context menu and the keys of the files tab. */
final class FilesMenu {
    private final FilesView files;
    private final ContextMenu menu = new ContextMenu();
    private final Menu folders = new Menu(Messages.text("files.menu.folder"), new FontIcon(Feather.FOLDER));
    private final Menu renameFolder = new Menu(Messages.text("files.menu.renameFolder"), new FontIcon(Feather.EDIT_2));
    private final MenuItem rename = item("filesRenameItem", "files.menu.rename", Feather.EDIT_2, KeyCode.F2, this::renameOne);

    private final MenuItem open = item("filesOpenItem", "files.menu.open", Feather.EXTERNAL_LINK, KeyCode.ENTER, this::openOne);

    FilesMenu(FilesView files) {
        this.files = files;
        folders.setId("filesFolderItem");
        renameFolder.setId("filesRenameFolderItem");
        menu.getItems().setAll(
                open, new SeparatorMenuItem(),
                want("filesHighItem", FilePriority.HIGH, KeyCode.DIGIT3),
                want("filesNormalItem", FilePriority.NORMAL, KeyCode.DIGIT2),
                want("filesLowItem", FilePriority.LOW, KeyCode.DIGIT1),
                want("filesSkipItem", FilePriority.SKIP, KeyCode.DIGIT0),
                new SeparatorMenuItem(), folders, new SeparatorMenuItem(), rename, renameFolder);
        menu.setOnShowing(e -> offer());
    }

    private MenuItem want(String id, FilePriority priority, KeyCode key) {
        return item(id, "files.priority." + priority, PriorityCell.iconOf(priority), key, () -> files.want(priority));
    }

    private static MenuItem item(String id, String words, Feather icon, KeyCode key, Runnable action) {
        MenuItem item = new MenuItem(Messages.text(words), new FontIcon(icon));
        item.setId(id);
        item.setAccelerator(new KeyCodeCombination(key));
        item.setOnAction(e -> action.run());
        return item;
    }

    /** What depends on the selection. */
    void offer() {
        List<FileSnapshot> selected = files.selected();
        List<String> around = FolderPaths.common(selected.stream().map(FileSnapshot::path).toList());
        List<MenuItem> toSelect = new ArrayList<>();
        List<MenuItem> toRename = new ArrayList<>();
        for (String folder : around) {
            toSelect.add(folderItem(folder, () -> files.select(folder)));
            toRename.add(folderItem(folder, () -> files.rename(folder)));
        }
        folders.getItems().setAll(toSelect);
        renameFolder.getItems().setAll(toRename);
        folders.setDisable(around.isEmpty());
        renameFolder.setDisable(around.isEmpty());
        rename.setDisable(selected.size() != 1);
        open.setDisable(selected.size() != 1 || !selected.get(0).released());
    }

    private static MenuItem folderItem(String folder, Runnable action) {
        MenuItem item = new MenuItem(folder);
        // an underscore in a name is no mnemonic
        item.setMnemonicParsing(false);
        item.setOnAction(e -> action.run());
        return item;
    }

    private void openOne() {
        if (files.selected().size() == 1) {
            files.open();
        }
    }

    private void renameOne() {
        if (files.selected().size() == 1) {
            files.rename(files.selected().get(0).path());
        }
    }

    /** @return whether the key was one of the menu's, or Space, or Backspace which goes up to the folder */
    boolean key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown() || event.isShiftDown() || event.isControlDown()) {
            return false;
        }
        switch (event.getCode()) {
            case SPACE -> files.toggle();
            case BACK_SPACE -> files.widen();
            case DIGIT0, NUMPAD0 -> files.want(FilePriority.SKIP);
            case DIGIT1, NUMPAD1 -> files.want(FilePriority.LOW);
            case DIGIT2, NUMPAD2 -> files.want(FilePriority.NORMAL);
            case DIGIT3, NUMPAD3 -> files.want(FilePriority.HIGH);
            case F2 -> renameOne();
            case ENTER -> openOne();
            default -> {
                return false;
            }
        }
        return true;
    }

    ContextMenu menu() {
        return menu;
    }
}
