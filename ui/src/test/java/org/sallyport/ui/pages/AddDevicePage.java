package org.sallyport.ui.pages;

import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Labeled;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.testfx.api.FxRobot;

/** The dialog of the Devices screen that adds a device. */
abstract class AddDevicePage extends Page {
    AddDevicePage(FxRobot robot, Window main) {
        super(robot, main);
    }

    public void untilChoosing() {
        node("devicesChoosePane");
    }

    public void showCode() {
        fire("devicesShowCodeButton");
        untilCode();
    }

    public String untilCode() {
        untilText("devicesCodeField", code -> !code.isEmpty());
        return code();
    }

    /** Asks for a code, which may be refused. */
    public void pressShowCode() {
        fire("devicesShowCodeButton");
    }

    public String code() {
        return text("devicesCodeField");
    }

    public void copyCode() {
        fire("devicesCodeCopyButton");
    }

    public WritableImage codeQr() {
        return picture("devicesCodeQrPane");
    }

    public String timeLeft() {
        return text("devicesCodeTimeLabel");
    }

    public String timeLeftSpoken() {
        Node label = node("devicesCodeTimeLabel");
        return look(label::getAccessibleText);
    }

    public void enterCode(String code) {
        fire("devicesEnterCodeButton");
        retypeCode(code);
    }

    public void retypeCode(String code) {
        type("devicesEnterField", code);
        fire("devicesEnterButton");
    }

    public void untilCodeError(String part) {
        untilText("devicesEnterErrorLabel", text -> text.contains(part));
    }

    public String wordsSpoken() {
        Node words = node("devicesWordsPane");
        return look(words::getAccessibleText);
    }

    /** The six words, as they are read. */
    public List<String> words() {
        Parent pane = node("devicesWordsPane");
        return look(() -> pane.lookupAll(".word").stream().map(word -> ((Labeled) word).getText()).toList());
    }

    public boolean canAnswer() {
        return visible("devicesSameButton") && visible("devicesDifferButton");
    }

    public void same() {
        fire("devicesSameButton");
    }

    public void differ() {
        fire("devicesDifferButton");
    }

    public void untilWaitingForTheOther() {
        node("devicesWaitingLabel");
    }

    public void untilPaired(String name) {
        untilText("devicesEndTitleLabel", text -> text.equals(name + " is paired"));
    }

    public void nameAndFinish(String name) {
        type("devicesEndNameField", name);
        fire("devicesEndDoneButton");
        untilAddClosed();
    }

    public void untilNotPaired(String part) {
        node("devicesEndPane");
        untilText("devicesEndSentenceLabel", text -> text.contains(part));
    }

    /** A pairing that has ended is red. */
    public boolean endIsRed() {
        return node("devicesEndPane").getPseudoClassStates().contains(PseudoClass.getPseudoClass("ended"));
    }

    public void tryAgain() {
        fire("devicesEndAgainButton");
        node("devicesChoosePane");
    }

    public void closeEnd() {
        fire("devicesEndCloseButton");
        untilAddClosed();
    }

    public void untilAddClosed() {
        gone("devicesAddPane");
    }

    public void backFromCode() {
        fire("devicesShowBackButton");
        node("devicesChoosePane");
    }

    public void addById(String id, String name, String address) {
        fire("devicesByIdLink");
        retypeId(id, name, address);
    }

    public void retypeId(String id, String name, String address) {
        type("devicesByIdField", id);
        type("devicesByIdNameField", name);
        type("devicesByIdAddressField", address);
        fire("devicesByIdAddButton");
    }

    public String addNotice() {
        return text("devicesAddNoticeLabel");
    }

    protected final WritableImage picture(String id) {
        Region region = node(id);
        until("#" + id + " is drawn", () -> region.getWidth() > 0);
        return look(() -> region.lookupAll("Canvas").stream().findFirst().map(Canvas.class::cast).orElseThrow().snapshot(null, null));
    }
}
