package org.sallyport.ui.shell;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.settings.BandwidthChange;
import org.sallyport.ui.settings.SettingsViewModel;

/** In the status bar: the switch for slow mode, and what limits hold now, which leads to where they are set. */
final class SpeedStatusView {
    private final EngineFeed feed;
    private final SettingsViewModel settings;
    private final Runnable showSettings;
    private final Node root;

    @FXML private ToggleButton shellSlowButton;
    @FXML private Button shellLimitsButton;
    @FXML private FontIcon limitsIcon;

    SpeedStatusView(EngineFeed feed, SettingsViewModel settings, Runnable showSettings) {
        this.feed = feed;
        this.settings = settings;
        this.showSettings = showSettings;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        shellLimitsButton.setTooltip(new Tooltip());
        feed.snapshotProperty().addListener((o, old, now) -> show(now.bandwidth()));
        feed.settingsProperty().addListener(o -> showSwitch());
        show(feed.snapshot().bandwidth());
        showSwitch();
    }

    private void showSwitch() {
        shellSlowButton.setSelected(feed.settings().bandwidth().slowNow());
    }

    private void show(BandwidthState now) {
        String words = now.sentence().isEmpty() ? Messages.text("speed.free") : now.sentence();
        shellLimitsButton.setText(words);
        shellLimitsButton.setAccessibleText(Messages.text("speed.limits.spoken", words));
        shellLimitsButton.getTooltip().setText(Messages.text("speed.limits.tip", words));
        limitsIcon.setIconCode(switch (now.mode()) {
            case RUN -> now.sentence().isEmpty() ? Feather.CHEVRONS_RIGHT : Feather.CHEVRON_RIGHT;
            case SLOW -> Feather.COFFEE;
            case STOP -> Feather.PAUSE_CIRCLE;
        });
    }

    /** Slow mode on, or off. */
    void toggle() {
        settings.change(BandwidthChange.slowNow(!feed.settings().bandwidth().slowNow()));
    }

    @FXML
    private void slow() {
        toggle();
        // what is in force is shown when it is in force
        showSwitch();
    }

    @FXML
    private void limits() {
        showSettings.run();
    }

    Node root() {
        return root;
    }
}
