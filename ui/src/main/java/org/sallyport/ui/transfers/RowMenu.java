package org.sallyport.ui.transfers;

import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.UploadWords;
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

        void upload(UploadPolicy policy);

        /** What all selected rows have; empty when none is selected, or they differ. */
        Optional<UploadPolicy> upload();
    }

    RowMenu(Actions actions) {
        menu.getItems().setAll(
                item("Start", Feather.PLAY, "", actions::start),
                item("Pause", Feather.PAUSE, "Space", actions::pause),
                item("Recheck", Feather.REFRESH_CW, "F5", actions::recheck),
                uploads(actions),
                new SeparatorMenuItem(),
                item("OpenFolder", Feather.FOLDER, "", actions::openFolder),
                item("CopyMagnet", Feather.LINK, "", actions::copyMagnet),
                item("CopyHash", Feather.COPY, "", actions::copyHash),
                new SeparatorMenuItem(),
                item("Remove", Feather.X, "Delete", actions::removeFromList),
                item("RemoveData", Feather.TRASH_2, "", actions::removeWithData));
    }

    private Menu uploads(Actions actions) {
        Menu uploads = new Menu(Messages.text("transfers.menu.Upload"), new FontIcon(Feather.UPLOAD));
        uploads.setId("transfersUploadItem");
        ToggleGroup group = new ToggleGroup();
        for (UploadPolicy policy : UploadPolicy.values()) {
            RadioMenuItem item = new RadioMenuItem(UploadWords.choice(policy));
            item.setId("transfersUpload" + name(policy) + "Item");
            item.setToggleGroup(group);
            item.setOnAction(e -> actions.upload(policy));
            uploads.getItems().add(item);
        }
        menu.setOnShowing(e -> {
            group.selectToggle(null);
            actions.upload().map(policy -> (RadioMenuItem) uploads.getItems().get(policy.ordinal())).ifPresent(group::selectToggle);
        });
        return uploads;
    }

    private static String name(UploadPolicy policy) {
        return switch (policy) {
            case NORMAL -> "Normal";
            case WHILE_DOWNLOADING -> "WhileDownloading";
            case TRUSTED_ONLY -> "TrustedOnly";
            case NEVER -> "Never";
        };
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
