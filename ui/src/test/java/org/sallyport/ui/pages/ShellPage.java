package org.sallyport.ui.pages;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Application;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import org.testfx.api.FxRobot;

/** The rail, the status bar, and what lies over the window. */
public final class ShellPage extends Page {
    public ShellPage(FxRobot robot) {
        super(robot);
    }

    public void showSettings() {
        click("shellSettingsButton");
    }

    public void showQuarantine() {
        click("shellQuarantineButton");
    }

    /** How many held files the rail shows; 0 when it shows none. */
    public int held() {
        return visible("shellQuarantineBadge") ? Integer.parseInt(text("shellQuarantineBadge")) : 0;
    }

    public void showSafety() {
        click("shellSafetyButton");
    }

    public void showSharing() {
        click("shellSharingButton");
    }

    public void showDownloads() {
        click("shellDownloadsButton");
    }

    /** @param theme System, Light or Dark */
    public void theme(String theme) {
        MenuButton menu = node("shellThemeChoice");
        choose(menu.getItems().stream().filter(i -> i.getId().equals("shellTheme" + theme + "Item")).findFirst().orElseThrow());
    }

    public void untilDark(boolean dark) {
        until(dark ? "it is dark" : "it is light", () -> Application.getUserAgentStylesheet().contains(dark ? "dark" : "light"));
    }

    public String port() {
        return text("shellPortBadge");
    }

    public void untilPort(String sentence) {
        untilText("shellPortBadge", sentence::equals);
    }

    /** Something is open that should not be. */
    public boolean portIsAlarming() {
        return node("shellPortBadge").getPseudoClassStates().contains(PseudoClass.getPseudoClass("exposed"));
    }

    /** The bar that says which network is waited for is over the screen. */
    public boolean waitsForNetwork() {
        return visible("networkBarPane");
    }

    public String networkBar() {
        return text("networkWaitingLabel");
    }

    public void chooseNetwork() {
        fire("networkSettingsButton");
    }

    /** The switch for slow mode. */
    public void pressSlow() {
        click("shellSlowButton");
    }

    public void untilSlow(boolean value) {
        ToggleButton button = node("shellSlowButton");
        until("slow mode is shown as " + value, () -> button.isSelected() == value);
    }

    public String limits() {
        return text("shellLimitsButton");
    }

    public void untilLimits(String words) {
        untilText("shellLimitsButton", words::equals);
    }

    public void pressLimits() {
        fire("shellLimitsButton");
    }

    /** The bar that says that everything is stopped is over the screen. */
    public boolean saysStopped() {
        return visible("stopBarPane");
    }

    public String stopReason() {
        return text("stopReasonLabel");
    }

    public void pressStopSettings() {
        fire("stopSettingsButton");
    }

    public String downRate() {
        return text("shellDownRateLabel");
    }

    public String disk() {
        return text("shellDiskLabel");
    }

    public boolean settingsShown() {
        return visible("settingsPane");
    }

    public void openAbout() {
        click("shellAboutButton");
    }

    public String aboutVersion() {
        return text("aboutVersionLabel");
    }

    public boolean shortcutsShown() {
        return visible("shortcutsPane");
    }

    public void escape(String pane) {
        robot.push(KeyCode.ESCAPE);
        gone(pane);
    }

    public void keepFiles() {
        click("removeKeepButton");
        gone("removePane");
    }

    public String trashText() {
        return text("removeTrashButton");
    }

    public void trash() {
        click("removeTrashButton");
        gone("removePane");
    }

    public boolean keepHasKeyboard() {
        return node("removeKeepButton").isFocused();
    }

    /**
     * Drags files into the window, from a label that is put there for it: the headless platform drags only within one window.
     * GTK then keeps the mouse for that window, so what follows uses the keyboard.
     */
    public void drop(List<File> files) {
        drop(DataFormat.FILES, files);
    }

    /** As {@link #drop(List)}, for text as a browser gives it. */
    public void dropText(String text) {
        drop(DataFormat.PLAIN_TEXT, text);
    }

    private void drop(DataFormat format, Object what) {
        Label source = new Label("files");
        Pane place = node("shellStatusPane");
        AtomicBoolean done = new AtomicBoolean();
        robot.interact(() -> {
            source.setMinWidth(120);
            source.setOnDragDetected(e -> {
                source.startDragAndDrop(TransferMode.COPY).setContent(Map.of(format, what));
                e.consume();
            });
            source.setOnDragDone(e -> done.set(true));
            place.getChildren().add(0, source);
        });
        robot.drag(source).moveTo("#shellContentPane").drop();
        until("it was dropped", done::get);
        robot.interact(() -> place.getChildren().remove(source));
    }
}
