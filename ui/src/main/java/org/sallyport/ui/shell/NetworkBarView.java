package org.sallyport.ui.shell;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.sallyport.core.model.PortState;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.feed.EngineFeed;

/** Over every screen while the chosen network interface is away: what is waited for, and the way to choose another. */
final class NetworkBarView {
    private final EngineFeed feed;
    private final Runnable showSettings;

    @FXML private HBox networkBarPane;
    @FXML private Label networkWaitingLabel;
    @FXML private Button networkSettingsButton;

    NetworkBarView(EngineFeed feed, Runnable showSettings) {
        this.feed = feed;
        this.showSettings = showSettings;
        Fxml.load(this);
    }

    @FXML
    private void initialize() {
        networkBarPane.managedProperty().bind(networkBarPane.visibleProperty());
        feed.snapshotProperty().addListener((o, old, now) -> show(now.port()));
        show(feed.snapshot().port());
    }

    private void show(PortState port) {
        boolean waiting = port.kind() == PortState.Kind.WAITING;
        if (waiting) {
            networkWaitingLabel.setText(port.sentence());
            networkBarPane.setAccessibleText(port.sentence());
        }
        networkBarPane.setVisible(waiting);
    }

    @FXML
    private void showSettings() {
        showSettings.run();
    }

    /** What F6 goes to; out of sight when nothing is waited for. */
    Node region() {
        return networkSettingsButton;
    }

    Node root() {
        return networkBarPane;
    }
}
