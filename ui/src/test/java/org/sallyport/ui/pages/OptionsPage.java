package org.sallyport.ui.pages;

import javafx.scene.control.CheckBox;
import org.sallyport.core.model.SeedGoal;
import org.testfx.api.FxRobot;

/** The dialog with what is chosen for a torrent. */
public final class OptionsPage extends Page {
    public OptionsPage(FxRobot robot) {
        super(robot);
    }

    public String what() {
        return text("optionsWhatLabel");
    }

    public void tick(String check, boolean value) {
        CheckBox box = node(check);
        robot.interact(() -> box.setSelected(value));
    }

    public boolean ticked(String check) {
        return this.<CheckBox>node(check).isSelected();
    }

    public boolean canTick(String check) {
        return !node(check).isDisabled();
    }

    public void enter(String field, String text) {
        type(field, text);
    }

    public String value(String field) {
        return text(field);
    }

    public void then(SeedGoal.Then then) {
        choose("optionsGoalThenChoice", then);
    }

    public void save() {
        fire("optionsSaveButton");
    }

    public void cancel() {
        fire("optionsCancelButton");
        untilClosed();
    }

    public String notice() {
        return text("optionsNoticeLabel");
    }

    public void untilClosed() {
        gone("optionsPane");
    }
}
