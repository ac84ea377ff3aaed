package org.sallyport.ui.pages;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.ComboBox;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.control.CheckBox;
import javafx.scene.control.RadioButton;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.sallyport.ui.control.WeekGrid;
import org.testfx.util.WaitForAsyncUtils;
import javafx.scene.input.KeyCode;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.UploadPolicy;
import org.testfx.api.FxRobot;

/** The Settings screen. */
public final class SettingsPage extends Page {
    public SettingsPage(FxRobot robot) {
        super(robot);
    }

    /** Types into a field and presses Enter. */
    public void enter(String field, String text) {
        type(field, text);
        robot.push(KeyCode.ENTER);
    }

    public String value(String field) {
        return text(field);
    }

    public void untilValue(String field, String text) {
        untilText(field, text::equals);
    }

    public void untilSaved() {
        node("settingsSavedLabel");
    }

    public void browse() {
        click("settingsBrowseButton");
    }

    /** What there is to choose from, as it is shown. */
    public List<String> networks() {
        AtomicReference<List<String>> shown = new AtomicReference<>(List.of());
        robot.interact(() -> shown.set(List.copyOf(networkChoice().getItems())));
        return shown.get();
    }

    /** @param name of the interface, empty for any */
    public void network(String name) {
        ComboBox<String> choice = networkChoice();
        robot.interact(() -> choice.setValue(name));
    }

    /** The choice as it reads while it is closed. */
    public void untilNetwork(String text) {
        ComboBox<String> choice = networkChoice();
        until("the network is " + text, () -> choice.getButtonCell().getText().equals(text));
    }

    public String networkTooltip() {
        return networkChoice().getTooltip().getText();
    }

    private ComboBox<String> networkChoice() {
        return node("settingsNetworkChoice");
    }

    /** Turns a switch. */
    public void turn(String check, boolean value) {
        ToggleSwitch toggle = node(check);
        robot.interact(() -> toggle.setSelected(value));
    }

    public boolean turned(String check) {
        return this.<ToggleSwitch>node(check).isSelected();
    }

    public void tick(String check, boolean value) {
        CheckBox box = node(check);
        robot.interact(() -> box.setSelected(value));
    }

    /** Types many lines and leaves the field. */
    public void lines(String field, String text) {
        type(field, text);
        robot.interact(() -> node("settingsDhtCheck").requestFocus());
    }

    public <T> void choice(String id, T value) {
        choose(id, value);
    }

    public String label(String id) {
        return text(id);
    }

    public boolean shows(String id) {
        return visible(id);
    }

    public boolean hasKeyboard(String id) {
        return node(id).isFocused();
    }

    /** Gives the week the keyboard. */
    public WeekGrid week() {
        WeekGrid grid = node("settingsWeekPane");
        robot.interact(grid::requestFocus);
        return grid;
    }

    /** What the box with the keyboard is, for the ear. */
    public String spokenBox() {
        WeekGrid grid = node("settingsWeekPane");
        return look(grid::getAccessibleText);
    }

    /** @param brush Run, Slow or Stop */
    public void brush(String brush) {
        RadioButton choice = node("settingsBrush" + brush + "Choice");
        robot.interact(choice::fire);
    }

    /** Drags over the week. @param day 0-based @param from half hour @param to half hour */
    public void paint(int day, int from, int to) {
        WeekGrid grid = node("settingsWeekPane");
        until("the week is laid out", () -> grid.getWidth() > 100 && grid.getHeight() > 100);
        robot.interact(() -> {
            double y = 18 + (day + 0.5) * (grid.getHeight() - 19) / 7;
            for (int halfHour = from; halfHour <= to; halfHour++) {
                double x = 84 + (halfHour + 0.5) * (grid.getWidth() - 85) / 48;
                Point2D there = grid.localToScene(x, y);
                grid.fireEvent(mouse(halfHour == from ? MouseEvent.MOUSE_PRESSED : MouseEvent.MOUSE_DRAGGED, there.getX(), there.getY()));
            }
            grid.fireEvent(mouse(MouseEvent.MOUSE_RELEASED, 0, 0));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static MouseEvent mouse(EventType<MouseEvent> type, double x, double y) {
        return new MouseEvent(type, x, y, x, y, MouseButton.PRIMARY, 1, false, false, false, false, true, false, false, false, false, false, null);
    }

    public void receiveOnly(boolean value) {
        ToggleSwitch toggle = node("settingsReceiveOnlyCheck");
        robot.interact(() -> toggle.setSelected(value));
    }

    public void dense(boolean value) {
        ToggleSwitch toggle = node("settingsDenseCheck");
        robot.interact(() -> toggle.setSelected(value));
    }

    /** @param theme System, Light or Dark */
    public void theme(String theme) {
        RadioButton choice = node("settingsTheme" + theme + "Choice");
        robot.interact(choice::fire);
    }

    /** @param choice Off, Prefer or Require */
    public void encryption(String choice) {
        RadioButton button = node("settingsEncryption" + choice + "Choice");
        robot.interact(button::fire);
    }

    public boolean encryptionIs(String choice) {
        return this.<RadioButton>node("settingsEncryption" + choice + "Choice").isSelected();
    }

    /** What new torrents are added for, and what is done about risky names. */
    public void names(Intent usual, NameRule risky) {
        choose("settingsIntentChoice", usual);
        choose("settingsRiskyChoice", risky);
    }

    public void uploads(UploadPolicy usual) {
        choose("settingsUploadChoice", usual);
    }

    public void untilNotice(String part) {
        untilText("settingsNoticeLabel", text -> text.contains(part));
    }

    public String notice() {
        return text("settingsNoticeLabel");
    }

    public String noticeRule() {
        return text("settingsNoticeRuleLabel");
    }

    public boolean canType(String field) {
        return !node(field).isDisabled();
    }
}
