package org.sallyport.ui.shell;

import java.util.List;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.sallyport.core.model.QuitState;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** The countdown over every screen: what is done, what is not, and a way to say no, which has the keyboard. */
final class QuitBarView {
    private final QuitViewModel model;
    private final Runnable quitNow;
    /** What had the keyboard before; at most one. */
    private List<Node> before = List.of();

    @FXML private HBox quitBarPane;
    @FXML private Label quitCountdownLabel;
    @FXML private Label quitFinishedLabel;
    @FXML private Label quitUnfinishedLabel;
    @FXML private Button quitNowButton;
    @FXML private Button quitKeepOpenButton;

    QuitBarView(QuitViewModel model, Runnable quitNow) {
        this.model = model;
        this.quitNow = quitNow;
        Fxml.load(this);
    }

    @FXML
    private void initialize() {
        quitBarPane.managedProperty().bind(quitBarPane.visibleProperty());
        quitBarPane.setVisible(false);
        model.stateProperty().addListener((o, old, now) -> show(now));
    }

    private void show(QuitState now) {
        boolean counting = now.kind() == QuitState.Kind.COUNTDOWN || now.kind() == QuitState.Kind.QUITTING;
        if (counting) {
            String title = now.secondsLeft() > 0 ? Messages.text("quit.countdown", Long.toString(now.secondsLeft()))
                    : Messages.text("quit.countdown.over");
            quitCountdownLabel.setText(title);
            say(quitFinishedLabel, QuitViewModel.finishedText(now));
            say(quitUnfinishedLabel, QuitViewModel.unfinishedText(now));
            quitBarPane.setAccessibleText(now.sentence());
        }
        quitKeepOpenButton.setDisable(now.kind() == QuitState.Kind.QUITTING);
        quitNowButton.setDisable(now.kind() == QuitState.Kind.QUITTING);
        if (counting != quitBarPane.isVisible()) {
            appear(counting);
        }
    }

    private static void say(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
        label.setManaged(!text.isEmpty());
    }

    private void appear(boolean counting) {
        if (counting) {
            before = Stream.ofNullable(quitBarPane.getScene().getFocusOwner()).toList();
            quitBarPane.setVisible(true);
            quitKeepOpenButton.requestFocus();
        } else {
            boolean hadKeyboard = quitKeepOpenButton.isFocused() || quitNowButton.isFocused();
            quitBarPane.setVisible(false);
            if (hadKeyboard) {
                before.forEach(Node::requestFocus);
            }
            before = List.of();
        }
    }

    @FXML
    private void keepOpen() {
        model.keepOpen();
    }

    @FXML
    private void quitNow() {
        quitNow.run();
    }

    /** What F6 goes to; out of sight without a countdown. */
    Node region() {
        return quitKeepOpenButton;
    }

    Node root() {
        return quitBarPane;
    }
}
