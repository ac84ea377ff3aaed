package org.sallyport.ui.devices;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.devices.PairingViewModel.Step;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;

/** The dialog that adds a device: which way, the code, the words, the end. Closing it ends a pairing that is under way. */
final class AddDeviceView implements PairingStep.Frame, PairingStep {
    private final PairingViewModel model;
    private final Consumer<Notice> afterwards;
    private final Parent root;
    private final Map<Step, PairingStep> steps = new EnumMap<>(Step.class);

    @FXML private NoticeBar devicesAddNoticePane;
    @FXML private StackPane devicesAddStepPane;
    @FXML private VBox devicesChoosePane;
    @FXML private Button devicesShowCodeButton;

    private AddDeviceView(EngineFeed feed, Consumer<Notice> afterwards) {
        this.model = new PairingViewModel(feed);
        this.afterwards = afterwards;
        this.root = Fxml.load(this);
    }

    /** @param afterwards told what is to be said where the dialog was opened */
    static void show(Window owner, EngineFeed feed, Consumer<Notice> afterwards) {
        AddDeviceView view = new AddDeviceView(feed, afterwards);
        Stage stage = DialogStage.show(owner, Messages.text("devices.add.title"), view.root, false);
        stage.setOnHidden(e -> view.model.close());
        view.show(view.model.stepProperty().get());
    }

    @FXML
    private void initialize() {
        model.noticeProperty().addListener((o, old, now) -> tell());
        model.stepProperty().addListener((o, old, now) -> {
            tell();
            show(now);
        });
    }

    /** Where a code is entered, what is wrong with it is said below its field. */
    private void tell() {
        devicesAddNoticePane.noticeProperty().set(model.stepProperty().get() == Step.ENTER ? Notice.NONE : model.noticeProperty().get());
        fit();
    }

    private void show(Step step) {
        PairingStep page = steps.computeIfAbsent(step, this::page);
        devicesAddStepPane.getChildren().setAll(page.root());
        fit();
        page.first().requestFocus();
    }

    private PairingStep page(Step step) {
        return switch (step) {
            case CHOOSE -> this;
            case SHOW -> new ShowCodeView(this);
            case ENTER -> new EnterCodeView(this);
            case COMPARE, WAITING -> steps.values().stream().filter(CompareWordsView.class::isInstance).findFirst()
                    .orElseGet(() -> new CompareWordsView(this));
            case PAIRED, ENDED -> new PairingEndView(this);
            case BY_ID -> new AddByIdView(this, afterwards);
        };
    }

    private void fit() {
        if (root.getScene() != null && root.getScene().getWindow() != null) {
            root.getScene().getWindow().sizeToScene();
        }
    }

    @FXML
    private void showCode() {
        model.showCode();
    }

    @FXML
    private void enterCode() {
        model.enterCode();
    }

    @FXML
    private void byId() {
        model.byId();
    }

    @FXML
    private void cancel() {
        close();
    }

    @Override
    public PairingViewModel model() {
        return model;
    }

    @Override
    public void close() {
        root.getScene().getWindow().hide();
    }

    @Override
    public Parent root() {
        return devicesChoosePane;
    }

    @Override
    public Node first() {
        return devicesShowCodeButton;
    }
}
