package org.sallyport.ui.transfers;

import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.ProgressCell;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The files of a torrent: how far each is, and what screening found. */
final class FilesView implements DetailsTab {
    private final LiveRows<Integer, FileSnapshot> rows = new LiveRows<>(FileSnapshot::index);
    private final Parent root;

    @FXML private TableView<LiveRows.Row<FileSnapshot>> filesTable;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, String> filesPathColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, Long> filesSizeColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, Number> filesDoneColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, Boolean> filesWantedColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, Verdict> filesVerdictColumn;

    FilesView() {
        root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        filesTable.setItems(rows.rows());
        filesTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        Widths.flexible(filesPathColumn, 400);
        filesPathColumn.setCellValueFactory(row -> row.getValue().map(FileSnapshot::path));
        filesPathColumn.setCellFactory(Columns.left(Function.identity()));
        Widths.fixed(filesSizeColumn, 96);
        Columns.alignRight(filesSizeColumn);
        filesSizeColumn.setCellValueFactory(row -> row.getValue().map(FileSnapshot::sizeBytes));
        filesSizeColumn.setCellFactory(Columns.right(Words::size));
        Widths.fixed(filesDoneColumn, 152);
        filesDoneColumn.setCellValueFactory(row -> row.getValue().map(FilesView::share));
        filesDoneColumn.setCellFactory(column -> new ProgressCell<>());
        Widths.fixed(filesWantedColumn, 112);
        filesWantedColumn.setCellValueFactory(row -> row.getValue().map(FileSnapshot::wanted));
        filesWantedColumn.setCellFactory(Columns.left(wanted -> Messages.text(wanted ? "files.wanted" : "files.unwanted")));
        Widths.fixed(filesVerdictColumn, 136);
        filesVerdictColumn.setCellValueFactory(row -> row.getValue().map(FileSnapshot::verdict));
        filesVerdictColumn.setCellFactory(column -> new VerdictCell());
        filesVerdictColumn.setSortable(false);
    }

    private static double share(FileSnapshot file) {
        return file.sizeBytes() == 0 ? 1 : (double) file.doneBytes() / file.sizeBytes();
    }

    @Override
    public void show(TorrentDetails details) {
        rows.update(details.files());
        Widths.keepSorted(filesTable);
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
