package org.sallyport.ui.devices;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.i18n.Words;

/** What others share with this device, with a search, and a button to get each. */
final class CatalogueView {
    private static final int MAX_ROWS = 8;
    private static final double HEAD = 46;

    private final CatalogueViewModel model;
    private final FilePicker picker;
    private final Parent root;

    @FXML private TextField devicesCatalogueSearchField;
    @FXML private ProgressIndicator devicesCatalogueBusyBar;
    @FXML private TableView<CatalogueItem> devicesCatalogueTable;
    @FXML private TableColumn<CatalogueItem, String> devicesCatalogueNameColumn;
    @FXML private TableColumn<CatalogueItem, String> devicesCatalogueDeviceColumn;
    @FXML private TableColumn<CatalogueItem, Long> devicesCatalogueSizeColumn;
    @FXML private TableColumn<CatalogueItem, Integer> devicesCatalogueFilesColumn;
    @FXML private TableColumn<CatalogueItem, String> devicesCatalogueNoteColumn;
    @FXML private TableColumn<CatalogueItem, CatalogueItem> devicesCatalogueGetColumn;
    @FXML private Label devicesCatalogueNothingLabel;
    @FXML private Label devicesCatalogueFolderLabel;

    CatalogueView(CatalogueViewModel model, FilePicker picker) {
        this.model = model;
        this.picker = picker;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        devicesCatalogueSearchField.textProperty().bindBidirectional(model.searchProperty());
        devicesCatalogueSearchField.setOnAction(e -> model.ask());
        devicesCatalogueBusyBar.visibleProperty().bind(model.busyProperty());
        devicesCatalogueNothingLabel.textProperty().bind(model.nothingProperty());
        devicesCatalogueFolderLabel.textProperty().bind(model.folder().words("devices.catalogue.folder"));
        initializeTable();
    }

    private void initializeTable() {
        devicesCatalogueTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        text(devicesCatalogueNameColumn, CatalogueItem::name, 240);
        text(devicesCatalogueDeviceColumn, CatalogueItem::deviceName, 140);
        text(devicesCatalogueNoteColumn, CatalogueItem::note, 180);
        number(devicesCatalogueSizeColumn, CatalogueItem::bytes, Words::size, 84);
        number(devicesCatalogueFilesColumn, CatalogueItem::files, count -> Integer.toString(count), 60);
        devicesCatalogueGetColumn.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        devicesCatalogueGetColumn.setCellFactory(column -> new DownloadCell(model::download));
        devicesCatalogueGetColumn.setPrefWidth(132);
        devicesCatalogueGetColumn.setMinWidth(132);
        devicesCatalogueTable.setItems(model.items());
        devicesCatalogueTable.setOnKeyPressed(event -> {
            CatalogueItem selected = devicesCatalogueTable.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && selected != null && !selected.present()) {
                event.consume();
                model.download(selected);
            }
        });
        model.items().addListener((ListChangeListener<CatalogueItem>) change -> fit());
        fit();
    }

    private void fit() {
        double rows = Math.max(2, Math.min(MAX_ROWS, model.items().size()));
        devicesCatalogueTable.setMinHeight(HEAD + rows * devicesCatalogueTable.getFixedCellSize());
        devicesCatalogueTable.setPrefHeight(devicesCatalogueTable.getMinHeight());
    }

    private static void text(TableColumn<CatalogueItem, String> column, Function<CatalogueItem, String> value, double width) {
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private static <T> void number(TableColumn<CatalogueItem, T> column, Function<CatalogueItem, T> value, Function<T, String> words, double width) {
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        column.setCellFactory(Columns.right(words));
        Columns.alignRight(column);
    }

    @FXML
    private void refresh() {
        model.ask();
    }

    @FXML
    private void chooseFolder() {
        picker.folder(root.getScene().getWindow(), model.folder().get()).ifPresent(model.folder()::choose);
    }

    Parent root() {
        return root;
    }
}
