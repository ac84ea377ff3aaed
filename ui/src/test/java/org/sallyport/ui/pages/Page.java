package org.sallyport.ui.pages;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** A screen as a test sees it: everything is found by id, and every look waits, at most thirty seconds, until it is there. */
abstract class Page {
    private static final long PATIENCE_SECONDS = 30;

    protected final FxRobot robot;
    private final Predicate<Window> mine;

    Page(FxRobot robot) {
        this(robot, window -> true);
    }

    private Page(FxRobot robot, Predicate<Window> mine) {
        this.robot = robot;
        this.mine = mine;
    }

    /** As it is in the window {@code main} and its dialogs, where more than one window is open. */
    Page(FxRobot robot, Window main) {
        this(robot, window -> belongs(window, main));
    }

    private static boolean belongs(Window window, Window main) {
        return window == main || window instanceof Stage stage && stage.getOwner() != null && belongs(stage.getOwner(), main);
    }

    private Optional<Node> find(String id) {
        return Window.getWindows().stream().filter(mine).filter(w -> w.getScene() != null)
                .flatMap(w -> w.getScene().getRoot().lookupAll("#" + id).stream()).filter(Page::isShown).findFirst();
    }

    /** Waits until it is so, and for what follows from it to be laid out. */
    public static void until(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
        } catch (TimeoutException e) {
            throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + what, e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** The control with this id, once it can be seen. */
    protected final <T extends Node> T node(String id) {
        if (!visible(id)) {
            until("#" + id + " is visible", () -> visible(id));
        }
        return shown(id);
    }

    @SuppressWarnings("unchecked")
    private <T extends Node> T shown(String id) {
        return (T) look(() -> find(id)).orElseThrow(() -> new AssertionError("#" + id + " is not there any more"));
    }

    /** Reads on the FX thread: what is shown changes there at any time. */
    protected static <T> T look(Supplier<T> question) {
        return Platform.isFxApplicationThread() ? question.get() : WaitForAsyncUtils.waitFor(WaitForAsyncUtils.asyncFx(question::get));
    }

    protected final boolean visible(String id) {
        return look(() -> find(id).isPresent());
    }

    private static boolean isShown(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null && node.getScene().getWindow() != null && node.getScene().getWindow().isShowing();
    }

    protected final void gone(String id) {
        until("#" + id + " is gone", () -> !visible(id));
    }

    /** Clicks with the mouse, once it is enabled. */
    protected final void click(String id) {
        Node node = node(id);
        // and what is under way is laid out, or the mouse would go to where it was
        until("#" + id + " is enabled", () -> !node.isDisabled());
        robot.clickOn(node);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Presses a button without the mouse: for those that a scroll pane may have out of sight. */
    protected final void fire(String id) {
        ButtonBase button = node(id);
        robot.interact(button::fire);
        WaitForAsyncUtils.waitForFxEvents();
    }

    protected final void type(String id, String text) {
        TextInputControl field = node(id);
        robot.interact(() -> {
            field.requestFocus();
            field.setText(text);
        });
    }

    protected final String text(String id) {
        Node node = node(id);
        return look(() -> textOf(node));
    }

    private static String textOf(Node node) {
        return node instanceof TextInputControl field ? field.getText() : ((Labeled) node).getText();
    }

    protected final void untilText(String id, Predicate<String> wanted) {
        until("#" + id + " says it", () -> find(id).filter(node -> wanted.test(textOf(node))).isPresent());
    }

    protected final void check(String id, boolean value) {
        CheckBox box = node(id);
        if (box.isSelected() != value) {
            click(id);
        }
    }

    /** Chooses from what a choice box offers. */
    protected final <T> void choose(String id, T value) {
        ChoiceBox<T> box = node(id);
        until("#" + id + " is enabled", () -> !box.isDisabled());
        robot.interact(() -> box.setValue(value));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** What a choice box shows. */
    protected final Object chosenIn(String id) {
        ChoiceBox<?> box = node(id);
        return look(box::getValue);
    }

    protected final void choose(MenuItem item) {
        robot.interact(item::fire);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
