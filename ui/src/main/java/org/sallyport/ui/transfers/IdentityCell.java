package org.sallyport.ui.transfers;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.i18n.Messages;

/** Who a peer is and how it is protected. The lock is for TLS alone: whatever else is encrypted proves nobody. */
final class IdentityCell extends TableCell<LiveRows.Row<PeerSnapshot>, PeerSnapshot> {
    private final FontIcon lock = FontIcon.of(Feather.LOCK, 13);

    /** What the column says about a peer, also to sort by. */
    static String words(PeerSnapshot peer) {
        if (!peer.tls()) {
            return Messages.text("peers.identity.unknown");
        }
        return peer.device().isEmpty() ? Messages.text("peers.identity.tls") : Messages.text("peers.identity.device", peer.device());
    }

    @Override
    protected void updateItem(PeerSnapshot peer, boolean empty) {
        super.updateItem(peer, empty);
        if (empty || peer == null) {
            setText("");
            setGraphic(null);
            setTooltip(null);
            return;
        }
        setText(words(peer));
        setGraphic(peer.tls() ? lock : null);
        String spoken = Messages.text(peer.tls() ? "peers.identity.tls.hint" : "peers.identity.unknown.hint");
        setTooltip(new Tooltip(spoken));
        setAccessibleText(words(peer) + ". " + spoken);
    }
}
