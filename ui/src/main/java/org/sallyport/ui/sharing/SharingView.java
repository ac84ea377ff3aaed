package org.sallyport.ui.sharing;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.stage.Window;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.ui.control.ActCell;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The Sharing screen: what other people can get, each with a way to stop it; the folders it may come from. FX thread. */
public final class SharingView {
    private final SharingViewModel model;
    private final FilePicker picker;
    private final Consumer<Window> shareSomething;
    private final Parent root;

    @FXML private NoticeBar sharingNoticePane;
    @FXML private Label sharingSumLabel;
    @FXML private Pane sharingEmptyPane;
    @FXML private Button sharingShareButton;
    @FXML private TableView<LiveRows.Row<ShareSnapshot>> sharingTable;
    @FXML private TableColumn<LiveRows.Row<ShareSnapshot>, ShareSnapshot> sharingWhatColumn;
    @FXML private TableColumn<LiveRows.Row<ShareSnapshot>, String> sharingAudienceColumn;
    @FXML private TableColumn<LiveRows.Row<ShareSnapshot>, ShareSnapshot> sharingNowColumn;
    @FXML private TableColumn<LiveRows.Row<ShareSnapshot>, Long> sharingSizeColumn;
    @FXML private TableColumn<LiveRows.Row<ShareSnapshot>, Long> sharingSentColumn;
    @FXML private TableColumn<LiveRows.Row<ShareSnapshot>, String> sharingSinceColumn;
    @FXML private TableColumn<LiveRows.Row<ShareSnapshot>, String> sharingExpiresColumn;
    @FXML private TableColumn<LiveRows.Row<ShareSnapshot>, ShareSnapshot> sharingStopColumn;
    @FXML private Pane sharingChosenPane;
    @FXML private Label sharingChosenPathLabel;
    @FXML private Label sharingChosenNoteLabel;
    @FXML private Label sharingChosenTroubleLabel;
    @FXML private TableView<LiveRows.Row<AllowedFolder>> sharingFoldersTable;
    @FXML private TableColumn<LiveRows.Row<AllowedFolder>, String> sharingFolderColumn;
    @FXML private TableColumn<LiveRows.Row<AllowedFolder>, String> sharingFolderProblemColumn;
    @FXML private TableColumn<LiveRows.Row<AllowedFolder>, AllowedFolder> sharingFolderRemoveColumn;

    /** @param shareSomething opens the dialog that shares more, over the window it is given */
    public SharingView(SharingViewModel model, FilePicker picker, Consumer<Window> shareSomething) {
        this.model = model;
        this.picker = picker;
        this.shareSomething = shareSomething;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        sharingNoticePane.noticeProperty().bindBidirectional(model.noticeProperty());
        sharingSumLabel.textProperty().bind(model.sumProperty());
        BooleanBinding nothing = Bindings.isEmpty(model.shares().rows());
        sharingSumLabel.visibleProperty().bind(nothing.not());
        sharingSumLabel.managedProperty().bind(nothing.not());
        sharingEmptyPane.visibleProperty().bind(nothing);
        sharingTable.visibleProperty().bind(nothing.not());
        initializeShares();
        initializeFolders();
        onDelete(sharingTable, model::stop);
        onDelete(sharingFoldersTable, this::remove);
    }

