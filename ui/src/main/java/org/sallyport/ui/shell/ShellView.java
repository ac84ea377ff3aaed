package org.sallyport.ui.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.PortState;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** Rail, content and status bar. */
final class ShellView {
    private static final double RAIL_COLLAPSES_BELOW = 1100;
    private static final PseudoClass EXPOSED = PseudoClass.getPseudoClass("exposed");
    private static final PseudoClass COLLAPSED = PseudoClass.getPseudoClass("collapsed");

    private final EngineFeed feed;
    private final Actions actions;
    private final Parent root;

    @FXML private Pane shellPane;
    @FXML private Pane shellCenterPane;
    @FXML private Pane shellRailPane;
    @FXML private Label shellBrandLabel;
    @FXML private ToggleButton shellDownloadsButton;
    @FXML private ToggleButton shellSharingButton;
    @FXML private ToggleButton shellDevicesButton;
    @FXML private Label shellDevicesBadge;
    @FXML private ToggleButton shellQuarantineButton;
    @FXML private Label shellQuarantineBadge;
    @FXML private ToggleButton shellSafetyButton;
    @FXML private ToggleButton shellSettingsButton;
    @FXML private MenuButton shellThemeChoice;
    @FXML private FontIcon themeIcon;
    @FXML private RadioMenuItem shellThemeSystemItem;
    @FXML private RadioMenuItem shellThemeLightItem;
    @FXML private RadioMenuItem shellThemeDarkItem;
    @FXML private StackPane shellContentPane;
    @FXML private Pane shellStatusPane;
    @FXML private Label shellDownRateLabel;
    @FXML private Label shellUpRateLabel;
    @FXML private Label shellPortBadge;
    @FXML private FontIcon portIcon;
    @FXML private Label shellDiskLabel;

    /** What the rail leads to, in its order. */
    enum Section { DOWNLOADS, SHARING, DEVICES, QUARANTINE, SAFETY, SETTINGS }

    /** What the rail can ask for. */
    interface Actions {
        void show(Section section);

        void about();

        void theme(Theme theme);
    }

    ShellView(EngineFeed feed, Actions actions) {
        this.feed = feed;
        this.actions = actions;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        shellPane.widthProperty().addListener((o, old, width) -> collapse(width.doubleValue() < RAIL_COLLAPSES_BELOW));
        feed.snapshotProperty().addListener((o, old, now) -> show(now));
        feed.settingsProperty().addListener((o, old, now) -> show(now.look().theme()));
        show(feed.snapshot());
        show(feed.settings().look().theme());
        collapse(false);
    }

