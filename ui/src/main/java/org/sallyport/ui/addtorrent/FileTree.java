package org.sallyport.ui.addtorrent;

import java.util.BitSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
import org.sallyport.ui.control.FlagChip;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** Fills a tree with tri-state check boxes; Space toggles the row that has the focus. */
final class FileTree {
    private static final int FOLDERS_OPEN_UP_TO = 200;

    private FileTree() { }

    /**
     * Fills it, or fills it again.
     *
     * @param wanted whether a file (by index) is chosen to begin with
     * @param want   told the files (by index) that are chosen or left out from now on
     * @param notFor why a file is not among those chosen by themselves, in a few words; empty when it is
     */
    static void fill(TreeView<FileNode> tree, FileNode root, int fileCount, IntPredicate wanted, BiConsumer<BitSet, Boolean> want,
            Function<FileNode, String> notFor) {
        boolean again = tree.getRoot() != null;
        tree.setCellFactory(view -> new Cell(notFor));
        tree.setRoot(new Choice(want).item(root, fileCount <= FOLDERS_OPEN_UP_TO, wanted));
        tree.getRoot().setExpanded(true);
        tree.getSelectionModel().selectFirst();
        if (again) {
            return;
        }
        tree.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE && tree.getSelectionModel().getSelectedItem() instanceof CheckBoxTreeItem<FileNode> item) {
                item.setSelected(!item.isSelected());
                event.consume();
            }
        });
    }

    /**
     * Lets folders and files follow each other. The items are independent of each other and follow through this class: with JavaFX's own way each
     * change of a file asks all its neighbours, and a torrent with a hundred thousand files in one folder would stop the window for minutes.
     */
    private static final class Choice {
        private final BiConsumer<BitSet, Boolean> want;
        private boolean following;

        Choice(BiConsumer<BitSet, Boolean> want) {
            this.want = want;
        }

        CheckBoxTreeItem<FileNode> item(FileNode node, boolean open, IntPredicate wanted) {
            CheckBoxTreeItem<FileNode> item = new CheckBoxTreeItem<>(node);
            item.setIndependent(true);
            // path depth is bounded by core, so recursion is
            item.getChildren().setAll(node.children().stream().map(child -> item(child, open, wanted)).toList());
            if (node.isFolder()) {
                lookAsFiles(item);
            } else {
                item.setSelected(wanted.test(node.index()));
            }
            item.setExpanded(open);
            item.selectedProperty().addListener((o, old, chosen) -> chosen(item, chosen));
            return item;
        }

        private void chosen(CheckBoxTreeItem<FileNode> item, boolean chosen) {
            if (following) {
                return;
            }
            following = true;
            BitSet files = new BitSet();
            choose(item, chosen, files);
            for (TreeItem<FileNode> folder = item.getParent(); folder != null; folder = folder.getParent()) {
                lookAsFiles((CheckBoxTreeItem<FileNode>) folder);
            }
            following = false;
            want.accept(files, chosen);
        }

        private static void choose(CheckBoxTreeItem<FileNode> item, boolean chosen, BitSet files) {
            item.setIndeterminate(false);
            item.setSelected(chosen);
            if (!item.getValue().isFolder()) {
                files.set(item.getValue().index());
            }
            item.getChildren().forEach(child -> choose((CheckBoxTreeItem<FileNode>) child, chosen, files));
        }

        private static void lookAsFiles(CheckBoxTreeItem<FileNode> folder) {
            boolean all = true;
            boolean any = false;
            for (TreeItem<FileNode> each : folder.getChildren()) {
                CheckBoxTreeItem<FileNode> child = (CheckBoxTreeItem<FileNode>) each;
                all &= child.isSelected();
                any |= child.isSelected() || child.isIndeterminate();
            }
            folder.setSelected(all);
            folder.setIndeterminate(any && !all);
        }
    }

    private static final class Cell extends TreeCell<FileNode> {
        private final CheckBox check = new CheckBox();
        private final FontIcon icon = new FontIcon(Feather.FILE);
        private final Label name = new Label();
        private final Label size = new Label();
        private final Label reason = new Label();
        private final FlagChip flags = new FlagChip();
        private final HBox row = new HBox(8, check, icon, name, reason, flags, size);
        private final Function<FileNode, String> notFor;
        private BooleanProperty shownSelected = new SimpleBooleanProperty();
        private BooleanProperty shownIndeterminate = new SimpleBooleanProperty();

        Cell(Function<FileNode, String> notFor) {
            this.notFor = notFor;
            reason.getStyleClass().add("secondary");
            reason.setMinWidth(USE_PREF_SIZE);
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
            flags.show(node.flags());
            reason.setText(node.flags().isEmpty() ? notFor.apply(node) : "");
            check.setAccessibleText(Messages.text("add.tree.check", node.name(), size.getText()) + spoken(node));
            setAccessibleText(check.getAccessibleText());
            setGraphic(row);
        }

        private String spoken(FileNode node) {
            String told = node.flags().isEmpty() ? reason.getText() : FlagChip.spoken(node.flags());
            return told.isEmpty() ? "" : ". " + told;
        }
    }
}
