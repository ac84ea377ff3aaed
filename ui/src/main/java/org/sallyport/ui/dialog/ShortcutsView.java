package org.sallyport.ui.dialog;

import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.stage.Window;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** The sheet of keyboard shortcuts. */
public final class ShortcutsView {
    private static final List<String> ACTIONS = List.of(
            "add", "magnet", "create", "paste", "search", "slow", "toggle", "recheck", "remove", "rename", "options", "queue", "labels",
            "link", "details", "wanted", "selectAll", "regions", "sections", "help");

    @FXML private GridPane shortcutsListPane;

    private ShortcutsView() { }

    public static void show(Window owner) {
        Parent content = Fxml.load(new ShortcutsView());
        DialogStage.show(owner, Messages.text("shortcuts.title"), content, false);
    }

    @FXML
    private void initialize() {
        for (int row = 0; row < ACTIONS.size(); row++) {
            Label key = new Label(Messages.text("shortcuts." + ACTIONS.get(row) + ".key"));
            key.getStyleClass().add("key-cap");
            shortcutsListPane.addRow(row, key, new Label(Messages.text("shortcuts." + ACTIONS.get(row))));
        }
    }

    @FXML
    private void close() {
        shortcutsListPane.getScene().getWindow().hide();
    }
}
