package org.sallyport.ui.transfers;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.ui.i18n.Messages;

/** A verdict as icon and word; "not scanned" never looks like "clean" (invariant I3). */
final class VerdictCell extends TableCell<LiveRows.Row<FileSnapshot>, Verdict> {
    private final FontIcon icon = new FontIcon(Feather.HELP_CIRCLE);
    private final Label chip = new Label("", icon);

    VerdictCell() {
        chip.getStyleClass().add("chip");
    }

    @Override
    protected void updateItem(Verdict verdict, boolean empty) {
        super.updateItem(verdict, empty);
        if (empty || verdict == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        chip.setText(Messages.text("verdict." + verdict.kind()));
        icon.setIconCode(switch (verdict.kind()) {
            case CLEAN -> Feather.CHECK_CIRCLE;
            case SUSPICIOUS -> Feather.ALERT_TRIANGLE;
            case INFECTED -> Feather.ALERT_OCTAGON;
            case NOT_SCANNED -> Feather.HELP_CIRCLE;
        });
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            PseudoClass look = PseudoClass.getPseudoClass(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            chip.pseudoClassStateChanged(look, kind == verdict.kind());
        }
        setTooltip(verdict.reason().isEmpty() ? null : new Tooltip(verdict.reason()));
        setAccessibleText(chip.getText() + " " + verdict.reason());
        setGraphic(chip);
    }
}
