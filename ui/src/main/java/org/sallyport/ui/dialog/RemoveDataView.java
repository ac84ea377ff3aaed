package org.sallyport.ui.dialog;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.stage.Window;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** Says what happens to the files, and does it only when told to; the safe answer has the focus. */
public final class RemoveDataView {
    private final String what;
    private final String size;
    private final Runnable remove;

    @FXML private Label removeWhatLabel;
    @FXML private Button removeKeepButton;
    @FXML private Button removeTrashButton;

    private RemoveDataView(String what, String size, Runnable remove) {
        this.what = what;
        this.size = size;
        this.remove = remove;
    }

    /** @param what the torrent's name, or how many @param size of the data on disk, as text */
    public static void show(Window owner, String what, String size, Runnable remove) {
        RemoveDataView view = new RemoveDataView(what, size, remove);
        DialogStage.show(owner, Messages.text("remove.title"), Fxml.load(view), false);
        view.removeKeepButton.requestFocus();
    }

    @FXML
    private void initialize() {
        removeWhatLabel.setText(Messages.text("remove.what", what));
        removeTrashButton.setText(Messages.text("remove.trash", size));
        removeTrashButton.setAccessibleText(removeTrashButton.getText());
    }

    @FXML
    private void trash() {
        keep();
        remove.run();
    }

    @FXML
    private void keep() {
        removeKeepButton.getScene().getWindow().hide();
    }
}
