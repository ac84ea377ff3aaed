package org.sallyport.ui.pages;

import javafx.scene.Node;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.FlagChip;
import org.testfx.api.FxRobot;

/** The Add dialog. */
public final class AddPage extends Page {
    public AddPage(FxRobot robot) {
        super(robot);
    }

    public void untilReady() {
        Node start = node("addStartButton");
        until("the torrent was read", () -> !start.isDisabled());
    }

    public String name() {
        return text("addNameLabel");
    }

    public String fact(String what) {
        return text("addFact" + what + "Label");
    }

    /** Others are being asked what a link stands for. */
    public boolean isLooking() {
        return visible("addLookIndicatorPane");
    }

    public String lookText() {
        return text("addLookLabel");
    }

    public void untilLookText(String part) {
        untilText("addLookLabel", text -> text.contains(part));
    }

    public void untilFiles() {
        node("addFilesTree");
    }

    public void untilName(String name) {
        untilText("addNameLabel", name::equals);
    }

    /** Who made it. */
    public String author() {
        return text("addAuthorLabel");
    }

    public void untilAuthor(String part) {
        untilText("addAuthorLabel", text -> text.contains(part));
    }

    /** Its signer can be remembered. */
    public boolean canRemember() {
        return visible("addRememberCheck");
    }

    public void rememberPublisher() {
        check("addRememberCheck", true);
    }

    public String selected() {
        return text("addSelectedLabel");
    }

    public void untilSelected(String words) {
        untilText("addSelectedLabel", words::equals);
    }

    /** Ticks or clears the box of one file with the mouse. */
    public void clickFile(int index) {
        click("addFileCheck" + index);
    }

    /** Toggles a row of the tree with the keyboard. */
    public void toggleRow(int row) {
        TreeView<?> tree = node("addFilesTree");
        robot.interact(() -> {
            tree.requestFocus();
            tree.getSelectionModel().clearAndSelect(row);
        });
        robot.push(KeyCode.SPACE);
    }

    public void intent(Intent intent) {
        choose("addIntentChoice", intent);
    }

    public Object intent() {
        return chosenIn("addIntentChoice");
    }

    /** What is left out and why, or chosen in spite of its name. */
    public String names() {
        return text("addNamesLabel");
    }

    public void untilNames(String words) {
        untilText("addNamesLabel", words::equals);
    }

    /** What the row of a file says about its name; empty for an honest one. */
    public String flag(int index) {
        Node check = node("addFileCheck" + index);
        return look(() -> check.getParent().getChildrenUnmodifiable().stream().filter(FlagChip.class::isInstance).map(FlagChip.class::cast)
                .map(FlagChip::getText).findFirst().orElse(""));
    }

    /** All that a screen reader says of the row of a file. */
    public String spoken(int index) {
        Node check = node("addFileCheck" + index);
        return look(check::getAccessibleText);
    }

    public void upload(UploadPolicy policy) {
        choose("addUploadChoice", policy);
    }

    public Object upload() {
        return chosenIn("addUploadChoice");
    }

    public void trustedOnly() {
        check("addTrustedCheck", true);
    }

    /** It is in the list already, and its trackers can join those there are. */
    public boolean canJoin() {
        return visible("addJoinButton");
    }

    public void join() {
        fire("addJoinButton");
    }

    public boolean canStart() {
        return !node("addStartButton").isDisabled();
    }

    public void browse() {
        click("addBrowseButton");
    }

    public void folder(String folder) {
        type("addFolderField", folder);
    }

    public String folder() {
        return text("addFolderField");
    }

    public String spaceNotice() {
        return text("addSpaceNoticeLabel");
    }

    public void start() {
        click("addStartButton");
    }

    public void addPaused() {
        click("addPausedButton");
    }

    public void cancel() {
        click("addCancelButton");
    }

    /** Starts it without the mouse. */
    public void submit() {
        fire("addStartButton");
    }

    public void pressEnter() {
        robot.push(KeyCode.ENTER);
    }

    public void pressEscape() {
        robot.push(KeyCode.ESCAPE);
    }

    public void untilClosed() {
        gone("addPane");
    }

    public boolean isOpen() {
        return visible("addPane");
    }

    public String notice() {
        return text("addNoticeLabel");
    }

    public String noticeRule() {
        return text("addNoticeRuleLabel");
    }
}
