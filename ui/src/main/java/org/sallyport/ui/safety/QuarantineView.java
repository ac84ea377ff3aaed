package org.sallyport.ui.safety;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.control.VerdictCell;
import org.sallyport.ui.dialog.QuestionView;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The Quarantine screen: files that are held, why, and what can be done with each. FX thread. */
public final class QuarantineView {
    private final QuarantineViewModel model;
    private final Parent root;

    @FXML private NoticeBar quarantineNoticePane;
    @FXML private Pane quarantineEmptyPane;
    @FXML private TableView<LiveRows.Row<HeldFile>> quarantineTable;
    @FXML private TableColumn<LiveRows.Row<HeldFile>, String> quarantineFileColumn;
    @FXML private TableColumn<LiveRows.Row<HeldFile>, Verdict> quarantineVerdictColumn;
    @FXML private TableColumn<LiveRows.Row<HeldFile>, String> quarantineReasonColumn;
    @FXML private TableColumn<LiveRows.Row<HeldFile>, Long> quarantineSizeColumn;
    @FXML private TableColumn<LiveRows.Row<HeldFile>, String> quarantineSinceColumn;
    @FXML private Button quarantineRescanButton;
    @FXML private Button quarantineReleaseButton;
    @FXML private Button quarantineDeleteButton;
    @FXML private Pane quarantineChosenPane;
    @FXML private Label quarantineChosenPathLabel;
    @FXML private Label quarantineChosenReasonLabel;
    @FXML private Label quarantineChosenSourceLabel;
    @FXML private Label quarantineChosenScanLabel;

    public QuarantineView(QuarantineViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        quarantineNoticePane.noticeProperty().bindBidirectional(model.noticeProperty());
        BooleanBinding nothing = Bindings.isEmpty(model.held().rows());
        quarantineEmptyPane.visibleProperty().bind(nothing);
        quarantineTable.visibleProperty().bind(nothing.not());
        quarantineTable.setItems(model.held().rows());
        quarantineTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        text(quarantineFileColumn, HeldFile::path);
        quarantineVerdictColumn.setCellValueFactory(row -> row.getValue().map(file -> file.findings().verdict()));
        quarantineVerdictColumn.setCellFactory(column -> new VerdictCell<>());
        text(quarantineReasonColumn, file -> file.checking() ? Messages.text("quarantine.checking") : file.findings().verdict().reason());
        Columns.alignRight(quarantineSizeColumn);
        quarantineSizeColumn.setCellValueFactory(row -> row.getValue().map(HeldFile::sizeBytes));
        quarantineSizeColumn.setCellFactory(Columns.right(Words::size));
        text(quarantineSinceColumn, file -> Words.day(file.findings().at()));
        ObservableValue<HeldFile> chosen = quarantineTable.getSelectionModel().selectedItemProperty().flatMap(row -> row.map(Function.identity()));
        quarantineChosenPane.visibleProperty().bind(chosen.map(file -> true).orElse(false));
        quarantineChosenPane.managedProperty().bind(quarantineChosenPane.visibleProperty());
        chosen(quarantineChosenPathLabel, chosen.map(file -> Messages.text("quarantine.chosen.path", file.path(), file.torrent())));
        chosen(quarantineChosenReasonLabel, chosen.map(file -> file.findings().verdict().reason()));
        chosen(quarantineChosenSourceLabel, chosen.map(HeldFile::source));
        chosen(quarantineChosenScanLabel, chosen.map(QuarantineView::scan));
        BooleanBinding none = quarantineTable.getSelectionModel().selectedItemProperty().isNull();
        quarantineRescanButton.disableProperty().bind(none);
        quarantineReleaseButton.disableProperty().bind(none);
        quarantineDeleteButton.disableProperty().bind(none);
        quarantineTable.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DELETE) {
                event.consume();
                delete();
            }
        });
    }

    private static String scan(HeldFile file) {
        Instant definitions = file.findings().definitions();
        String engine = file.findings().engine();
        return engine.isEmpty() ? Messages.text("quarantine.chosen.unscanned", Words.day(file.findings().at()))
                : definitions.equals(Instant.EPOCH) ? Messages.text("quarantine.chosen.engine", engine, Words.day(file.findings().at()))
                : Messages.text("quarantine.chosen.scan", engine, Words.day(definitions), Words.day(file.findings().at()));
    }

    private static void text(TableColumn<LiveRows.Row<HeldFile>, String> column, Function<HeldFile, String> words) {
        column.setCellValueFactory(row -> row.getValue().map(words));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private static void chosen(Label label, ObservableValue<String> words) {
        label.textProperty().bind(words.orElse(""));
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    private void withChosen(Consumer<HeldFile> act) {
        Optional.ofNullable(quarantineTable.getSelectionModel().getSelectedItem()).map(LiveRows.Row::value).ifPresent(act);
    }

    @FXML
    private void rescan() {
        withChosen(model::rescan);
    }

    /** Malware takes a second question. */
    @FXML
    private void release() {
        withChosen(file -> {
            boolean infected = QuarantineViewModel.isInfected(file);
            String means = infected ? "quarantine.release.infected" : "quarantine.release.means";
            ask(new QuestionView.Question(Messages.text("quarantine.release.title", file.path()),
                    Messages.text(means, file.findings().verdict().reason()), Messages.text("quarantine.keep"),
                    Messages.text(infected ? "quarantine.release.next" : "quarantine.release.do"), () -> released(file)));
        });
    }

    private void released(HeldFile file) {
        if (!QuarantineViewModel.isInfected(file)) {
            model.release(file, false);
            return;
        }
        ask(new QuestionView.Question(Messages.text("quarantine.insist.title"),
                Messages.text("quarantine.insist.means", file.findings().verdict().reason()),
                Messages.text("quarantine.keep"), Messages.text("quarantine.insist.do"), () -> model.release(file, true)));
    }

    @FXML
    private void delete() {
        withChosen(file -> ask(new QuestionView.Question(Messages.text("quarantine.delete.title", file.path()),
                Messages.text("quarantine.delete.means"), Messages.text("quarantine.keep"),
                Messages.text("quarantine.delete.do", Words.size(file.sizeBytes())), () -> model.delete(file))));
    }

    private void ask(QuestionView.Question question) {
        QuestionView.show(root.getScene().getWindow(), question);
    }

    public Parent root() {
        return root;
    }
}