    private void collapse(boolean collapsed) {
        shellRailPane.pseudoClassStateChanged(COLLAPSED, collapsed);
        for (Node node : shellRailPane.getChildren()) {
            if (node instanceof Labeled item) {
                item.setContentDisplay(collapsed ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
                item.setTooltip(collapsed ? new Tooltip(item.getText()) : null);
            }
        }
    }

    private void show(EngineSnapshot now) {
        shellDownRateLabel.setText(Words.rateOrZero(now.downRate()));
        shellDownRateLabel.setAccessibleText(Messages.text("shell.down.spoken", shellDownRateLabel.getText()));
        shellUpRateLabel.setText(Words.rateOrZero(now.upRate()));
        shellUpRateLabel.setAccessibleText(Messages.text("shell.up.spoken", shellUpRateLabel.getText()));
        shellDiskLabel.setText(now.diskFreeBytes() < 0 ? Messages.text("shell.disk.unknown")
                : Messages.text("shell.disk", Words.size(now.diskFreeBytes())));
        showOffers(now.devices().offers().size());
        showHeld(now.quarantine().held().size());
        shellPortBadge.setText(now.port().sentence());
        boolean exposed = now.port().unexpected() > 0;
        shellPortBadge.pseudoClassStateChanged(EXPOSED, exposed);
        portIcon.setIconCode(exposed ? Feather.ALERT_TRIANGLE : switch (now.port().kind()) {
            case OPEN -> Feather.LOG_IN;
            case RECEIVE_ONLY -> Feather.SHIELD;
            case BUSY -> Feather.ALERT_TRIANGLE;
            case CLOSED -> Feather.SLASH;
            case WAITING -> Feather.PAUSE_CIRCLE;
        });
        for (PortState.Kind kind : PortState.Kind.values()) {
            PseudoClass look = PseudoClass.getPseudoClass(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            shellPortBadge.pseudoClassStateChanged(look, kind == now.port().kind());
        }
    }

    private void showOffers(int waiting) {
        shellDevicesBadge.setText(Integer.toString(waiting));
        shellDevicesBadge.setVisible(waiting > 0);
        String spoken = Messages.text("shell.devices.spoken");
        shellDevicesButton.setAccessibleText(waiting == 0 ? spoken : Messages.text("shell.devices.offers", spoken, Integer.toString(waiting)));
    }

    private void showHeld(int held) {
        shellQuarantineBadge.setText(Integer.toString(held));
        shellQuarantineBadge.setVisible(held > 0);
        String spoken = Messages.text("shell.quarantine.spoken");
        shellQuarantineButton.setAccessibleText(held == 0 ? spoken : Messages.text("shell.quarantine.held", spoken, Integer.toString(held)));
    }

    private void show(Theme theme) {
        themeIcon.setIconCode(switch (theme) {
            case SYSTEM -> Feather.MONITOR;
            case LIGHT -> Feather.SUN;
            case DARK -> Feather.MOON;
        });
        shellThemeSystemItem.setSelected(theme == Theme.SYSTEM);
        shellThemeLightItem.setSelected(theme == Theme.LIGHT);
        shellThemeDarkItem.setSelected(theme == Theme.DARK);
    }

    /** Puts a screen in the middle and marks its entry in the rail. */
    void content(Parent screen, Section section) {
        shellContentPane.getChildren().setAll(screen);
        for (Section each : Section.values()) {
            button(each).setSelected(each == section);
        }
    }

    /** Puts a page in the middle that the rail does not lead to. */
    void content(Parent page) {
        shellContentPane.getChildren().setAll(page);
        Arrays.stream(Section.values()).forEach(each -> button(each).setSelected(false));
    }

    private ToggleButton button(Section section) {
        return switch (section) {
            case DOWNLOADS -> shellDownloadsButton;
            case SHARING -> shellSharingButton;
            case DEVICES -> shellDevicesButton;
            case QUARANTINE -> shellQuarantineButton;
            case SAFETY -> shellSafetyButton;
            case SETTINGS -> shellSettingsButton;
        };
    }

    /** Puts a control of the whole program after the port. */
    void addToStatusBar(Node control) {
        shellStatusPane.getChildren().add(shellStatusPane.getChildren().indexOf(shellPortBadge) + 1, control);
    }

    /** Puts a bar above whatever screen is shown. */
    void above(Node bar) {
        shellCenterPane.getChildren().add(0, bar);
    }

    /** What F6 goes through first. */
    List<Node> regions() {
        return Arrays.stream(Section.values()).map(this::button).filter(ToggleButton::isSelected).map(Node.class::cast).toList();
    }

    @FXML
    private void showSharing() {
        actions.show(Section.SHARING);
    }

    @FXML
    private void showDevices() {
        actions.show(Section.DEVICES);
    }

    @FXML
    private void showQuarantine() {
        actions.show(Section.QUARANTINE);
    }

    @FXML
    private void showSafety() {
        actions.show(Section.SAFETY);
    }

    @FXML
    private void showDownloads() {
        actions.show(Section.DOWNLOADS);
    }

    @FXML
    private void showSettings() {
        actions.show(Section.SETTINGS);
    }

    @FXML
    private void about() {
        actions.about();
    }

    @FXML
    private void themeSystem() {
        actions.theme(Theme.SYSTEM);
    }

    @FXML
    private void themeLight() {
        actions.theme(Theme.LIGHT);
    }

    @FXML
    private void themeDark() {
        actions.theme(Theme.DARK);
    }

    Parent rootNode() {
        return root;
    }
}
