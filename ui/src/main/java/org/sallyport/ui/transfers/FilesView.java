package org.sallyport.ui.transfers;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.Opening;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.Verdict;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.control.ProgressCell;
import org.sallyport.ui.control.VerdictCell;
import org.sallyport.ui.dialog.AskView;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.dialog.QuestionView;
import org.sallyport.ui.dialog.RiskyNames;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The files of a torrent: how much each is wanted, how far it is, and what screening found. */
final class FilesView implements DetailsTab {
    private final TransfersViewModel torrents;
    private final Desktop desktop;
    private final LiveRows<Integer, FileSnapshot> rows = new LiveRows<>(FileSnapshot::index);
    private final FilesMenu menu = new FilesMenu(this);
    private final Parent root;
    private Optional<InfoHash> torrent = Optional.empty();
    private Intent intent = Intent.ANYTHING;

    @FXML private TableView<LiveRows.Row<FileSnapshot>> filesTable;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, String> filesPathColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, Long> filesSizeColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, Number> filesDoneColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, FilePriority> filesPriorityColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, NamesCell.Told> filesNameColumn;
    @FXML private TableColumn<LiveRows.Row<FileSnapshot>, Verdict> filesVerdictColumn;

    FilesView(TransfersViewModel torrents, Desktop desktop) {
        this.torrents = torrents;
        this.desktop = desktop;
        root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        filesTable.setItems(rows.rows());
        filesTable.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
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
        Widths.fixed(filesPriorityColumn, 112);
        filesPriorityColumn.setCellValueFactory(row -> row.getValue().map(FileSnapshot::priority));
        filesPriorityColumn.setCellFactory(column -> new PriorityCell());
        Widths.fixed(filesNameColumn, 136);
        filesNameColumn.setCellValueFactory(row -> row.getValue().map(file -> new NamesCell.Told(file.flags(), file.skipped(intent))));
        filesNameColumn.setCellFactory(column -> new NamesCell());
        filesNameColumn.setSortable(false);
        Widths.fixed(filesVerdictColumn, 136);
        filesVerdictColumn.setCellValueFactory(row -> row.getValue().map(FileSnapshot::verdict));
        filesVerdictColumn.setCellFactory(column -> new VerdictCell<>());
        filesVerdictColumn.setSortable(false);
        filesTable.setContextMenu(menu.menu());
        filesTable.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (menu.key(event)) {
                event.consume();
            }
        });
    }

    private static double share(FileSnapshot file) {
        return file.sizeBytes() == 0 ? 1 : (double) file.doneBytes() / file.sizeBytes();
    }

    List<FileSnapshot> selected() {
        return filesTable.getSelectionModel().getSelectedItems().stream().filter(row -> row != null).map(LiveRows.Row::value).toList();
    }

    /** Wants the selected files this much; asks first when that brings files with risky names. */
    void want(FilePriority priority) {
        Set<Integer> files = selected().stream().map(FileSnapshot::index).collect(Collectors.toSet());
        Map<String, List<NameFlag>> asked = new LinkedHashMap<>();
        selected().stream().filter(file -> !file.wanted() && priority != FilePriority.SKIP).forEach(file -> NameFlag.gravest(file.flags())
                .filter(flag -> torrents.riskyNames().asks(flag.risk())).ifPresent(flag -> asked.put(file.path(), file.flags())));
        UnaryOperator<TorrentOptions> change = options -> {
            Map<Integer, FilePriority> priorities = new HashMap<>(options.priorities());
            files.forEach(file -> priorities.put(file, priority));
            priorities.values().removeIf(FilePriority.NORMAL::equals);
            return options.withPriorities(priorities);
        };
        if (files.isEmpty() || torrent.isEmpty()) {
            return;
        }
        InfoHash hash = torrent.get();
        if (asked.isEmpty()) {
            torrents.tell(torrents.torrents().change(hash, change));
        } else {
            RiskyNames.ask(filesTable.getScene().getWindow(), asked, () -> torrents.tell(torrents.torrents().changeAccepting(hash, change)));
        }
    }

    /** Skips the selected files, or wants them again when all are skipped. */
    void toggle() {
        boolean allSkipped = selected().stream().noneMatch(FileSnapshot::wanted);
        want(allSkipped ? FilePriority.NORMAL : FilePriority.SKIP);
    }

    /** Selects all files of this folder. */
    void select(String folder) {
        var selection = filesTable.getSelectionModel();
        selection.clearSelection();
        for (int i = 0; i < filesTable.getItems().size(); i++) {
            if (FolderPaths.isIn(filesTable.getItems().get(i).value().path(), folder)) {
                selection.select(i);
            }
        }
    }

    /** Selects all of the smallest folder that holds what is selected and more. */
    void widen() {
        List<String> chosen = selected().stream().map(FileSnapshot::path).toList();
        for (String folder : FolderPaths.common(chosen)) {
            long all = rows.rows().stream().filter(row -> FolderPaths.isIn(row.value().path(), folder)).count();
            if (all > chosen.size()) {
                select(folder);
                return;
            }
        }
    }

    /** @param path of a file or folder */
    void rename(String path) {
        torrent.ifPresent(hash -> AskView.show(filesTable.getScene().getWindow(), new AskView.Question(Messages.text("files.rename.title"),
                Messages.text("files.rename.name"), FolderPaths.last(path), Messages.text("files.rename.means"), Messages.text("files.rename.do"),
                name -> torrents.torrents().renamePath(hash, path, name))));
    }

    /** Opens the selected file if it may be; a program only after a second, plain word. */
    void open() {
        torrent.ifPresent(hash -> selected().stream().findFirst().ifPresent(file -> open(hash, file, false)));
    }

    private void open(InfoHash hash, FileSnapshot file, boolean insisted) {
        torrents.commands().quarantine().open(hash, file.index(), insisted).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Done<Opening> done) {
                desktop.opener().open(done.value().place());
            } else if (outcome instanceof Outcome.Refused<Opening> refused && refused.refusal().rule().equals("policy.open-program")) {
                QuestionView.show(filesTable.getScene().getWindow(),
                        new QuestionView.Question(Messages.text("files.open.title", FolderPaths.last(file.path())),
                        refused.refusal().sentence(), Messages.text("files.open.keep"), Messages.text("files.open.do"),
                        () -> open(hash, file, true)));
            } else {
                torrents.noticeProperty().set(Notice.of(outcome));
            }
        });
    }

    @Override
    public void show(TorrentDetails details) {
        if (!torrent.equals(Optional.of(details.summary().hash()))) {
            filesTable.getSelectionModel().clearSelection();
        }
        torrent = Optional.of(details.summary().hash());
        intent = details.summary().options().intent();
        rows.update(details.files());
        Widths.keepSorted(filesTable);
    }

    @Override
    public void clear() {
        torrent = Optional.empty();
        rows.clear();
    }

    @Override
    public Parent root() {
        return root;
    }
}
