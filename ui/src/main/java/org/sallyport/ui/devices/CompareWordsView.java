package org.sallyport.ui.devices;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** Six words, numbered and large, and the question whether the other screen shows the same. Neither answer is preset. */
final class CompareWordsView implements PairingStep {
    private static final int COLUMNS = 3;

    private final Frame frame;
    private final Parent root;

    @FXML private Label devicesCompareMeansLabel;
    @FXML private GridPane devicesWordsPane;
    @FXML private ProgressIndicator devicesWaitingBar;
    @FXML private Label devicesWaitingLabel;
    @FXML private Button devicesDifferButton;
    @FXML private Button devicesSameButton;

    CompareWordsView(Frame frame) {
        this.frame = frame;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        PairingViewModel model = frame.model();
        model.pairingProperty().addListener((o, old, now) -> show(now));
        show(model.pairingProperty().get());
        devicesDifferButton.disableProperty().bind(model.busyProperty());
        devicesSameButton.disableProperty().bind(model.busyProperty());
        List.of(devicesWaitingBar, devicesWaitingLabel, devicesDifferButton, devicesSameButton)
                .forEach(part -> part.managedProperty().bind(part.visibleProperty()));
    }

    private void show(PairingState now) {
        if (now.stage() != Stage.COMPARING && now.stage() != Stage.WAITING) {
            return;
        }
        boolean waiting = now.stage() == Stage.WAITING;
        String other = now.otherName().isEmpty() ? Messages.text("devices.compare.other") : now.otherName();
        devicesCompareMeansLabel.setText(Messages.text("devices.compare.means", other));
        devicesWordsPane.getChildren().setAll(IntStream.range(0, now.words().size()).mapToObj(i -> word(i, now.words().get(i))).toList());
        devicesWordsPane.setAccessibleText(spoken(now.words()));
        devicesWaitingBar.setVisible(waiting);
        devicesWaitingLabel.setVisible(waiting);
        devicesDifferButton.setVisible(!waiting);
        devicesSameButton.setVisible(!waiting);
    }

    private static Node word(int index, String text) {
        Label number = new Label(Integer.toString(index + 1));
        number.getStyleClass().add("word-number");
        Label word = new Label(text);
        word.getStyleClass().add("word");
        HBox cell = new HBox(8, number, word);
        cell.setAlignment(Pos.BASELINE_LEFT);
        GridPane.setConstraints(cell, index % COLUMNS, index / COLUMNS);
        return cell;
    }

    private static String spoken(List<String> words) {
        return IntStream.range(0, words.size()).mapToObj(i -> i + 1 + " " + words.get(i)).collect(Collectors.joining(", "));
    }

    @FXML
    private void same() {
        frame.model().confirm(true);
    }

    @FXML
    private void differ() {
        frame.model().confirm(false);
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
        return devicesWordsPane;
    }
}
