package org.sallyport.ui.sharing;

import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.i18n.Messages;

/** The name of a share, and under it where it lies. */
final class WhatCell extends TableCell<LiveRows.Row<ShareSnapshot>, ShareSnapshot> {
    private final Label name = new Label();
    private final Label place = new Label();
    private final VBox both = new VBox(2, name, place);
    private final Tooltip whole = new Tooltip();

    WhatCell() {
        getStyleClass().add("what-cell");
        name.getStyleClass().add("field-title");
        place.getStyleClass().add("secondary");
        // the end of a path says more than its beginning
        place.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        name.setMinWidth(0);
        place.setMinWidth(0);
        whole.setWrapText(true);
        whole.setMaxWidth(480);
    }

    @Override
    protected void updateItem(ShareSnapshot share, boolean empty) {
        super.updateItem(share, empty);
        if (empty || share == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        name.setText(share.name());
        place.setText(share.download() ? Messages.text("sharing.downloaded", share.path()) : share.path().toString());
        setAccessibleText(name.getText() + ", " + place.getText());
        whole.setText(share.note().isEmpty() ? share.path().toString() : share.path() + "\n" + Messages.text("sharing.note", share.note()));
        setTooltip(whole);
        setGraphic(both);
    }
}
