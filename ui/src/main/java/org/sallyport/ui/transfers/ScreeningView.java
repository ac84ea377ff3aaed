package org.sallyport.ui.transfers;

import java.time.Instant;
import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.sallyport.core.model.FileChecks;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.Findings;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.VerdictCell;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The Safety tab: how far each file has come through screening, what was found, and by what means. */
final class ScreeningView implements DetailsTab {
    private final LiveRows<Integer, FileSnapshot> rows = new LiveRows<>(FileSnapshot::index);
    private final Parent root;

    @FXML private Label screeningSumLabel;
    @FXML private TableView<LiveRows.Row<FileSnapshot>> screeningTable;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, String> screeningFileColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, String> screeningStageColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, Verdict> screeningVerdictColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, String> screeningReasonColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, String> screeningScanColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, String> screeningHashColumn;

    ScreeningView() {
        root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        screeningTable.setItems(rows.rows());
        screeningTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        text(screeningFileColumn, FileSnapshot::path);
        Widths.flexible(screeningFileColumn, 220);
        text(screeningStageColumn, file -> Messages.text("screening.stage." + file.check().stage()));
        Widths.fixed(screeningStageColumn, 120);
        screeningVerdictColumn.setCellValueFactory(row -> row.getValue().map(FileSnapshot::verdict));
        screeningVerdictColumn.setCellFactory(column -> new VerdictCell<>());
        Widths.fixed(screeningVerdictColumn, 124);
        text(screeningReasonColumn, file -> file.verdict().reason());
        Widths.flexible(screeningReasonColumn, 200);
        text(screeningScanColumn, file -> scan(file.check().findings()));
        Widths.flexible(screeningScanColumn, 160);
        text(screeningHashColumn, file -> file.check().findings().sha256());
        Widths.flexible(screeningHashColumn, 120);
    }

    private static void text(TableColumn<LiveRows.Row<FileSnapshot>, String> column, Function<FileSnapshot, String> value) {
        column.setCellValueFactory(row -> row.getValue().map(value));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private static String scan(Findings findings) {
        return findings.engine().isEmpty() ? "" : findings.definitions().equals(Instant.EPOCH) ? findings.engine()
                : Messages.text("screening.scan", findings.engine(), Words.day(findings.definitions()));
    }

    @Override
    public void show(TorrentDetails details) {
        rows.update(details.files());
        FileChecks checks = details.summary().checks();
        screeningSumLabel.setText(checks.held() > 0
                ? Messages.text("screening.sum.held", Integer.toString(checks.done()), Integer.toString(checks.files()),
                        Integer.toString(checks.held()))
                : Messages.text("screening.sum", Integer.toString(checks.done()), Integer.toString(checks.files())));
    }

    @Override
    public void clear() {
        rows.clear();
    }

    @Override
    public Parent root() {
        return root;
    }
}
