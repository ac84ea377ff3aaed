package org.sallyport.ui.dialog;

import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.stage.Window;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** Version, licence, and what Sallyport is made of. */
public final class AboutView {
    private final String version;

    @FXML private Label aboutVersionLabel;
    @FXML private Label aboutJavaLabel;

    private AboutView(String version) {
        this.version = version;
    }

    public static void show(Window owner, String version) {
        Parent content = Fxml.load(new AboutView(version));
        DialogStage.show(owner, Messages.text("about.title"), content, false);
    }

    @FXML
    private void initialize() {
        aboutVersionLabel.setText(Messages.text("about.version", version));
        aboutJavaLabel.setText(Messages.text("about.java",
                System.getProperty("java.version", ""), System.getProperty("javafx.version", ""), System.getProperty("os.name", "")));
    }

    @FXML
    private void close() {
        aboutVersionLabel.getScene().getWindow().hide();
    }
}
