package org.sallyport.ui.sharing;

import java.nio.file.Path;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.stage.Window;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.i18n.Messages;

/** Says which shares end with an allowed folder, and ends them only when told to; the safe answer has the focus. */
final class DisallowView {
    private static final int MOST_NAMED = 6;

    private final Path folder;
    private final List<String> shares;
    private final Runnable disallow;

    @FXML private Label sharingRemoveFolderLabel;
    @FXML private Label sharingRemoveStopsLabel;
    @FXML private Button sharingRemoveKeepButton;
    @FXML private Button sharingRemoveConfirmButton;

    private DisallowView(Path folder, List<String> shares, Runnable disallow) {
        this.folder = folder;
        this.shares = shares;
        this.disallow = disallow;
    }

    /** @param shares names of what is shared from it */
    static void show(Window owner, Path folder, List<String> shares, Runnable disallow) {
        DisallowView view = new DisallowView(folder, shares, disallow);
        DialogStage.show(owner, Messages.text("sharing.remove.title"), Fxml.load(view), false);
        view.sharingRemoveKeepButton.requestFocus();
    }

    @FXML
    private void initialize() {
        sharingRemoveFolderLabel.setText(Messages.text("sharing.remove.what", folder));
        sharingRemoveStopsLabel.setText(stops());
        sharingRemoveConfirmButton.setText(shares.isEmpty() ? Messages.text("sharing.remove.confirm")
                : Messages.text("sharing.remove.confirm.stop", Integer.toString(shares.size())));
        sharingRemoveConfirmButton.setAccessibleText(sharingRemoveConfirmButton.getText());
    }

    private String stops() {
        if (shares.isEmpty()) {
            return Messages.text("sharing.remove.stops.none");
        }
        String named = String.join("\n", shares.stream().limit(MOST_NAMED).map(name -> "•  " + name).toList());
        String more = shares.size() > MOST_NAMED ? "\n"
                + Messages.text("sharing.remove.stops.more", Integer.toString(shares.size() - MOST_NAMED)) : "";
        return Messages.text("sharing.remove.stops", named + more);
    }

    @FXML
    private void confirm() {
        keep();
        disallow.run();
    }

    @FXML
    private void keep() {
        sharingRemoveKeepButton.getScene().getWindow().hide();
    }
}
