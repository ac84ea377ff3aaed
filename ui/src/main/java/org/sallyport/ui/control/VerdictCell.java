package org.sallyport.ui.control;

import javafx.scene.control.TableCell;
import org.sallyport.core.model.Verdict;

/** A verdict in a table. */
public final class VerdictCell<R> extends TableCell<R, Verdict> {
    private final VerdictChip chip = new VerdictChip();

    @Override
    protected void updateItem(Verdict verdict, boolean empty) {
        super.updateItem(verdict, empty);
        if (empty || verdict == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        chip.show(verdict);
        setTooltip(chip.getTooltip());
        setAccessibleText(chip.getAccessibleText());
        setGraphic(chip);
    }
}
