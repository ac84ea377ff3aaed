package org.sallyport.ui.pages;

import javafx.scene.control.CheckBox;
import javafx.scene.control.RadioButton;
import org.sallyport.core.model.UploadPolicy;
import org.testfx.api.FxRobot;

/** The first page, shown once. */
public final class WelcomePage extends Page {
    public WelcomePage(FxRobot robot) {
        super(robot);
    }

    public boolean shown() {
        return visible("welcomePane");
    }

    public void untilGone() {
        gone("welcomePane");
    }

    public String folder() {
        return text("welcomeFolderField");
    }

    public void folder(String text) {
        type("welcomeFolderField", text);
    }

    public void browse() {
        click("welcomeBrowseButton");
    }

    public void untilFree(String part) {
        untilText("welcomeFreeLabel", text -> text.contains(part));
    }

    public String portText() {
        return text("welcomePortChoice");
    }

    public boolean portIsOpened() {
        RadioButton choice = node("welcomePortChoice");
        return look(choice::isSelected);
    }

    public void openNoPort() {
        RadioButton choice = node("welcomeNoPortChoice");
        robot.interact(choice::fire);
    }

    public boolean quits() {
        CheckBox box = node("welcomeQuitCheck");
        return look(box::isSelected);
    }

    public void quits(boolean value) {
        CheckBox box = node("welcomeQuitCheck");
        robot.interact(() -> box.setSelected(value));
    }

    public void uploads(UploadPolicy usual) {
        choose("welcomeUploadChoice", usual);
    }

    public void begin() {
        click("welcomeBeginButton");
    }

    public boolean beginHasKeyboard() {
        return node("welcomeBeginButton").isFocused();
    }

    public void skip() {
        click("welcomeSkipButton");
    }

    public String noticeRule() {
        return text("welcomeNoticeRuleLabel");
    }
}