    private void initializeShares() {
        sharingTable.setItems(model.shares().rows());
        sharingTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        sharingWhatColumn.setCellValueFactory(row -> row.getValue().map(Function.identity()));
        sharingWhatColumn.setCellFactory(column -> new WhatCell());
        text(sharingAudienceColumn, ShareWords::audience);
        sharingAudienceColumn.setCellFactory(column -> {
            TableCell<LiveRows.Row<ShareSnapshot>, String> cell = Columns.<LiveRows.Row<ShareSnapshot>, String>left(Function.identity()).call(column);
            cell.setWrapText(true);
            return cell;
        });
        sharingNowColumn.setCellValueFactory(row -> row.getValue().map(Function.identity()));
        sharingNowColumn.setCellFactory(column -> new NowCell());
        size(sharingSizeColumn, ShareSnapshot::bytes);
        size(sharingSentColumn, ShareSnapshot::uploadedBytes);
        text(sharingSinceColumn, share -> ShareWords.moment(share.since()));
        text(sharingExpiresColumn, share -> ShareWords.moment(share.expires()));
        sharingStopColumn.setCellValueFactory(row -> row.getValue().map(Function.identity()));
        sharingStopColumn.setCellFactory(column -> new ActCell<>(Messages.text("sharing.stop"),
                share -> ActCell.idOf("sharingStopButton", share.hash().shortHex()),
                share -> Messages.text("sharing.stop.spoken", share.name()), model::stop));
        ObservableValue<ShareSnapshot> chosen = sharingTable.getSelectionModel().selectedItemProperty().flatMap(row -> row.map(Function.identity()));
        sharingChosenPane.visibleProperty().bind(chosen.map(share -> true).orElse(false));
        sharingChosenPane.managedProperty().bind(sharingChosenPane.visibleProperty());
        chosen(sharingChosenPathLabel, chosen.map(share -> share.path().toString()));
        chosen(sharingChosenNoteLabel, chosen.map(share -> share.note().isEmpty() ? "" : Messages.text("sharing.note", share.note())));
        chosen(sharingChosenTroubleLabel, chosen.map(ShareSnapshot::trouble));
        MenuItem stop = new MenuItem(Messages.text("sharing.stop.item"), new FontIcon(Feather.SLASH));
        stop.setId("sharingStopItem");
        stop.setAccelerator(KeyCombination.valueOf("Delete"));
        stop.setOnAction(e -> chosen(sharingTable).ifPresent(model::stop));
        sharingTable.setContextMenu(new ContextMenu(stop));
    }

    /** Says in full what the selected row may have no room for. */
    private static void chosen(Label label, ObservableValue<String> words) {
        label.textProperty().bind(words.orElse(""));
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    private static void text(TableColumn<LiveRows.Row<ShareSnapshot>, String> column, Function<ShareSnapshot, String> words) {
        column.setCellValueFactory(row -> row.getValue().map(words));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private static void size(TableColumn<LiveRows.Row<ShareSnapshot>, Long> column, Function<ShareSnapshot, Long> bytes) {
        Columns.alignRight(column);
        column.setCellValueFactory(row -> row.getValue().map(bytes));
        column.setCellFactory(Columns.right(Words::size));
    }

    private void initializeFolders() {
        sharingFoldersTable.setItems(model.folders().rows());
        sharingFoldersTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        sharingFolderColumn.setCellValueFactory(row -> row.getValue().map(folder -> folder.path().toString()));
        sharingFolderColumn.setCellFactory(Columns.left(Function.identity()));
        sharingFolderProblemColumn.setCellValueFactory(row -> row.getValue().map(AllowedFolder::problem));
        sharingFolderProblemColumn.setCellFactory(column -> new ProblemCell());
        sharingFolderRemoveColumn.setCellValueFactory(row -> row.getValue().map(Function.identity()));
        sharingFolderRemoveColumn.setCellFactory(column -> new ActCell<>(Messages.text("sharing.folder.remove"),
                folder -> ActCell.idOf("sharingFolderRemoveButton", folder.path()),
                folder -> Messages.text("sharing.folder.remove.spoken", folder.path()),
                this::remove));
    }

    private static <V> Optional<V> chosen(TableView<LiveRows.Row<V>> table) {
        return Optional.ofNullable(table.getSelectionModel().getSelectedItem()).map(LiveRows.Row::value);
    }

    private static <V> void onDelete(TableView<LiveRows.Row<V>> table, Consumer<V> act) {
        table.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DELETE) {
                event.consume();
                chosen(table).ifPresent(act);
            }
        });
    }

    private Window window() {
        return root.getScene().getWindow();
    }

    private void remove(AllowedFolder folder) {
        DisallowView.show(window(), folder.path(), model.sharedFrom(folder.path()), () -> model.disallow(folder.path()));
    }

    @FXML
    private void share() {
        shareSomething.accept(window());
    }

    @FXML
    private void addFolder() {
        picker.folder(window(), Path.of(System.getProperty("user.home"))).ifPresent(model::allow);
    }

    public Parent root() {
        return root;
    }
}
