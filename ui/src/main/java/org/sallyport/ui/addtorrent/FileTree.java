package org.sallyport.ui.addtorrent;

import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckBoxTreeItem;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** Fills a tree with tri-state check boxes; Space toggles the row that has the focus. */
final class FileTree {
    private static final int FOLDERS_OPEN_UP_TO = 200;

    private FileTree() { }

    /** @param wanted whether a file (by index) is chosen to begin with @param want told each file (by index) that is chosen or left out from now on */
    static void fill(TreeView<FileNode> tree, FileNode root, int fileCount, IntPredicate wanted, BiConsumer<Integer, Boolean> want) {
        tree.setCellFactory(view -> new Cell());
        CheckBoxTreeItem<FileNode> all = item(root, fileCount <= FOLDERS_OPEN_UP_TO, want);
        leaveOut(all, wanted);
        tree.setRoot(all);
        tree.getRoot().setExpanded(true);
        tree.getSelectionModel().selectFirst();
        tree.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE && tree.getSelectionModel().getSelectedItem() instanceof CheckBoxTreeItem<FileNode> item) {
                item.setSelected(!item.isSelected());
                event.consume();
            }
        });
    }

    private static CheckBoxTreeItem<FileNode> item(FileNode node, boolean open, BiConsumer<Integer, Boolean> want) {
        CheckBoxTreeItem<FileNode> item = new CheckBoxTreeItem<>(node);
        // path depth is bounded by core, so recursion is
        node.children().forEach(child -> item.getChildren().add(item(child, open, want)));
        item.setSelected(true);
        item.setExpanded(open);
        if (!node.isFolder()) {
            item.selectedProperty().addListener((o, old, chosen) -> want.accept(node.index(), chosen));
        }
        return item;
    }

    /** Once everybody has a parent: a folder follows its files. */
    private static void leaveOut(CheckBoxTreeItem<FileNode> item, IntPredicate wanted) {
        FileNode node = item.getValue();
        if (!node.isFolder() && !wanted.test(node.index())) {
            item.setSelected(false);
        }
        item.getChildren().forEach(child -> leaveOut((CheckBoxTreeItem<FileNode>) child, wanted));
    }

    private static final class Cell extends TreeCell<FileNode> {
        private final CheckBox check = new CheckBox();
        private final FontIcon icon = new FontIcon(Feather.FILE);
        private final Label name = new Label();
        private final Label size = new Label();
        private final HBox row = new HBox(8, check, icon, name, size);
        private BooleanProperty shownSelected = new SimpleBooleanProperty();
        private BooleanProperty shownIndeterminate = new SimpleBooleanProperty();

        Cell() {
            row.setAlignment(Pos.CENTER_LEFT);
            name.setMaxWidth(Double.MAX_VALUE);
            name.setMinWidth(0);
            HBox.setHgrow(name, Priority.ALWAYS);
            size.getStyleClass().add("secondary");
            size.setMinWidth(USE_PREF_SIZE);
            check.setFocusTraversable(false);
            // a cell as wide as the tree, so that sizes line up at its right edge
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(FileNode node, boolean empty) {
            super.updateItem(node, empty);
            check.selectedProperty().unbindBidirectional(shownSelected);
            check.indeterminateProperty().unbindBidirectional(shownIndeterminate);
            TreeItem<FileNode> item = getTreeItem();
            if (empty || node == null || !(item instanceof CheckBoxTreeItem<FileNode> checked)) {
                setGraphic(null);
                return;
            }
            icon.setIconCode(node.isFolder() ? Feather.FOLDER : Feather.FILE);
            name.setText(node.name());
            size.setText(Words.size(node.sizeBytes()));
            shownSelected = checked.selectedProperty();
            shownIndeterminate = checked.indeterminateProperty();
            check.selectedProperty().bindBidirectional(shownSelected);
            check.indeterminateProperty().bindBidirectional(shownIndeterminate);
            check.setId("addFileCheck" + (node.isFolder() ? "" : node.index()));
            check.setAccessibleText(Messages.text("add.tree.check", node.name(), size.getText()));
            setAccessibleText(check.getAccessibleText());
            setGraphic(row);
        }
    }
}
