package org.sallyport.ui.control;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.TableCell;

/**
 * One button in each row. Tab passes it by, because there may be any number of rows: the table offers the same to the keyboard.
 */
public final class ActCell<V> extends TableCell<LiveRows.Row<V>, V> {
    private final Button button = new Button();
    private final Function<V, String> id;
    private final Function<V, String> spoken;

    /** @param id of the button in one row, unique in the program @param spoken what it does there, for the ear */
    public ActCell(String text, Function<V, String> id, Function<V, String> spoken, Consumer<V> act) {
        this.id = id;
        this.spoken = spoken;
        getStyleClass().add("act-cell");
        button.setText(text);
        button.setFocusTraversable(false);
        button.setOnAction(e -> act.accept(getItem()));
    }

    @Override
    protected void updateItem(V value, boolean empty) {
        super.updateItem(value, empty);
        if (empty || value == null) {
            setGraphic(null);
            return;
        }
        button.setId(id.apply(value));
        button.setAccessibleText(spoken.apply(value));
        setGraphic(button);
    }

    /** {@code prefix} and something that tells this row from others, in letters and digits only. */
    public static String idOf(String prefix, Object key) {
        return prefix + "-" + key.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
