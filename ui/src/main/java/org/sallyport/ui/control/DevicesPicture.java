package org.sallyport.ui.control;

import javafx.scene.canvas.GraphicsContext;
import org.sallyport.ui.i18n.Messages;

/** Two computers and a line between them that nobody else is on; only to look at. */
public final class DevicesPicture extends Picture {
    private static final double WIDTH = 240;
    private static final double HEIGHT = 88;

    public DevicesPicture() {
        super("devices-picture");
        setMinSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        setAccessibleText(Messages.text("devices.empty.picture"));
    }

    @Override
    void draw(GraphicsContext pen, double width, double height) {
        pen.setLineWidth(2);
        screen(pen, 9);
        screen(pen, width - 79);
        double middle = width / 2;
        pen.setStroke(first());
        pen.setLineDashes(1, 6);
        pen.strokeLine(91, 32, middle - 16, 32);
        pen.strokeLine(middle + 16, 32, width - 91, 32);
        pen.setLineDashes();
        lock(pen, middle, 32);
    }

    /** A laptop 70 wide. */
    private void screen(GraphicsContext pen, double x) {
        pen.setFill(quiet());
        pen.fillRoundRect(x, 8, 70, 48, 8, 8);
        pen.setStroke(textColor());
        pen.strokeRoundRect(x, 8, 70, 48, 8, 8);
        pen.strokeLine(x - 8, 64, x + 78, 64);
        pen.setFill(first());
        pen.fillOval(x + 32, 29, 6, 6);
    }

    private void lock(GraphicsContext pen, double x, double y) {
        pen.setStroke(first());
        pen.strokeArc(x - 6, y - 13, 12, 14, 0, 180, javafx.scene.shape.ArcType.OPEN);
        pen.setFill(first());
        pen.fillRoundRect(x - 10, y - 5, 20, 16, 4, 4);
    }
}
