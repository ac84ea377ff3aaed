package org.sallyport.ui.safety;

import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.ui.i18n.Messages;

/** Whether a socket should be there, in words and with an icon: colour alone tells nobody. */
final class ExpectedCell extends TableCell<SocketSnapshot, Boolean> {
    private static final PseudoClass UNEXPECTED = PseudoClass.getPseudoClass("unexpected");

    ExpectedCell() {
        getStyleClass().add("expected-cell");
    }

    @Override
    protected void updateItem(Boolean expected, boolean empty) {
        super.updateItem(expected, empty);
        boolean filled = !empty && expected != null;
        pseudoClassStateChanged(UNEXPECTED, filled && !expected);
        setText(filled ? Messages.text(expected ? "safety.expected" : "safety.unexpected") : "");
        setGraphic(filled ? new FontIcon(expected ? Feather.CHECK : Feather.ALERT_TRIANGLE) : null);
    }
}
