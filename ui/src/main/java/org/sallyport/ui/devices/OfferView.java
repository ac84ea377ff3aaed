package org.sallyport.ui.devices;

import java.util.concurrent.CompletableFuture;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** Something a device wants to send, with yes and no; its root carries the info-hash as user data. */
final class OfferView {
    private final DeviceOffer offer;
    private final DevicesViewModel model;
    private final FilePicker picker;
    private final Parent root;

    @FXML private Label devicesOfferLabel;
    @FXML private Label devicesOfferNoteLabel;
    @FXML private Label devicesOfferFolderLabel;
    @FXML private Button devicesOfferAcceptButton;
    @FXML private Button devicesOfferDeclineButton;

    OfferView(DeviceOffer offer, DevicesViewModel model, FilePicker picker) {
        this.offer = offer;
        this.model = model;
        this.picker = picker;
        this.root = Fxml.load(this);
        root.setUserData(offer.hash());
    }

    @FXML
    private void initialize() {
        devicesOfferLabel.setText(Messages.text("devices.offer",
                offer.deviceName(), offer.name(), DeviceWords.files(offer.files()), Words.size(offer.bytes())));
        devicesOfferNoteLabel.setText(Messages.text("devices.offer.note", offer.note()));
        devicesOfferNoteLabel.setVisible(!offer.note().isEmpty());
        devicesOfferNoteLabel.setManaged(!offer.note().isEmpty());
        devicesOfferFolderLabel.textProperty().bind(model.folder().words("devices.offer.folder"));
        devicesOfferAcceptButton.setAccessibleText(Messages.text("devices.offer.accept.spoken", offer.name(), offer.deviceName()));
        devicesOfferDeclineButton.setAccessibleText(Messages.text("devices.offer.decline.spoken", offer.name(), offer.deviceName()));
    }

    @FXML
    private void accept() {
        answer(model.accept(offer));
    }

    @FXML
    private void decline() {
        answer(model.decline(offer));
    }

    /** One answer is enough. */
    private void answer(CompletableFuture<Void> answered) {
        devicesOfferAcceptButton.setDisable(true);
        devicesOfferDeclineButton.setDisable(true);
        answered.thenRun(() -> {
            devicesOfferAcceptButton.setDisable(false);
            devicesOfferDeclineButton.setDisable(false);
        });
    }

    @FXML
    private void chooseFolder() {
        picker.folder(root.getScene().getWindow(), model.folder().get()).ifPresent(model.folder()::choose);
    }

    Parent root() {
        return root;
    }
}
