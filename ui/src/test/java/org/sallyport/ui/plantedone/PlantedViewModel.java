package org.sallyport.ui.plantedone;

import javafx.application.Platform;
import javafx.scene.control.Label;
import org.sallyport.ui.plantedtwo.Back;

/** Breaks the rules on purpose, so that the rules are seen to hold. */
public final class PlantedViewModel {
    private final Label label = new Label();

    public void show(Back back) {
        Platform.runLater(() -> label.setText(back.toString()));
    }
}
