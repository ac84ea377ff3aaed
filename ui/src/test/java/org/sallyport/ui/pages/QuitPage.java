package org.sallyport.ui.pages;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import org.testfx.api.FxRobot;

/** The pill that says when the program ends by itself, and the countdown. */
public final class QuitPage extends Page {
    public QuitPage(FxRobot robot) {
        super(robot);
    }

    public String pill() {
        return text("quitModeChoice");
    }

    public String pillSpoken() {
        return node("quitModeChoice").getAccessibleText();
    }

    private MenuItem item(String name) {
        return this.<MenuButton>node("quitModeChoice").getItems().stream().filter(i -> ("quit" + name + "Item").equals(i.getId()))
                .findFirst().orElseThrow();
    }

    /** @param mode Off, AllDone, OneDone or Shared */
    public void choose(String mode) {
        choose(item(mode));
    }

    public boolean chosen(String mode) {
        return ((RadioMenuItem) item(mode)).isSelected();
    }

    public void openMenu() {
        robot.interact(this.<MenuButton>node("quitModeChoice")::show);
    }

    public void closeMenu() {
        robot.interact(this.<MenuButton>node("quitModeChoice")::hide);
    }

    public Scene menuScene() {
        return item("Off").getParentPopup().getScene();
    }

    public String oneDone() {
        return item("OneDone").getText();
    }

    public boolean canChooseOneDone() {
        return !item("OneDone").isDisable();
    }

    public List<String> times() {
        return ((Menu) item("Time")).getItems().stream().map(MenuItem::getText).toList();
    }

    public void chooseFirstTime() {
        choose(((Menu) item("Time")).getItems().get(0));
    }

    public String countdown() {
        return text("quitCountdownLabel");
    }

    public String finished() {
        return text("quitFinishedLabel");
    }

    public String unfinished() {
        return text("quitUnfinishedLabel");
    }

    public void untilNoCountdown() {
        gone("quitBarPane");
    }

    public boolean keepOpenHasKeyboard() {
        return node("quitKeepOpenButton").isFocused();
    }

    public boolean canKeepOpen() {
        return !node("quitKeepOpenButton").isDisabled();
    }

    public void keepOpen() {
        click("quitKeepOpenButton");
    }

    public void quitNow() {
        click("quitNowButton");
    }
}
