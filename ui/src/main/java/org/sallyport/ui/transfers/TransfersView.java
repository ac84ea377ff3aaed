package org.sallyport.ui.transfers;

import atlantafx.base.controls.CustomTextField;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.control.WindowState;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.dialog.RemoveDataView;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The Downloads screen. FX thread. */
public final class TransfersView implements RowMenu.Actions {
    private final TransfersViewModel model;
    private final DetailsViewModel detailsModel;
    private final Desktop desktop;
    private final WindowState memory;
    private final Openers openers;
    private final Parent root;
    private final DetailsPane details;
    private TransfersTable columns;
    private RowOperations operations;

    @FXML private HBox transfersTopPane;
    @FXML private NoticeBar transfersNoticePane;
    @FXML private SplitPane transfersSplitPane;
    @FXML private TableView<TransferRow> transfersTable;
    @FXML private CustomTextField transfersSearchField;
    @FXML private ChoiceBox<String> transfersLabelChoice;
    @FXML private ToggleButton transfersDetailsButton;
    @FXML private Pane transfersEmptyPane;
    @FXML private Button transfersEmptyAddButton;
    @FXML private Button transfersClearSearchButton;
    @FXML private Button transfersEmptySampleButton;
    @FXML private Label transfersEmptySampleLabel;
    @FXML private Pane transfersNothingFoundPane;
    @FXML private Label transfersNothingFoundLabel;
    @FXML private HBox transfersUndoPane;
    @FXML private Label transfersUndoLabel;

    /** The dialogs that other packages show. */
    public interface Openers {
        void chooseTorrents();

        void askForLink();

        void createTorrent();
    }

    public TransfersView(EngineFeed feed, TransfersViewModel model, Desktop desktop, WindowState memory, Openers openers) {
        this.model = model;
        this.detailsModel = new DetailsViewModel(feed, model);
        this.desktop = desktop;
        this.memory = memory;
        this.openers = openers;
        this.root = Fxml.load(this);
        this.details = new DetailsPane(transfersSplitPane, detailsModel, desktop, memory);
        bindDetails();
    }

