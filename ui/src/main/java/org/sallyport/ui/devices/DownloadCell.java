package org.sallyport.ui.devices;

import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TableCell;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.ui.i18n.Messages;

/** Gets what its row names; says so when it is there already. */
final class DownloadCell extends TableCell<CatalogueItem, CatalogueItem> {
    private final Button button = new Button(Messages.text("devices.catalogue.get"), new FontIcon(Feather.DOWNLOAD));

    DownloadCell(Consumer<CatalogueItem> download) {
        button.setId("devicesCatalogueGetButton");
        button.getStyleClass().addAll("flat", "table-button");
        button.setOnAction(e -> download.accept(getItem()));
    }

    @Override
    protected void updateItem(CatalogueItem item, boolean empty) {
        super.updateItem(item, empty);
        boolean offered = !empty && item != null && !item.present();
        setText(!empty && item != null && item.present() ? Messages.text("devices.catalogue.present") : null);
        if (offered) {
            button.setAccessibleText(Messages.text("devices.catalogue.get.spoken", item.name(), item.deviceName()));
        }
        setGraphic(offered ? button : null);
    }
}
