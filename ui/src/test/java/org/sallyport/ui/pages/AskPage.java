package org.sallyport.ui.pages;

import javafx.scene.input.KeyCode;
import org.testfx.api.FxRobot;

/** The dialogs that ask for one line, or whether to go on. */
public final class AskPage extends Page {
    public AskPage(FxRobot robot) {
        super(robot);
    }

    public String asked() {
        return text("askTitleLabel");
    }

    public String means() {
        return text("askMeansLabel");
    }

    public String value() {
        return text("askTextField");
    }

    /** Types it and presses Enter. */
    public void answer(String text) {
        type("askTextField", text);
        robot.push(KeyCode.ENTER);
    }

    public String notice() {
        return text("askNoticeLabel");
    }

    public void cancel() {
        robot.push(KeyCode.ESCAPE);
        untilClosed();
    }

    public void untilClosed() {
        gone("askPane");
    }

    /** What is going to happen, when the dialog asks whether to go on. */
    public String question() {
        return text("questionTitleLabel");
    }

    public String questionMeans() {
        return text("questionMeansLabel");
    }

    public boolean safeAnswerHasKeyboard() {
        return node("questionKeepButton").isFocused();
    }

    public void goOn() {
        fire("questionDoButton");
        gone("questionPane");
    }

    public void keep() {
        fire("questionKeepButton");
        gone("questionPane");
    }

    /** Replaces the text with all trackers, and saves. */
    public void trackers(String text) {
        type("trackersEditField", text);
        fire("trackersEditSaveButton");
    }

    public String trackers() {
        return text("trackersEditField");
    }

    public void untilTrackersClosed() {
        gone("trackersEditPane");
    }
}
