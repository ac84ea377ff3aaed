package org.sallyport.ui.devices;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.Notice;

/** Takes the code that the other device shows; what is wrong with it is said below the field. */
final class EnterCodeView implements PairingStep {
    private final Frame frame;
    private final Parent root;

    @FXML private TextField devicesEnterField;
    @FXML private Label devicesEnterErrorLabel;
    @FXML private ProgressIndicator devicesEnterBusyBar;
    @FXML private Label devicesEnterCallingLabel;
    @FXML private Button devicesEnterButton;

    EnterCodeView(Frame frame) {
        this.frame = frame;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        PairingViewModel model = frame.model();
        devicesEnterBusyBar.visibleProperty().bind(model.busyProperty());
        devicesEnterCallingLabel.visibleProperty().bind(model.busyProperty());
        devicesEnterField.disableProperty().bind(model.busyProperty());
        devicesEnterButton.disableProperty().bind(model.busyProperty().or(
                Bindings.createBooleanBinding(() -> devicesEnterField.getText().isBlank(), devicesEnterField.textProperty())));
        devicesEnterField.textProperty().addListener(o -> model.tell(Notice.NONE));
        devicesEnterErrorLabel.textProperty().bind(model.noticeProperty().map(Notice::sentence));
        devicesEnterErrorLabel.visibleProperty().bind(devicesEnterErrorLabel.textProperty().isNotEmpty());
    }

    @FXML
    private void connect() {
        frame.model().pair(devicesEnterField.getText());
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
        return devicesEnterField;
    }
}
