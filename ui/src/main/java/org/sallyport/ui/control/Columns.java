package org.sallyport.ui.control;

import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import javafx.util.Callback;

/** Ways to show a column. */
public final class Columns {
    private Columns() { }

    /** Numbers (or anything that changes width) to the right. @param words how a value reads */
    public static <S, T> Callback<TableColumn<S, T>, TableCell<S, T>> right(Function<T, String> words) {
        return column -> new WordsCell<>(words, Pos.CENTER_RIGHT);
    }

    /** Text to the left; what does not fit is in the tooltip. */
    public static <S, T> Callback<TableColumn<S, T>, TableCell<S, T>> left(Function<T, String> words) {
        return column -> new WordsCell<>(words, Pos.CENTER_LEFT);
    }

    /** A head that stands over right-aligned cells. */
    public static void alignRight(TableColumn<?, ?> column) {
        column.getStyleClass().add("right");
    }

    private static final class WordsCell<S, T> extends TableCell<S, T> {
        private final Function<T, String> words;
        private final boolean left;

        WordsCell(Function<T, String> words, Pos alignment) {
            this.words = words;
            this.left = alignment == Pos.CENTER_LEFT;
            if (!left) {
                getStyleClass().add("right");
            }
        }

        @Override
        protected void updateItem(T value, boolean empty) {
            super.updateItem(value, empty);
            String text = empty || value == null ? "" : words.apply(value);
            setText(text);
            if (left) {
                setTooltip(text.length() > 24 ? new Tooltip(text) : null);
            }
        }
    }
}
