package org.sallyport.ui.dialog;

import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.sallyport.ui.control.Look;

/** A dialog window over its owner: our look, Esc closes, centred. */
public final class DialogStage {
    private DialogStage() { }

    /** Builds and shows; returns at once. FX thread. */
    public static Stage show(Window owner, String title, Parent content, boolean resizable) {
        Stage stage = new Stage();
        stage.initOwner(owner);
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(title);
        stage.setResizable(resizable);
        Scene scene = new Scene(content);
        Look.style(scene);
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.ESCAPE), stage::hide);
        stage.setScene(scene);
        stage.sizeToScene();
        stage.setOnShown(e -> {
            centre(stage, owner);
        });
        stage.show();
        return stage;
    }

    private static void centre(Stage stage, Window owner) {
        stage.setX(Math.max(0, owner.getX() + (owner.getWidth() - stage.getWidth()) / 2));
        stage.setY(Math.max(0, owner.getY() + (owner.getHeight() - stage.getHeight()) / 3));
    }
}
