package org.sallyport.ui.sharing;

import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.ui.control.LiveRows;

/** Who is getting a share now, or why nobody can: an icon and words, the whole sentence in the tooltip. */
final class NowCell extends TableCell<LiveRows.Row<ShareSnapshot>, ShareSnapshot> {
    private static final PseudoClass TROUBLE = PseudoClass.getPseudoClass("trouble");
    private static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");

    private final FontIcon icon = new FontIcon(Feather.CIRCLE);
    private final Tooltip whole = new Tooltip();

    NowCell() {
        getStyleClass().add("now-cell");
        setWrapText(true);
        whole.setWrapText(true);
        whole.setMaxWidth(480);
    }

    @Override
    protected void updateItem(ShareSnapshot share, boolean empty) {
        super.updateItem(share, empty);
        if (empty || share == null) {
            setText("");
            setGraphic(null);
            setTooltip(null);
            return;
        }
        boolean trouble = !share.trouble().isEmpty();
        setText(ShareWords.now(share));
        whole.setText(getText());
        setTooltip(whole);
        icon.setIconCode(trouble ? Feather.ALERT_TRIANGLE : share.peers() > 0 ? Feather.ARROW_UP : Feather.CIRCLE);
        icon.pseudoClassStateChanged(TROUBLE, trouble);
        icon.pseudoClassStateChanged(BUSY, !trouble && share.peers() > 0);
        setGraphic(icon);
    }
}
