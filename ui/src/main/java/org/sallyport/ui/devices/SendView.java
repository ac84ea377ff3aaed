package org.sallyport.ui.devices;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.stage.Window;
import org.sallyport.core.model.Sharing;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.i18n.Messages;

/** The last step before something is offered to one device: what, to whom, and a line with it. */
final class SendView {
    private final String device;
    private final Path path;
    private final Consumer<String> send;

    @FXML private Label devicesSendWhatLabel;
    @FXML private Label devicesSendPathLabel;
    @FXML private TextField devicesSendNoteField;
    @FXML private Label devicesSendMeansLabel;

    private SendView(String device, Path path, Consumer<String> send) {
        this.device = device;
        this.path = path;
        this.send = send;
    }

    /** @param device its name @param send told the note, which may be empty */
    static void show(Window owner, String device, Path path, Consumer<String> send) {
        SendView view = new SendView(device, path, send);
        DialogStage.show(owner, Messages.text("devices.send.title", device), Fxml.load(view), false);
        view.devicesSendNoteField.requestFocus();
    }

    @FXML
    private void initialize() {
        String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        devicesSendWhatLabel.setText(Messages.text("devices.send.what", name, device));
        devicesSendPathLabel.setText(path.toString());
        devicesSendMeansLabel.setText(Messages.text("devices.send.means", device));
        devicesSendNoteField.setTextFormatter(new TextFormatter<>(change -> change.getControlNewText().length() <= Sharing.MAX_NOTE ? change : null));
    }

    @FXML
    private void send() {
        cancel();
        send.accept(devicesSendNoteField.getText().strip());
    }

    @FXML
    private void cancel() {
        devicesSendNoteField.getScene().getWindow().hide();
    }
}
