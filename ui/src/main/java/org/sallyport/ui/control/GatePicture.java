package org.sallyport.ui.control;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.StrokeLineCap;

/** A wall with two towers, and its one door shut. */
public final class GatePicture extends Picture {
    private static final double WIDTH = 176;
    private static final double HEIGHT = 112;

    public GatePicture() {
        super("gate-picture");
        setMinSize(WIDTH, HEIGHT);
        setPrefSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
    }

    @Override
    void draw(GraphicsContext pen, double width, double height) {
        pen.setFill(quiet());
        tower(pen, 8);
        tower(pen, 132);
        pen.fillRect(44, 44, 88, 60);
        for (double x = 50; x < 126; x += 20) {
            pen.fillRect(x, 34, 12, 12);
        }
        pen.setFill(second());
        pen.fillRoundRect(20, 46, 10, 18, 8, 8);
        pen.fillRoundRect(146, 46, 10, 18, 8, 8);
        door(pen);
        pen.setStroke(textColor());
        pen.setLineWidth(2);
        pen.setLineCap(StrokeLineCap.ROUND);
        pen.strokeLine(2, 105, width - 2, 105);
    }

    private static void tower(GraphicsContext pen, double left) {
        pen.fillRect(left, 24, 36, 80);
        for (int merlon = 0; merlon < 3; merlon++) {
            pen.fillRect(left - 2 + merlon * 15, 12, 10, 14);
        }
        pen.fillRect(left - 2, 22, 40, 6);
    }

    private void door(GraphicsContext pen) {
        pen.setFill(first());
        pen.fillArc(66, 54, 44, 44, 0, 180, ArcType.ROUND);
        pen.fillRect(66, 75, 44, 29);
        pen.setStroke(second());
        pen.setLineWidth(1.5);
        pen.strokeLine(88, 56, 88, 104);
        pen.strokeLine(77, 59, 77, 104);
        pen.strokeLine(99, 59, 99, 104);
        pen.setLineWidth(4);
        pen.strokeLine(70, 82, 106, 82);
        pen.setFill(second());
        pen.fillRoundRect(82, 76, 12, 14, 4, 4);
        pen.setFill(first());
        pen.fillOval(86, 80, 4, 4);
    }
}
