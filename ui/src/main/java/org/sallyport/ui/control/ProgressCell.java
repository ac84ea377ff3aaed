package org.sallyport.ui.control;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.sallyport.ui.i18n.Words;

/** A bar and a percentage, for shares from 0 to 1. */
public final class ProgressCell<S> extends TableCell<S, Number> {
    private final ProgressBar bar = new ProgressBar(0);
    private final Label percent = new Label();
    private final HBox both = new HBox(8, bar, percent);

    public ProgressCell() {
        getStyleClass().add("progress-cell");
        bar.getStyleClass().add("small");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setMinWidth(24);
        bar.setPrefWidth(24);
        HBox.setHgrow(bar, Priority.ALWAYS);
        percent.setMinWidth(36);
        percent.setPrefWidth(36);
        percent.setAlignment(Pos.CENTER_RIGHT);
        both.setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(Number share, boolean empty) {
        super.updateItem(share, empty);
        if (empty || share == null) {
            setGraphic(null);
            return;
        }
        bar.setProgress(share.doubleValue());
        percent.setText(Words.percent(share.doubleValue()));
        setAccessibleText(percent.getText());
        if (getGraphic() == null) {
            setGraphic(both);
        }
    }
}
