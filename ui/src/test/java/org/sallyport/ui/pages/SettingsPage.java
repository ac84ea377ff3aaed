package org.sallyport.ui.pages;

import atlantafx.base.controls.ToggleSwitch;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyCode;
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
