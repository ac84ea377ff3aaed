package org.sallyport.ui.devices;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** Paired, with a name to give; or not, with the reason. */
final class PairingEndView implements PairingStep {
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");

    private final Frame frame;
    private final Parent root;

    @FXML private VBox devicesEndPane;
    @FXML private Label devicesEndTitleLabel;
    @FXML private FontIcon endIcon;
    @FXML private Label devicesEndSentenceLabel;
    @FXML private VBox devicesEndNamePane;
    @FXML private TextField devicesEndNameField;
    @FXML private Button devicesEndAgainButton;
    @FXML private Button devicesEndCloseButton;
    @FXML private Button devicesEndDoneButton;

    PairingEndView(Frame frame) {
        this.frame = frame;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        frame.model().pairingProperty().addListener((o, old, now) -> show(now));
        show(frame.model().pairingProperty().get());
    }

    private void show(PairingState now) {
        boolean paired = now.stage() == Stage.PAIRED;
        devicesEndPane.pseudoClassStateChanged(ENDED, !paired);
        endIcon.setIconCode(paired ? Feather.CHECK_CIRCLE : Feather.ALERT_CIRCLE);
        devicesEndTitleLabel.setText(paired ? Messages.text("devices.end.paired", now.otherName()) : Messages.text("devices.end.not"));
        devicesEndSentenceLabel.setText(paired ? Messages.text("devices.end.means") : now.sentence());
        devicesEndNameField.setText(now.otherName());
        shown(devicesEndNamePane, paired);
        shown(devicesEndDoneButton, paired);
        shown(devicesEndAgainButton, !paired);
        shown(devicesEndCloseButton, !paired);
    }

    private static void shown(Node node, boolean value) {
        node.setVisible(value);
        node.setManaged(value);
    }

    @FXML
    private void done() {
        frame.model().rename(devicesEndNameField.getText().strip(), frame::close);
    }

    @FXML
    private void again() {
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
        return devicesEndNamePane.isVisible() ? devicesEndNameField : devicesEndAgainButton;
    }
}
