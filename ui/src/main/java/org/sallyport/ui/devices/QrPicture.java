package org.sallyport.ui.devices;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/** A QR code, dark on light in every theme because readers want it so, each module a whole number of pixels. Empty text shows nothing. */
public final class QrPicture extends Region {
    private static final double WANTED = 232;

    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final Canvas canvas = new Canvas();

    public QrPicture() {
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        text.addListener((o, old, now) -> draw(now));
    }

    private void draw(String now) {
        canvas.setWidth(0);
        canvas.setHeight(0);
        if (!now.isEmpty()) {
            QrMatrix matrix = QrMatrix.of(now);
            double module = Math.max(3, Math.floor(WANTED / matrix.size()));
            draw(matrix, module);
        }
        setMinSize(canvas.getWidth(), canvas.getHeight());
        setMaxSize(canvas.getWidth(), canvas.getHeight());
    }

    private void draw(QrMatrix matrix, double module) {
        canvas.setWidth(matrix.size() * module);
        canvas.setHeight(matrix.size() * module);
        GraphicsContext pen = canvas.getGraphicsContext2D();
        pen.setFill(Color.WHITE);
        pen.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        pen.setFill(Color.BLACK);
        for (int y = 0; y < matrix.size(); y++) {
            for (int x = 0; x < matrix.size(); x++) {
                if (matrix.dark(x, y)) {
                    pen.fillRect(x * module, y * module, module, module);
                }
            }
        }
    }

    @Override
    protected void layoutChildren() {
        // a picture between two pixels would be blurred
        canvas.relocate(Math.round(snappedLeftInset()), Math.round(snappedTopInset()));
    }

    StringProperty textProperty() {
        return text;
    }
}
