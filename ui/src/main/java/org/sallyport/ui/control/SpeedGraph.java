package org.sallyport.ui.control;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** Down (filled) and up (line) rates of the last five minutes, newest at the right. */
public final class SpeedGraph extends Picture {
    private static final double LABEL_HEIGHT = 16;
    private static final Font SMALL = Font.font("IBM Plex Sans", 11);

    private RateHistory history = new RateHistory();

    public SpeedGraph() {
        super("speed-graph");
        setMinSize(120, 48);
    }

    /** Draws {@code history} as it is now; call again after each change. */
    public void show(RateHistory rates) {
        history = rates;
        setAccessibleText(Messages.text("overview.graph.spoken",
                Words.rateOrZero(rates.down(0)), Words.rateOrZero(rates.up(0)), Words.rateOrZero(rates.highest())));
        requestLayout();
    }

    @Override
    void draw(GraphicsContext pen, double width, double height) {
        long top = roundUp(history.highest());
        double floor = height - 1;
        double ceiling = LABEL_HEIGHT;
        pen.setStroke(quiet());
        pen.setLineWidth(1);
        for (int line = 0; line <= 2; line++) {
            double y = Math.round(ceiling + (floor - ceiling) * line / 2) + 0.5;
            pen.strokeLine(0, Math.min(y, height - 0.5), width, Math.min(y, height - 0.5));
        }
        pen.setFill(textColor());
        pen.setFont(SMALL);
        pen.fillText(top == 0 ? Messages.text("overview.graph.idle") : Words.rateOrZero(top), 0, 11);
        if (top > 0) {
            area(pen, width, floor, (floor - ceiling) / top);
            line(pen, true, first(), width, floor, (floor - ceiling) / top);
            line(pen, false, second(), width, floor, (floor - ceiling) / top);
        }
    }

    private void area(GraphicsContext pen, double width, double floor, double scale) {
        pen.beginPath();
        pen.moveTo(width, floor);
        for (int age = 0; age < RateHistory.CAPACITY; age++) {
            pen.lineTo(x(width, age), floor - history.down(age) * scale);
        }
        pen.lineTo(0, floor);
        pen.closePath();
        pen.setFill(first().deriveColor(0, 1, 1, 0.14));
        pen.fill();
    }

    private void line(GraphicsContext pen, boolean down, Color color, double width, double floor, double scale) {
        pen.beginPath();
        for (int age = 0; age < RateHistory.CAPACITY; age++) {
            double y = floor - (down ? history.down(age) : history.up(age)) * scale;
            if (age == 0) {
                pen.moveTo(width, y);
            } else {
                pen.lineTo(x(width, age), y);
            }
        }
        pen.setStroke(color);
        pen.setLineWidth(1.5);
        pen.stroke();
    }

    private static double x(double width, int age) {
        return width - width * age / (RateHistory.CAPACITY - 1);
    }

    /** The next of 1, 2, 5 × 10ⁿ, so that the scale changes seldom. */
    static long roundUp(long rate) {
        long step = 1;
        while (rate > 0) {
            for (long factor : new long[] {1, 2, 5}) {
                if (rate <= factor * step) {
                    return factor * step;
                }
            }
            step *= 10;
        }
        return 0;
    }
}
