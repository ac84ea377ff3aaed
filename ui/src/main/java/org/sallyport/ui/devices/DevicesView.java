package org.sallyport.ui.devices;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DevicesState;
import org.sallyport.core.model.InfoHash;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.dialog.QuestionView;
import org.sallyport.ui.i18n.Messages;

/** The Devices screen: what they offer, the list of them, what they share, and this device. */
public final class DevicesView implements DeviceRowView.Actions {
    private static final Path HOME = Path.of(System.getProperty("user.home"));
    private static final PseudoClass FIRST = PseudoClass.getPseudoClass("first");

    private final DevicesViewModel model;
    private final FilePicker picker;
    private final Map<String, DeviceRowView> rows = new HashMap<>();
    private final Map<InfoHash, OfferView> offers = new HashMap<>();
    private final Parent root;

    @FXML private NoticeBar devicesNoticePane;
    @FXML private HBox devicesTroublePane;
    @FXML private Label devicesTroubleLabel;
    @FXML private VBox devicesOffersPane;
    @FXML private VBox devicesEmptyPane;
    @FXML private VBox devicesListSectionPane;
    @FXML private VBox devicesListPane;
    @FXML private VBox devicesCatalogueSectionPane;
    @FXML private VBox devicesOwnSectionPane;

    public DevicesView(DevicesViewModel model, FilePicker picker) {
        this.model = model;
        this.picker = picker;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        devicesNoticePane.noticeProperty().bindBidirectional(model.noticeProperty());
        devicesCatalogueSectionPane.getChildren().setAll(new CatalogueView(model.catalogue(), picker).root());
        devicesOwnSectionPane.getChildren().setAll(new OwnDeviceView(model).root());
        // each snapshot, not each change: "3 minutes ago" grows by itself
        model.feed().snapshotProperty().addListener((o, old, now) -> show(model.stateProperty().get()));
        show(model.stateProperty().get());
    }

    private void show(DevicesState now) {
        devicesTroubleLabel.setText(now.trouble());
        showOnly(devicesTroublePane, !now.trouble().isEmpty());
        showOnly(devicesEmptyPane, now.devices().isEmpty() && now.trouble().isEmpty());
        showOnly(devicesListSectionPane, !now.devices().isEmpty());
        showOnly(devicesCatalogueSectionPane, !now.devices().isEmpty());
        showDevices(now.devices());
        showOffers(now);
    }

    private static void showOnly(Node part, boolean shown) {
        part.setVisible(shown);
        part.setManaged(shown);
    }

    private void showDevices(List<DeviceSnapshot> devices) {
        List<Node> wanted = new ArrayList<>();
        for (DeviceSnapshot device : devices) {
            DeviceRowView row = rows.computeIfAbsent(device.id(), id -> new DeviceRowView(device, this));
            row.show(device, model.at());
            wanted.add(row.root());
        }
        rows.keySet().removeIf(id -> devices.stream().noneMatch(d -> d.id().equals(id)));
        replace(devicesListPane, wanted);
        wanted.forEach(row -> row.pseudoClassStateChanged(FIRST, row == wanted.get(0)));
    }

    private void showOffers(DevicesState now) {
        List<Node> wanted = new ArrayList<>();
        now.offers().forEach(offer -> {
            OfferView card = offers.computeIfAbsent(offer.hash(), hash -> new OfferView(offer, model, picker));
            wanted.add(card.root());
        });
        offers.keySet().removeIf(hash -> now.offers().stream().noneMatch(o -> o.hash().equals(hash)));
        replace(devicesOffersPane, wanted);
        showOnly(devicesOffersPane, !wanted.isEmpty());
    }

    /** Leaves what is the same in its place, so that the keyboard stays where it is. */
    private static void replace(VBox pane, List<Node> wanted) {
        pane.getChildren().retainAll(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            if (i >= pane.getChildren().size() || pane.getChildren().get(i) != wanted.get(i)) {
                pane.getChildren().remove(wanted.get(i));
                pane.getChildren().add(i, wanted.get(i));
            }
        }
    }

    @FXML
    private void add() {
        AddDeviceView.show(window(), model.feed(), model.noticeProperty()::set);
    }

    @Override
    public void sendFile(DeviceSnapshot device) {
        picker.anyFile(window(), HOME).ifPresent(path -> send(device, path));
    }

    @Override
    public void sendFolder(DeviceSnapshot device) {
        picker.folder(window(), HOME).ifPresent(path -> send(device, path));
    }

    private void send(DeviceSnapshot device, Path path) {
        SendView.show(window(), device.name(), path, note -> model.send(device, path, note));
    }

    @Override
    public void edit(DeviceSnapshot device) {
        EditDeviceView.show(window(), model, device);
    }

    @Override
    public void remove(DeviceSnapshot device) {
        QuestionView.warn(window(), new QuestionView.Question(Messages.text("devices.remove.title", device.name()),
                Messages.text("devices.remove.means", device.name()), Messages.text("devices.remove.keep"),
                Messages.text("devices.remove.do", device.name()), () -> model.remove(device)));
    }

    private Window window() {
        return root.getScene().getWindow();
    }

    public Parent root() {
        return root;
    }
}
