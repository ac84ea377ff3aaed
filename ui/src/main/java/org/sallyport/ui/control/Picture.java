package org.sallyport.ui.control;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/**
 * A canvas that fills its region and takes its colours from the stylesheet ({@code -first-color}, {@code -second-color},
 * {@code -quiet-color}, {@code -text-color}), so that it follows light and dark.
 */
abstract class Picture extends Region {
    private static final StyleablePropertyFactory<Picture> FACTORY = new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final CssMetaData<Picture, Color> FIRST = FACTORY.createColorCssMetaData("-first-color", p -> p.first, Color.DODGERBLUE);
    private static final CssMetaData<Picture, Color> SECOND = FACTORY.createColorCssMetaData("-second-color", p -> p.second, Color.SEAGREEN);
    private static final CssMetaData<Picture, Color> QUIET = FACTORY.createColorCssMetaData("-quiet-color", p -> p.quiet, Color.LIGHTGRAY);
    private static final CssMetaData<Picture, Color> TEXT = FACTORY.createColorCssMetaData("-text-color", p -> p.text, Color.GRAY);
    private static final List<CssMetaData<? extends Styleable, ?>> METADATA = metadata();

    private final Canvas canvas = new Canvas();
    private final StyleableProperty<Color> first = FACTORY.createStyleableColorProperty(this, "first", "-first-color", p -> p.first,
            Color.DODGERBLUE);
    private final StyleableProperty<Color> second = FACTORY.createStyleableColorProperty(this, "second", "-second-color", p -> p.second,
            Color.SEAGREEN);
    private final StyleableProperty<Color> quiet = FACTORY.createStyleableColorProperty(this, "quiet", "-quiet-color", p -> p.quiet, Color.LIGHTGRAY);
    private final StyleableProperty<Color> text = FACTORY.createStyleableColorProperty(this, "text", "-text-color", p -> p.text, Color.GRAY);

    Picture(String styleClass) {
        getStyleClass().add(styleClass);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        for (StyleableProperty<Color> color : List.of(first, second, quiet, text)) {
            ((ObservableValue<?>) color).addListener(o -> requestLayout());
        }
    }

    private static List<CssMetaData<? extends Styleable, ?>> metadata() {
        List<CssMetaData<? extends Styleable, ?>> all = new ArrayList<>(Region.getClassCssMetaData());
        all.addAll(List.of(FIRST, SECOND, QUIET, TEXT));
        return List.copyOf(all);
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return METADATA;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        GraphicsContext pen = canvas.getGraphicsContext2D();
        pen.clearRect(0, 0, getWidth(), getHeight());
        if (getWidth() > 0 && getHeight() > 0) {
            draw(pen, getWidth(), getHeight());
        }
    }

    /** Draws everything on an empty canvas. */
    abstract void draw(GraphicsContext pen, double width, double height);

    final Color first() {
        return first.getValue();
    }

    final Color second() {
        return second.getValue();
    }

    final Color quiet() {
        return quiet.getValue();
    }

    final Color textColor() {
        return text.getValue();
    }
}
