package org.sallyport.ui.transfers;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCombination;
import javafx.stage.WindowEvent;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.QueueMove;
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

        void removeFromList();

        void removeWithData();

        void upload(UploadPolicy policy);

        /** What all selected rows have; empty when none is selected, or they differ. */
        Optional<UploadPolicy> upload();
    }

    RowMenu(Actions actions, RowOperations operations) {
        menu.getItems().setAll(
                item("Start", Feather.PLAY, "", actions::start),
                item("Pause", Feather.PAUSE, "Space", actions::pause),
                names("AcceptNames", Feather.CHECK, operations::acceptNames, () -> operations.awaitsNames(true)),
                names("SkipNames", Feather.SKIP_FORWARD, operations::skipNames, () -> operations.awaitsNames(false)),
                force(operations),
                queue(operations),
                new SeparatorMenuItem(),
                item("Options", Feather.SLIDERS, RowOperations.Key.OPTIONS, operations::options),
                item("Labels", Feather.TAG, RowOperations.Key.LABELS, operations::labels),
                item("Rename", Feather.EDIT_2, RowOperations.Key.RENAME, operations::rename),
                uploads(actions),
                new SeparatorMenuItem(),
                item("OpenFolder", Feather.FOLDER, "", actions::openFolder),
                item("Move", Feather.CORNER_UP_RIGHT, RowOperations.Key.MOVE, operations::move),
                item("Locate", Feather.MAP_PIN, "", operations::locate),
                item("Recheck", Feather.REFRESH_CW, "F5", actions::recheck),
                item("Announce", Feather.RADIO, RowOperations.Key.ANNOUNCE, operations::announce),
                new SeparatorMenuItem(),
                item("CopyMagnet", Feather.LINK, RowOperations.Key.COPY_MAGNET, operations::copyMagnet),
                item("CopyHash", Feather.COPY, "", actions::copyHash),
                item("Export", Feather.SAVE, RowOperations.Key.EXPORT, operations::export),
                new SeparatorMenuItem(),
                item("Remove", Feather.X, "Delete", actions::removeFromList),
                item("RemoveData", Feather.TRASH_2, "", actions::removeWithData));
    }

    /** Shown only where there is something to answer. */
    private MenuItem names(String what, Feather icon, Runnable action, BooleanSupplier awaited) {
        MenuItem item = item(what, icon, "", action);
        menu.addEventHandler(WindowEvent.WINDOW_SHOWING, e -> item.setVisible(awaited.getAsBoolean()));
        return item;
    }

    /** Marked while they run whatever the queue says. */
    private CheckMenuItem force(RowOperations operations) {
        CheckMenuItem item = new CheckMenuItem(Messages.text("transfers.menu.Force"), new FontIcon(Feather.FAST_FORWARD));
        item.setId("transfersForceItem");
        item.setAccelerator(RowOperations.Key.FORCE.combination());
        item.setOnAction(e -> operations.force(item.isSelected()));
        menu.addEventHandler(WindowEvent.WINDOW_SHOWING, e -> item.setSelected(operations.isForced()));
        return item;
    }

    private static Menu queue(RowOperations operations) {
        Menu queue = new Menu(Messages.text("transfers.menu.Queue"), new FontIcon(Feather.LIST));
        queue.setId("transfersQueueItem");
        queue.getItems().setAll(
                item("QueueTop", Feather.CHEVRONS_UP, RowOperations.Key.QUEUE_TOP, () -> operations.queue(QueueMove.TOP)),
                item("QueueUp", Feather.CHEVRON_UP, RowOperations.Key.QUEUE_UP, () -> operations.queue(QueueMove.UP)),
                item("QueueDown", Feather.CHEVRON_DOWN, RowOperations.Key.QUEUE_DOWN, () -> operations.queue(QueueMove.DOWN)),
                item("QueueBottom", Feather.CHEVRONS_DOWN, RowOperations.Key.QUEUE_BOTTOM, () -> operations.queue(QueueMove.BOTTOM)));
        return queue;
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

    private static MenuItem item(String what, Feather icon, RowOperations.Key key, Runnable action) {
        MenuItem item = item(what, icon, "", action);
        item.setAccelerator(key.combination());
        return item;
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
