package org.sallyport.ui.devices;

import java.time.Instant;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** One device of the list; its root carries the id as user data. */
final class DeviceRowView {
    private static final PseudoClass CONNECTED = PseudoClass.getPseudoClass("connected");

    private final Actions actions;
    private final Parent root;
    private DeviceSnapshot device;

    @FXML private Label devicesNameLabel;
    @FXML private Label devicesStandingLabel;
    @FXML private FontIcon standingIcon;
    @FXML private Tooltip standingTooltip;
    @FXML private Label devicesRowTroubleLabel;
    @FXML private Button devicesSendFileButton;
    @FXML private Button devicesSendFolderButton;
    @FXML private MenuButton devicesMoreChoice;

    /** What a row can ask for. */
    interface Actions {
        void sendFile(DeviceSnapshot device);

        void sendFolder(DeviceSnapshot device);

        void edit(DeviceSnapshot device);

        void remove(DeviceSnapshot device);
    }

    DeviceRowView(DeviceSnapshot device, Actions actions) {
        this.device = device;
        this.actions = actions;
        this.root = Fxml.load(this);
        root.setUserData(device.id());
    }

    void show(DeviceSnapshot now, Instant at) {
        device = now;
        boolean paired = now.standing() == Standing.PAIRED;
        devicesNameLabel.setText(now.name());
        devicesStandingLabel.setText(DeviceWords.standing(now, at));
        devicesStandingLabel.pseudoClassStateChanged(CONNECTED, now.connected());
        standingIcon.setIconCode(!paired ? Feather.CLOCK : now.connected() ? Feather.LOCK : Feather.WIFI_OFF);
        standingTooltip.setText(Messages.text(!paired ? "devices.awaited.tip" : now.connected() ? "devices.connected.tip" : "devices.lastSeen.tip"));
        devicesRowTroubleLabel.setText(now.trouble());
        devicesRowTroubleLabel.setVisible(!now.trouble().isEmpty());
        devicesRowTroubleLabel.setManaged(!now.trouble().isEmpty());
        devicesSendFileButton.setDisable(!paired);
        devicesSendFolderButton.setDisable(!paired);
        devicesSendFileButton.setAccessibleText(Messages.text("devices.send.file.to", now.name()));
        devicesSendFolderButton.setAccessibleText(Messages.text("devices.send.folder.to", now.name()));
        devicesMoreChoice.setAccessibleText(Messages.text("devices.more.of", now.name()));
        root.setAccessibleText(now.name() + ", " + devicesStandingLabel.getText());
    }

    @FXML
    private void sendFile() {
        actions.sendFile(device);
    }

    @FXML
    private void sendFolder() {
        actions.sendFolder(device);
    }

    @FXML
    private void edit() {
        actions.edit(device);
    }

    @FXML
    private void copyId() {
        Clip.text(device.id());
    }

    @FXML
    private void remove() {
        actions.remove(device);
    }

    Parent root() {
        return root;
    }
}
