package org.sallyport.ui.transfers;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.ui.control.LiveRows;

/** The letters about a peer; the tooltip, and the ear, get their meaning. */
final class FlagsCell extends TableCell<LiveRows.Row<PeerSnapshot>, String> {
    @Override
    protected void updateItem(String flags, boolean empty) {
        super.updateItem(flags, empty);
        setText(empty || flags == null ? "" : flags);
        String words = PeerFlags.words(getText());
        setTooltip(words.isEmpty() ? null : new Tooltip(words));
        setAccessibleText(words);
    }
}
