package org.sallyport.ui.sharing;

import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.i18n.Messages;

/** Whether an allowed folder can be used, in words and with an icon; the whole sentence in the tooltip. */
final class ProblemCell extends TableCell<LiveRows.Row<AllowedFolder>, String> {
    private static final PseudoClass TROUBLE = PseudoClass.getPseudoClass("trouble");

    private final FontIcon icon = new FontIcon(Feather.CHECK);

    ProblemCell() {
        getStyleClass().add("problem-cell");
    }

    @Override
    protected void updateItem(String problem, boolean empty) {
        super.updateItem(problem, empty);
        boolean filled = !empty && problem != null;
        boolean troubled = filled && !problem.isEmpty();
        setText(filled ? troubled ? problem : Messages.text("sharing.folder.fine") : "");
        setTooltip(troubled ? new Tooltip(problem) : null);
        icon.setIconCode(troubled ? Feather.ALERT_TRIANGLE : Feather.CHECK);
        icon.pseudoClassStateChanged(TROUBLE, troubled);
        setGraphic(filled ? icon : null);
    }
}
