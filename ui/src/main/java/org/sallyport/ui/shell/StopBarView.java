package org.sallyport.ui.shell;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.feed.EngineFeed;

/** Over every screen while the schedule or a data cap has stopped everything: why, and the way to change it. */
final class StopBarView {
    private final EngineFeed feed;
    private final Runnable showSettings;

    @FXML private HBox stopBarPane;
    @FXML private Label stopReasonLabel;
    @FXML private Button stopSettingsButton;

    StopBarView(EngineFeed feed, Runnable showSettings) {
        this.feed = feed;
        this.showSettings = showSettings;
        Fxml.load(this);
    }

    @FXML
    private void initialize() {
        stopBarPane.managedProperty().bind(stopBarPane.visibleProperty());
        feed.snapshotProperty().addListener((o, old, now) -> show(now.bandwidth()));
        show(feed.snapshot().bandwidth());
    }

    private void show(BandwidthState now) {
        boolean stopped = now.mode() == BandwidthState.Mode.STOP;
        if (stopped) {
            stopReasonLabel.setText(now.sentence());
            stopBarPane.setAccessibleText(now.sentence());
        }
        stopBarPane.setVisible(stopped);
    }

    @FXML
    private void showSettings() {
        showSettings.run();
    }

    /** What F6 goes to; out of sight while nothing is stopped. */
    Node region() {
        return stopSettingsButton;
    }

    Node root() {
        return stopBarPane;
    }
}
