package org.sallyport.ui.pages;

import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ProgressBar;
import org.testfx.api.FxRobot;

/** The Create dialog. */
public final class CreatePage extends Page {
    public CreatePage(FxRobot robot) {
        super(robot);
    }

    public void chooseFolder() {
        click("createSourceFolderButton");
    }

    public String source() {
        return text("createSourceField");
    }

    public String target() {
        return text("createTargetField");
    }

    public void trackers(String text) {
        type("createTrackersField", text);
    }

    public void comment(String text) {
        type("createCommentField", text);
    }

    /** @param id of an own publisher */
    public void signAs(String id) {
        ChoiceBox<String> choice = node("createSignChoice");
        until("the publishers are known", () -> choice.getItems().contains(id));
        robot.interact(() -> choice.setValue(id));
    }

    public void privateTorrent() {
        check("createPrivateCheck", true);
    }

    public void pieceLength(int bytes) {
        ChoiceBox<Integer> choice = node("createPieceChoice");
        robot.interact(() -> choice.setValue(bytes));
    }

    public void make() {
        click("createMakeButton");
    }

    public void untilProgress(double share) {
        ProgressBar bar = node("createProgressBar");
        until("progress is " + share, () -> bar.getProgress() == share);
    }

    public void cancel() {
        click("createCancelButton");
    }

    public String notice() {
        return text("createNoticeLabel");
    }

    public void untilNotice(String part) {
        untilText("createNoticeLabel", text -> text.contains(part));
    }

    public void showFolder() {
        click("createShowFolderButton");
    }

    public void seed() {
        click("createSeedButton");
    }

    public void untilClosed() {
        gone("createPane");
    }
}