    @FXML
    private void initialize() {
        columns = new TransfersTable(transfersTable, model, memory);
        operations = new RowOperations(model, desktop.files(), () -> transfersTable.getScene().getWindow(), this::selected);
        transfersTable.setContextMenu(new RowMenu(this, operations).menu());
        transfersTable.setRowFactory(table -> {
            TableRow<TransferRow> row = new TableRow<>();
            row.setOnMouseClicked(e -> {
                if (e.getClickCount() == 2 && !row.isEmpty()) {
                    openDetails();
                }
            });
            return row;
        });
        transfersTable.addEventFilter(KeyEvent.KEY_PRESSED, this::keyOnTable);
        transfersSearchField.textProperty().bindBidirectional(model.filterProperty());
        transfersSearchField.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                clearSearch();
            }
        });
        transfersLabelChoice.setItems(model.labelFilter().offered());
        transfersLabelChoice.setConverter(new LabelWords());
        transfersLabelChoice.valueProperty().bindBidirectional(model.labelFilter().chosenProperty());
        BooleanBinding labelled = Bindings.size(model.labelFilter().offered()).greaterThan(1);
        show(transfersLabelChoice, labelled);
        transfersLabelChoice.managedProperty().bind(labelled);
        transfersNoticePane.noticeProperty().bindBidirectional(model.noticeProperty());
        BooleanBinding empty = model.totalProperty().isEqualTo(0);
        BooleanBinding nothingFound = empty.not().and(Bindings.isEmpty(model.rows()));
        show(transfersEmptyPane, empty);
        show(transfersNothingFoundPane, nothingFound);
        transfersTable.visibleProperty().bind(empty.or(nothingFound).not());
        transfersNothingFoundLabel.textProperty().bind(
                Bindings.createStringBinding(() -> Messages.text("transfers.search.nothing", model.filterProperty().get()), model.filterProperty()));
        transfersEmptySampleButton.disableProperty().bind(model.sampleStartingProperty());
        transfersEmptySampleLabel.textProperty().bind(Bindings.when(model.sampleStartingProperty())
                .then(Messages.text("transfers.empty.sample.starting")).otherwise(Messages.text("transfers.empty.sample.hint")));
        bindUndo();
    }

    private void bindUndo() {
        Removals removals = model.removals();
        BooleanBinding pending = removals.pendingCountProperty().greaterThan(0);
        show(transfersUndoPane, pending);
        transfersUndoPane.managedProperty().bind(pending);
        transfersUndoLabel.textProperty().bind(Bindings.createStringBinding(
                () -> removals.pendingCountProperty().get() == 1
                        ? Messages.text("transfers.undo.one", removals.pendingNameProperty().get())
                        : Messages.text("transfers.undo.many", Integer.toString(removals.pendingCountProperty().get())),
                removals.pendingCountProperty(), removals.pendingNameProperty()));
    }

    private void bindDetails() {
        transfersDetailsButton.selectedProperty().bindBidirectional(details.wantedProperty());
        details.possibleProperty().bind(Bindings.isNotEmpty(model.rows()));
        transfersDetailsButton.disableProperty().bind(details.possibleProperty().not());
        transfersTable.getSelectionModel().getSelectedItems().addListener(
                (ListChangeListener<TransferRow>) change -> detailsModel.choose(selected()));
        model.setAfterUpdate(() -> {
            detailsModel.choose(selected());
            detailsModel.refresh();
        });
    }

    private static void show(Node node, BooleanBinding when) {
        node.visibleProperty().bind(when);
    }

    private void keyOnTable(KeyEvent event) {
        if (operations.key(event)) {
            event.consume();
            return;
        }
        if (event.isShortcutDown() || event.isAltDown() || event.isShiftDown()) {
            return;
        }
        switch (event.getCode()) {
            case SPACE -> model.toggle(selected());
            case F5 -> recheck();
            case DELETE -> removeFromList();
            case ENTER -> openDetails();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private List<TransferRow> selected() {
        return transfersTable.getSelectionModel().getSelectedItems().stream().filter(row -> row != null).toList();
    }

    private void openDetails() {
        details.wantedProperty().set(true);
        details.focus();
    }

    @FXML
    private void add() {
        openers.chooseTorrents();
    }

    @FXML
    private void addLink() {
        openers.askForLink();
    }

    @FXML
    private void create() {
        openers.createTorrent();
    }

    @FXML
    private void sample() {
        model.runSample();
    }

    @FXML
    private void undo() {
        model.undoRemoval();
        transfersTable.requestFocus();
    }

    @FXML
    private void clearSearch() {
        transfersSearchField.clear();
        transfersTable.requestFocus();
    }

    @Override
    public void start() {
        model.start(selected());
    }

    @Override
    public void pause() {
        model.pause(selected());
    }

    @Override
    public void recheck() {
        model.recheck(selected());
    }

    /** The folder around it, never the downloaded folder itself: a desktop may take that for a program and start it. */
    @Override
    public void openFolder() {
        selected().stream().map(row -> row.latest().path()).findFirst().map(Path::getParent).ifPresent(desktop.folders()::open);
    }

    @Override
    public void copyHash() {
        Clip.text(String.join("\n", selected().stream().map(row -> row.hash().hex()).toList()));
    }

    @Override
    public void upload(UploadPolicy policy) {
        model.upload(selected(), policy);
    }

    @Override
    public Optional<UploadPolicy> upload() {
        List<UploadPolicy> policies = selected().stream().map(row -> row.latest().sharing().upload()).distinct().toList();
        return policies.size() == 1 ? Optional.of(policies.get(0)) : Optional.empty();
    }

    @Override
    public void removeFromList() {
        model.removeFromList(selected());
    }

    @Override
    public void removeWithData() {
        List<TransferRow> chosen = selected();
        if (!chosen.isEmpty()) {
            String what = chosen.size() == 1 ? chosen.get(0).name() : Messages.text("transfers.several", Integer.toString(chosen.size()));
            long bytes = chosen.stream().mapToLong(row -> row.latest().doneBytes()).sum();
            RemoveDataView.show(root.getScene().getWindow(), what, Words.size(bytes), () -> model.removeWithData(chosen));
        }
    }

    /** Selects one torrent, scrolled into view, when it is listed. */
    public void select(InfoHash hash) {
        model.rows().stream().filter(row -> row.hash().equals(hash)).findFirst().ifPresent(row -> {
            transfersTable.getSelectionModel().clearSelection();
            transfersTable.getSelectionModel().select(row);
            transfersTable.scrollTo(row);
        });
    }

    /** The one torrent that is selected; empty when none is, or several are. */
    public Optional<InfoHash> selectedOne() {
        List<TransferRow> chosen = selected();
        return chosen.size() == 1 ? Optional.of(chosen.get(0).hash()) : Optional.empty();
    }

    /** Puts a control of the whole program at the end of the top bar. */
    public void addToTopBar(Node control) {
        transfersTopPane.getChildren().add(control);
    }

    public void focusSearch() {
        transfersSearchField.requestFocus();
        transfersSearchField.selectAll();
    }

    /** What F6 goes through, in order; some of them may be out of sight. */
    public List<Node> regions() {
        return List.of(transfersTable, transfersEmptyAddButton, transfersClearSearchButton, details.region(), transfersSearchField);
    }

    /** Puts sizes, order and the details pane's height into the window state. */
    public void remember() {
        columns.remember();
        details.remember();
    }

    public Parent root() {
        return root;
    }
}
