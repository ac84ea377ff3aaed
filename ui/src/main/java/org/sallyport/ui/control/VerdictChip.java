package org.sallyport.ui.control;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.i18n.Messages;

/** A verdict as icon and word; "not scanned" never looks like "clean" (invariant I3). */
public final class VerdictChip extends Label {
    private final FontIcon icon = new FontIcon(Feather.HELP_CIRCLE);

    public VerdictChip() {
        setGraphic(icon);
        getStyleClass().add("chip");
    }

    public void show(Verdict verdict) {
        setText(Messages.text("verdict." + verdict.kind()));
        icon.setIconCode(switch (verdict.kind()) {
            case CLEAN -> Feather.CHECK_CIRCLE;
            case SUSPICIOUS -> Feather.ALERT_TRIANGLE;
            case INFECTED -> Feather.ALERT_OCTAGON;
            case NOT_SCANNED -> Feather.HELP_CIRCLE;
        });
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            PseudoClass look = PseudoClass.getPseudoClass(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            pseudoClassStateChanged(look, kind == verdict.kind());
        }
        setTooltip(verdict.reason().isEmpty() ? null : new Tooltip(verdict.reason()));
        setAccessibleText(getText() + " " + verdict.reason());
    }
}
