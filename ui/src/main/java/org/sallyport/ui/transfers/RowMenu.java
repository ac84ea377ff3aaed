package org.sallyport.ui.transfers;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.ui.i18n.Messages;

/** The context menu of the Downloads table. Keys are shown here and handled by the table. */
final class RowMenu {
    private final ContextMenu menu = new ContextMenu();

    /** What the menu can ask for, for the selected rows. */
    interface Actions {
        void start();

        void pause();

        void recheck();

        void openFolder();

        void copyHash();

        void copyMagnet();

        void removeFromList();

        void removeWithData();
    }

    RowMenu(Actions actions) {
        menu.getItems().setAll(
                item("Start", Feather.PLAY, "", actions::start),
                item("Pause", Feather.PAUSE, "Space", actions::pause),
                item("Recheck", Feather.REFRESH_CW, "F5", actions::recheck),
                new SeparatorMenuItem(),
                item("OpenFolder", Feather.FOLDER, "", actions::openFolder),
                item("CopyMagnet", Feather.LINK, "", actions::copyMagnet),
                item("CopyHash", Feather.COPY, "", actions::copyHash),
                new SeparatorMenuItem(),
                item("Remove", Feather.X, "Delete", actions::removeFromList),
                item("RemoveData", Feather.TRASH_2, "", actions::removeWithData));
    }

    private static MenuItem item(String what, Feather icon, String key, Runnable action) {
        MenuItem item = new MenuItem(Messages.text("transfers.menu." + what), new FontIcon(icon));
        item.setId("transfers" + what + "Item");
        if (!key.isEmpty()) {
            item.setAccelerator(KeyCombination.valueOf(key));
        }
        item.setOnAction(e -> action.run());
        return item;
    }

    ContextMenu menu() {
        return menu;
    }
}
