package org.sallyport.ui.control;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.AccessibleAttribute;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.sallyport.ui.i18n.Messages;

/**
 * A week to paint on: a row for each day, a box for each half hour. Full boxes run, half ones are slow, crossed ones stop. The mouse paints with the
 * brush; the arrow keys go from box to box, Space paints, with Shift an arrow paints on its way, and R, S and X paint with their own.
 */
public final class WeekGrid extends Picture {
    private static final double LEFT = 84;
    private static final double TOP = 18;

    private final char[][] week = new char[WeekText.DAYS][WeekText.HALF_HOURS];
    private char brush = WeekText.SLOW;
    private int day;
    private int halfHour;
    private Consumer<List<String>> onPainted = painted -> { };

    public WeekGrid() {
        super("week-grid");
        setMinSize(480, TOP + WeekText.DAYS * 20);
        setPrefHeight(TOP + WeekText.DAYS * 22);
        setFocusTraversable(true);
        show(WeekText.running());
        focusedProperty().addListener(o -> requestLayout());
        disabledProperty().addListener(o -> requestLayout());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::mouse);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::mouse);
        addEventHandler(MouseEvent.MOUSE_RELEASED, e -> onPainted.accept(week()));
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    /** @param shown seven days; anything else shows a week that runs */
    public void show(List<String> shown) {
        List<String> whole = WeekText.isWhole(shown) ? shown : WeekText.running();
        for (int d = 0; d < WeekText.DAYS; d++) {
            week[d] = whole.get(d).toCharArray();
        }
        speak();
    }

    public List<String> week() {
        return Arrays.stream(week).map(String::new).toList();
    }

    /** What the mouse and Space paint with: {@link WeekText#RUN}, {@link WeekText#SLOW} or {@link WeekText#STOP}. */
    public void setBrush(char sign) {
        brush = sign;
    }

    /** Told the week after each stroke. */
    public void setOnPainted(Consumer<List<String>> listener) {
        onPainted = listener;
    }

    private void mouse(MouseEvent event) {
        requestFocus();
        double column = (event.getX() - LEFT) / boxWidth(getWidth());
        double row = (event.getY() - TOP) / boxHeight(getHeight());
        if (column >= 0 && column < WeekText.HALF_HOURS && row >= 0 && row < WeekText.DAYS) {
            goTo((int) row, (int) column);
            paint(brush);
        }
        event.consume();
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> goTo(day, halfHour - 1);
            case RIGHT -> goTo(day, halfHour + 1);
            case UP -> goTo(day - 1, halfHour);
            case DOWN -> goTo(day + 1, halfHour);
            case HOME -> goTo(day, 0);
            case END -> goTo(day, WeekText.HALF_HOURS - 1);
            case SPACE -> stroke(brush);
            case R -> stroke(WeekText.RUN);
            case S -> stroke(WeekText.SLOW);
            case X -> stroke(WeekText.STOP);
            default -> {
                return;
            }
        }
        if (event.isShiftDown() && event.getCode().isArrowKey()) {
            stroke(brush);
        }
        event.consume();
    }

    private void stroke(char sign) {
        paint(sign);
        onPainted.accept(week());
    }

    private void goTo(int newDay, int newHalfHour) {
        day = Math.max(0, Math.min(WeekText.DAYS - 1, newDay));
        halfHour = Math.max(0, Math.min(WeekText.HALF_HOURS - 1, newHalfHour));
        speak();
    }

    private void paint(char sign) {
        week[day][halfHour] = sign;
        speak();
    }

    private void speak() {
        setAccessibleText(Messages.text("week.box", WeekText.day(day), WeekText.clock(halfHour), WeekText.state(week[day][halfHour])));
        notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        requestLayout();
    }

    private static double boxWidth(double width) {
        return (width - LEFT - 1) / WeekText.HALF_HOURS;
    }

    private static double boxHeight(double height) {
        return (height - TOP - 1) / WeekText.DAYS;
    }

    @Override
    void draw(GraphicsContext pen, double width, double height) {
        double boxWidth = boxWidth(width);
        double boxHeight = boxHeight(height);
        pen.setGlobalAlpha(isDisabled() ? 0.4 : 1);
        pen.setFill(textColor());
        pen.setFont(Font.font("IBM Plex Sans", 12));
        pen.setTextAlign(TextAlignment.LEFT);
        for (int hour = 0; hour < 24; hour += 3) {
            pen.fillText(WeekText.clock(hour * 2), LEFT + hour * 2 * boxWidth, TOP - 6);
        }
        for (int d = 0; d < WeekText.DAYS; d++) {
            pen.setFill(textColor());
            pen.fillText(WeekText.day(d), 0, TOP + d * boxHeight + boxHeight * 0.68);
            for (int h = 0; h < WeekText.HALF_HOURS; h++) {
                box(pen, week[d][h], LEFT + h * boxWidth, TOP + d * boxHeight, boxWidth - 1, boxHeight - 2);
            }
        }
        if (isFocused()) {
            pen.setStroke(textColor());
            pen.setLineWidth(2);
            pen.strokeRect(LEFT + halfHour * boxWidth - 1, TOP + day * boxHeight - 1, boxWidth + 1, boxHeight);
        }
        pen.setGlobalAlpha(1);
    }

    private void box(GraphicsContext pen, char sign, double x, double y, double width, double height) {
        pen.setFill(quiet());
        pen.fillRect(x, y, width, height);
        if (sign == WeekText.RUN) {
            pen.setFill(first());
            pen.fillRect(x, y, width, height);
        } else if (sign == WeekText.SLOW) {
            pen.setFill(second());
            pen.fillRect(x, y + height / 2, width, height / 2);
        } else {
            pen.setStroke(textColor());
            pen.setLineWidth(1);
            pen.strokeLine(x + 1.5, y + height / 2 - width / 2 + 1.5, x + width - 1.5, y + height / 2 + width / 2 - 1.5);
            pen.strokeLine(x + width - 1.5, y + height / 2 - width / 2 + 1.5, x + 1.5, y + height / 2 + width / 2 - 1.5);
        }
    }
}
