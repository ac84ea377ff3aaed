package org.sallyport.ui.transfers;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.TorrentState;

/** The state of a torrent: an icon and a sentence; the whole sentence in the tooltip. */
final class StandingCell extends TableCell<TransferRow, TransferRow.Standing> {
    private final FontIcon icon = new FontIcon(Feather.CIRCLE);
    private final Tooltip whole = new Tooltip();

    StandingCell() {
        getStyleClass().add("standing-cell");
        whole.setWrapText(true);
        whole.setMaxWidth(420);
    }

    @Override
    protected void updateItem(TransferRow.Standing standing, boolean empty) {
        super.updateItem(standing, empty);
        if (empty || standing == null) {
            setText("");
            setGraphic(null);
            setTooltip(null);
            return;
        }
        setText(standing.words());
        whole.setText(standing.whole());
        setAccessibleText(standing.whole());
        setTooltip(whole);
        icon.setIconCode(iconOf(standing));
        for (TorrentState state : TorrentState.values()) {
            icon.pseudoClassStateChanged(PseudoClass.getPseudoClass(state.name().toLowerCase(Locale.ROOT)), state == standing.state()
                    && !standing.troubled());
        }
        icon.pseudoClassStateChanged(PseudoClass.getPseudoClass("trouble"), standing.troubled() || standing.state() == TorrentState.TROUBLE);
        setGraphic(icon);
    }

    private static Feather iconOf(TransferRow.Standing standing) {
        if (standing.troubled()) {
            return Feather.ALERT_TRIANGLE;
        }
        return switch (standing.state()) {
            case QUEUED -> Feather.CLOCK;
            case METADATA, CHECKING, RELEASING -> Feather.REFRESH_CW;
            case DOWNLOADING -> Feather.ARROW_DOWN;
            case SEEDING -> Feather.ARROW_UP;
            case PAUSED -> Feather.PAUSE;
            case FINISHED -> Feather.CHECK;
            case TROUBLE -> Feather.ALERT_TRIANGLE;
        };
    }
}
