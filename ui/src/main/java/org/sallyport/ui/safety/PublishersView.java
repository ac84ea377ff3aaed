package org.sallyport.ui.safety;

import java.nio.file.Path;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.stage.Window;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.dialog.AskView;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.dialog.QuestionView;
import org.sallyport.ui.feed.PublisherCommands;
import org.sallyport.ui.i18n.Messages;

/** The publisher book: whose signatures are believed, and in whose name torrents can be signed. */
final class PublishersView {
    private final PublishersViewModel model;
    private final FilePicker picker;
    private final Parent root;

    @FXML private NoticeBar publishersNoticePane;
    @FXML private TableView<PublisherSnapshot> publishersTable;
    @FXML private TableColumn<PublisherSnapshot, String> publishersNameColumn;
    @FXML private TableColumn<PublisherSnapshot, String> publishersIdColumn;
    @FXML private TableColumn<PublisherSnapshot, String> publishersKeyColumn;
    @FXML private TableColumn<PublisherSnapshot, String> publishersRoleColumn;
    @FXML private Label publishersWorkingLabel;
    @FXML private Button publishersAddButton;
    @FXML private Button publishersCreateButton;
    @FXML private Button publishersExportButton;
    @FXML private Button publishersRemoveButton;
    @FXML private Button publishersResetButton;

    private PublishersView(PublisherCommands commands, FilePicker picker) {
        this.model = new PublishersViewModel(commands);
        this.picker = picker;
        this.root = Fxml.load(this);
    }

    static void show(Window owner, PublisherCommands commands, FilePicker picker) {
        PublishersView view = new PublishersView(commands, picker);
        DialogStage.show(owner, Messages.text("publishers.title"), view.root, true);
        view.publishersAddButton.requestFocus();
        view.model.read();
    }

    @FXML
    private void initialize() {
        publishersNoticePane.noticeProperty().bindBidirectional(model.noticeProperty());
        publishersTable.setItems(model.publishers());
        publishersTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        text(publishersNameColumn, PublisherSnapshot::name, 180);
        text(publishersIdColumn, PublisherSnapshot::id, 200);
        text(publishersKeyColumn, PublisherSnapshot::shortFingerprint, 180);
        text(publishersRoleColumn, publisher -> Messages.text(publisher.own() ? "publishers.own" : "publishers.believed"), 120);
        BooleanBinding nobody = Bindings.isNull(publishersTable.getSelectionModel().selectedItemProperty());
        publishersExportButton.disableProperty().bind(nobody);
        publishersRemoveButton.disableProperty().bind(nobody);
        publishersWorkingLabel.visibleProperty().bind(model.workingProperty());
        publishersCreateButton.disableProperty().bind(model.workingProperty().or(model.tamperedProperty()));
        publishersAddButton.disableProperty().bind(model.tamperedProperty());
        publishersResetButton.visibleProperty().bind(model.tamperedProperty());
        publishersResetButton.managedProperty().bind(model.tamperedProperty());
    }

    private static void text(TableColumn<PublisherSnapshot, String> column, Function<PublisherSnapshot, String> value, double width) {
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private Window window() {
        return root.getScene().getWindow();
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    @FXML
    private void add() {
        picker.anyFile(window(), home()).ifPresent(model::add);
    }

    @FXML
    private void create() {
        AskView.show(window(), new AskView.Question(Messages.text("publishers.create.title"), Messages.text("publishers.create.words"), "",
                Messages.text("publishers.create.means"), Messages.text("publishers.create.do"), model::create));
    }

    @FXML
    private void export() {
        PublisherSnapshot chosen = publishersTable.getSelectionModel().getSelectedItem();
        picker.folder(window(), home()).ifPresent(folder -> model.export(chosen, folder.resolve(chosen.id().replace(':', '-') + ".pem")));
    }

    @FXML
    private void remove() {
        PublisherSnapshot chosen = publishersTable.getSelectionModel().getSelectedItem();
        QuestionView.show(window(), new QuestionView.Question(Messages.text("publishers.remove.title", chosen.name()),
                Messages.text(chosen.own() ? "publishers.remove.own" : "publishers.remove.means"), Messages.text("dialog.cancel"),
                Messages.text("publishers.remove.do"), () -> model.remove(chosen)));
    }

    @FXML
    private void startOver() {
        model.startOver();
    }

    @FXML
    private void close() {
        window().hide();
    }
}
