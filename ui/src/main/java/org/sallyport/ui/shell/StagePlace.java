package org.sallyport.ui.shell;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.sallyport.ui.control.WindowState;

/** Where the window was and how large; a place that is on no screen any more is forgotten. */
final class StagePlace {
    private static final double USUAL_WIDTH = 1180;
    private static final double USUAL_HEIGHT = 760;
    private static final double LEAST_WIDTH = 880;
    private static final double LEAST_HEIGHT = 560;

    private StagePlace() { }

    static void restore(Stage stage, WindowState memory) {
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setWidth(Math.max(LEAST_WIDTH, memory.number("window.width", USUAL_WIDTH)));
        stage.setHeight(Math.max(LEAST_HEIGHT, memory.number("window.height", USUAL_HEIGHT)));
        double x = memory.number("window.x", Double.NaN);
        double y = memory.number("window.y", Double.NaN);
        boolean visible = Screen.getScreens().stream().map(Screen::getVisualBounds)
                .anyMatch(screen -> screen.intersects(new Rectangle2D(clamp(x) + 100, clamp(y), 100, 40)));
        if (!Double.isNaN(x) && !Double.isNaN(y) && visible) {
            stage.setX(x);
            stage.setY(y);
        }
        stage.setMaximized(memory.flag("window.maximized", false));
    }

    private static double clamp(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    static void remember(Stage stage, WindowState memory) {
        memory.put("window.maximized", stage.isMaximized());
        if (!stage.isMaximized()) {
            memory.put("window.x", stage.getX());
            memory.put("window.y", stage.getY());
            memory.put("window.width", stage.getWidth());
            memory.put("window.height", stage.getHeight());
        }
    }
}
