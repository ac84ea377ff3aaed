package org.sallyport.ui.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;
import org.sallyport.ui.i18n.Messages;

/** Builds a screen from the FXML file that lies beside its view class: {@code TransfersView} has {@code Transfers.fxml}. */
public final class Fxml {
    private Fxml() { }

    /**
     * Loads the structure and injects it into {@code view}, whose {@code initialize()} is called. FX thread.
     *
     * @throws UncheckedIOException if the file is missing or wrong, which is a defect
     */
    public static Parent load(Object view) {
        String name = view.getClass().getSimpleName().replaceFirst("View$", "") + ".fxml";
        URL location = view.getClass().getResource(name);
        FXMLLoader loader = new FXMLLoader(location, Messages.bundle());
        loader.setController(view);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build " + name, e);
        }
    }
}
