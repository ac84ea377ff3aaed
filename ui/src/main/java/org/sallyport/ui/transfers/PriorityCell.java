package org.sallyport.ui.transfers;

import javafx.scene.control.TableCell;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.i18n.Messages;

/** How much a file is wanted, as icon and word. */
final class PriorityCell extends TableCell<LiveRows.Row<FileSnapshot>, FilePriority> {
    private final FontIcon icon = new FontIcon(Feather.MINUS);

    PriorityCell() {
        getStyleClass().add("chip");
    }

    @Override
    protected void updateItem(FilePriority priority, boolean empty) {
        super.updateItem(priority, empty);
        if (empty || priority == null) {
            setText("");
            setGraphic(null);
            return;
        }
        setText(Messages.text("files.priority." + priority));
        icon.setIconCode(iconOf(priority));
        setGraphic(icon);
    }

    static Feather iconOf(FilePriority priority) {
        return switch (priority) {
            case SKIP -> Feather.SLASH;
            case LOW -> Feather.CHEVRON_DOWN;
            case NORMAL -> Feather.MINUS;
            case HIGH -> Feather.CHEVRON_UP;
        };
    }
}
