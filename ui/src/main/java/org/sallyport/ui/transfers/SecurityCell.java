package org.sallyport.ui.transfers;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.i18n.Messages;

/** How a connection is protected. Obfuscation gets no lock: it protects nothing. */
final class SecurityCell extends TableCell<LiveRows.Row<PeerSnapshot>, PeerSnapshot.Security> {
    private final FontIcon lock = FontIcon.of(Feather.LOCK, 13);

    @Override
    protected void updateItem(PeerSnapshot.Security security, boolean empty) {
        super.updateItem(security, empty);
        if (empty || security == null) {
            setText("");
            setGraphic(null);
            setTooltip(null);
            return;
        }
        setText(Messages.text("peers.security." + security));
        setGraphic(security == PeerSnapshot.Security.TLS ? lock : null);
        String means = Messages.text("peers.security." + security + ".means");
        setTooltip(new Tooltip(means));
        setAccessibleText(getText() + ". " + means);
    }
}
