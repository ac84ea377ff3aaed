package org.sallyport.ui.pages;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyCode;
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
