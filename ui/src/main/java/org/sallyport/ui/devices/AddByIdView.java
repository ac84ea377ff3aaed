package org.sallyport.ui.devices;

import java.util.List;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.i18n.Messages;

/** Adds a device whose id was read out by somebody one knows; both sides do it. */
final class AddByIdView implements PairingStep {
    private final Frame frame;
    private final Consumer<Notice> afterwards;
    private final Parent root;

    @FXML private Label devicesByIdOwnLabel;
    @FXML private TextField devicesByIdField;
    @FXML private TextField devicesByIdNameField;
    @FXML private TextField devicesByIdAddressField;
    @FXML private Button devicesByIdAddButton;

    AddByIdView(Frame frame, Consumer<Notice> afterwards) {
        this.frame = frame;
        this.afterwards = afterwards;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        devicesByIdOwnLabel.setText(DeviceWords.twoLines(frame.model().ownId()));
        devicesByIdAddButton.disableProperty().bind(frame.model().busyProperty());
    }

    @FXML
    private void add() {
        String name = devicesByIdNameField.getText().strip();
        if (name.isEmpty()) {
            frame.model().tell(Notice.warning(Messages.text("devices.byId.noName")));
            return;
        }
        try {
            List<PeerAddress> addresses = DeviceWords.addresses(devicesByIdAddressField.getText());
            frame.model().add(devicesByIdField.getText(), name, addresses, () -> {
                frame.close();
                afterwards.accept(Notice.done(Messages.text("devices.byId.added", name)));
            });
        } catch (IllegalArgumentException e) {
            frame.model().tell(Notice.warning(e.getMessage()));
        }
    }

    @FXML
    private void copy() {
        Clip.text(frame.model().ownId());
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
        return devicesByIdField;
    }
}
