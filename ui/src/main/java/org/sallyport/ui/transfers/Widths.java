package org.sallyport.ui.transfers;

import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** Column widths of the detail tables: some take what room there is, the others keep to theirs. */
final class Widths {
    private Widths() { }

    static void flexible(TableColumn<?, ?> column, double usual) {
        column.setMinWidth(96);
        column.setPrefWidth(usual);
    }

    static void fixed(TableColumn<?, ?> column, double width) {
        column.setMinWidth(width * 0.7);
        column.setPrefWidth(width);
        column.setMaxWidth(width * 1.5);
    }

    /** Sorts again by what the user chose, after values have changed. */
    static void keepSorted(TableView<?> table) {
        if (!table.getSortOrder().isEmpty()) {
            table.sort();
        }
    }
}
