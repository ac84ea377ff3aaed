package org.sallyport.ui.devices;

import java.time.Duration;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import org.sallyport.core.model.PairingState;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** The code for the other device, as text and picture, and how long it is good. */
final class ShowCodeView implements PairingStep {
    private final Frame frame;
    private final Parent root;

    @FXML private QrPicture devicesCodeQrPane;
    @FXML private TextArea devicesCodeField;
    @FXML private Button devicesCodeCopyButton;
    @FXML private Label devicesCodeCopiedLabel;
    @FXML private Label devicesCodeTimeLabel;

    ShowCodeView(Frame frame) {
        this.frame = frame;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        PairingViewModel model = frame.model();
        devicesCodeQrPane.setAccessibleText(Messages.text("devices.show.picture"));
        model.pairingProperty().addListener((o, old, now) -> show(now));
        model.leftProperty().addListener((o, old, now) -> show(now));
        show(model.pairingProperty().get());
        show(model.leftProperty().get());
    }

    private void show(PairingState now) {
        devicesCodeField.setText(now.code());
        devicesCodeQrPane.textProperty().set(now.code());
        devicesCodeCopiedLabel.setVisible(false);
    }

    private void show(Duration left) {
        devicesCodeTimeLabel.setText(Messages.text("devices.show.left", DeviceWords.clock(left)));
        devicesCodeTimeLabel.setAccessibleText(DeviceWords.clockSpoken(left));
    }

    @FXML
    private void copy() {
        Clip.text(devicesCodeField.getText());
        devicesCodeCopiedLabel.setVisible(true);
    }

    @FXML
    private void back() {
        frame.model().startOver();
    }

    @FXML
    private void cancel() {
        frame.close();
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public Node first() {
        return devicesCodeCopyButton;
    }
}
