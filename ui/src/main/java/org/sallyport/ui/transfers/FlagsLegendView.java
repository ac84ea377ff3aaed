package org.sallyport.ui.transfers;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.stage.Window;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.i18n.Messages;

/** What the letters beside a peer mean. */
final class FlagsLegendView {
    @FXML private GridPane flagsListPane;

    private FlagsLegendView() { }

    static void show(Window owner) {
        DialogStage.show(owner, Messages.text("peers.legend"), Fxml.load(new FlagsLegendView()), false);
    }

    @FXML
    private void initialize() {
        PeerFlags.all().forEach((letter, meaning) -> {
            Label cap = new Label(Character.toString(letter));
            cap.getStyleClass().add("key-cap");
            flagsListPane.addRow(flagsListPane.getRowCount(), cap, new Label(meaning));
        });
    }

    @FXML
    private void close() {
        flagsListPane.getScene().getWindow().hide();
    }
}
