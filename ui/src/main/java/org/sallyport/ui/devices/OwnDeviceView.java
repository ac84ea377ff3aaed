package org.sallyport.ui.devices;

import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import org.sallyport.core.model.DevicesState;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.dialog.QuestionView;
import org.sallyport.ui.i18n.Messages;

/** What this device is called and by which id others know it; the way to a new identity. */
final class OwnDeviceView {
    private final DevicesViewModel model;
    private final Parent root;

    @FXML private TextField devicesOwnNameField;
    @FXML private Label devicesOwnIdLabel;
    @FXML private Label devicesOwnCopiedLabel;
    @FXML private ToggleButton devicesOwnQrButton;
    @FXML private QrPicture devicesOwnQrPane;

    OwnDeviceView(DevicesViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        devicesOwnNameField.setOnAction(e -> commit());
        devicesOwnNameField.focusedProperty().addListener((o, was, is) -> {
            if (was) {
                commit();
            }
        });
        devicesOwnQrPane.setAccessibleText(Messages.text("devices.own.qr.picture"));
        devicesOwnQrPane.visibleProperty().bind(devicesOwnQrButton.selectedProperty());
        devicesOwnQrPane.managedProperty().bind(devicesOwnQrButton.selectedProperty());
        model.stateProperty().addListener((o, old, now) -> show(now));
        show(model.stateProperty().get());
    }

    private void show(DevicesState now) {
        if (!devicesOwnNameField.isFocused() && !devicesOwnNameField.getText().equals(now.ownName())) {
            devicesOwnNameField.setText(now.ownName());
        }
        if (!devicesOwnQrPane.textProperty().get().equals(now.ownId())) {
            devicesOwnIdLabel.setText(DeviceWords.twoLines(now.ownId()));
            devicesOwnQrPane.textProperty().set(now.ownId());
            devicesOwnCopiedLabel.setVisible(false);
        }
    }

    private void commit() {
        String name = devicesOwnNameField.getText().strip();
        if (!name.equals(model.stateProperty().get().ownName())) {
            model.nameOwn(name).thenAccept(done -> {
                if (!done) {
                    // what was refused must not look as if others saw it
                    devicesOwnNameField.setText(model.stateProperty().get().ownName());
                }
            });
        }
    }

    @FXML
    private void copy() {
        Clip.text(model.stateProperty().get().ownId());
        devicesOwnCopiedLabel.setVisible(true);
    }

    @FXML
    private void reset() {
        String devices = Integer.toString(model.stateProperty().get().devices().size());
        QuestionView.warn(root.getScene().getWindow(), new QuestionView.Question(Messages.text("devices.reset.title"),
                Messages.text("devices.reset.second", devices), Messages.text("devices.reset.keep"), Messages.text("devices.reset.do"),
                model::resetIdentity));
    }

    Parent root() {
        return root;
    }
}
