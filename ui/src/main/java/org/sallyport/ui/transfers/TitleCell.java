package org.sallyport.ui.transfers;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;

/** The name of a torrent; in the tooltip also who made it and where it came from. */
final class TitleCell extends TableCell<TransferRow, TransferRow.Title> {
    private final Tooltip whole = new Tooltip();

    TitleCell() {
        whole.setWrapText(true);
        whole.setMaxWidth(420);
    }

    @Override
    protected void updateItem(TransferRow.Title title, boolean empty) {
        super.updateItem(title, empty);
        if (empty || title == null) {
            setText("");
            setTooltip(null);
            setAccessibleText("");
            return;
        }
        setText(title.name());
        whole.setText(title.whole());
        setTooltip(whole);
        setAccessibleText(title.whole());
    }
}
