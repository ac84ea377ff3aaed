package org.sallyport.ui.transfers;

import java.util.List;
import javafx.scene.control.TableCell;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.NameFlag;
import org.sallyport.ui.control.FlagChip;
import org.sallyport.ui.control.LiveRows;

/** What a file's name gives away, or why it was left out. */
final class NamesCell extends TableCell<LiveRows.Row<FileSnapshot>, NamesCell.Told> {
    private final FlagChip chip = new FlagChip();

    /** @param skipped in a few words; empty when the file is wanted */
    record Told(List<NameFlag> flags, String skipped) { }

    @Override
    protected void updateItem(Told told, boolean empty) {
        super.updateItem(told, empty);
        boolean flagged = !empty && told != null && !told.flags().isEmpty();
        chip.show(flagged ? told.flags() : List.of());
        setGraphic(flagged ? chip : null);
        setText(empty || told == null || flagged ? "" : told.skipped());
        setTooltip(chip.getTooltip());
        setAccessibleText(flagged ? chip.getAccessibleText() : getText());
    }
}
