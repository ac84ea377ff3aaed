package org.sallyport.ui.devices;

import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Window;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** What a device is called here, and where it is called; its id to compare. */
final class EditDeviceView {
    private final DevicesViewModel model;
    private final DeviceSnapshot device;

    @FXML private NoticeBar devicesEditNoticePane;
    @FXML private TextField devicesEditNameField;
    @FXML private TextArea devicesEditAddressesField;
    @FXML private Label devicesEditIdLabel;
    @FXML private Label devicesEditAddedLabel;

    private EditDeviceView(DevicesViewModel model, DeviceSnapshot device) {
        this.model = model;
        this.device = device;
    }

    static void show(Window owner, DevicesViewModel model, DeviceSnapshot device) {
        EditDeviceView view = new EditDeviceView(model, device);
        DialogStage.show(owner, device.name(), Fxml.load(view), false);
        view.devicesEditNameField.requestFocus();
    }

    @FXML
    private void initialize() {
        devicesEditNameField.setText(device.name());
        devicesEditAddressesField.setText(DeviceWords.lines(device.addresses()));
        devicesEditIdLabel.setText(DeviceWords.twoLines(device.id()));
        devicesEditAddedLabel.setText(Messages.text("devices.edit.added", Words.day(device.addedAt())));
    }

    @FXML
    private void save() {
        try {
            List<PeerAddress> addresses = DeviceWords.addresses(devicesEditAddressesField.getText());
            model.edit(device, devicesEditNameField.getText().strip(), addresses).thenAccept(this::saved);
        } catch (IllegalArgumentException e) {
            tell(Notice.warning(e.getMessage()));
        }
    }

    private void saved(Notice notice) {
        if (notice.isEmpty()) {
            cancel();
        } else {
            tell(notice);
        }
    }

    private void tell(Notice notice) {
        devicesEditNoticePane.noticeProperty().set(notice);
        devicesEditNoticePane.getScene().getWindow().sizeToScene();
    }

    @FXML
    private void cancel() {
        devicesEditNameField.getScene().getWindow().hide();
    }
}
