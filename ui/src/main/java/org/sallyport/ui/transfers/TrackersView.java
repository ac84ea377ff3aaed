package org.sallyport.ui.transfers;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.dialog.AskView;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The trackers and web servers of a torrent, how the last announce went, and their order. */
final class TrackersView implements DetailsTab {
    private final TransfersViewModel torrents;
    private final Clock clock = Clock.systemUTC();
    private final LiveRows<String, SourceLine> rows = new LiveRows<>(source -> source.tier() + " " + source.url());
    private final Parent root;
    private Optional<InfoHash> torrent = Optional.empty();
    private List<List<String>> tiers = List.of();

    @FXML private TableView<LiveRows.Row<SourceLine>> trackersTable;
    @FXML private TableColumn<LiveRows.Row<SourceLine>, String> trackersUrlColumn;
    @FXML private TableColumn<LiveRows.Row<SourceLine>, String> trackersTierColumn;
    @FXML private TableColumn<LiveRows.Row<SourceLine>, String> trackersStatusColumn;
    @FXML private TableColumn<LiveRows.Row<SourceLine>, String> trackersMessageColumn;
    @FXML private TableColumn<LiveRows.Row<SourceLine>, Long> trackersNextColumn;
    @FXML private TableColumn<LiveRows.Row<SourceLine>, String> trackersPeopleColumn;
    @FXML private Button trackersEarlierButton;
    @FXML private Button trackersLaterButton;
    @FXML private Button trackersRemoveButton;

    TrackersView(TransfersViewModel torrents) {
        this.torrents = torrents;
        root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        trackersTable.setItems(rows.rows());
        trackersTable.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        trackersTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        Widths.flexible(trackersUrlColumn, 280);
        text(trackersUrlColumn, SourceLine::url);
        Widths.fixed(trackersTierColumn, 56);
        Columns.alignRight(trackersTierColumn);
        trackersTierColumn.setCellValueFactory(row -> row.getValue().map(SourceLine::place));
        trackersTierColumn.setCellFactory(Columns.right(Function.identity()));
        Widths.fixed(trackersStatusColumn, 120);
        text(trackersStatusColumn, SourceLine::status);
        Widths.flexible(trackersMessageColumn, 220);
        text(trackersMessageColumn, SourceLine::message);
        Widths.fixed(trackersNextColumn, 96);
        Columns.alignRight(trackersNextColumn);
        trackersNextColumn.setCellValueFactory(row -> row.getValue().map(SourceLine::secondsToNext));
        trackersNextColumn.setCellFactory(Columns.right(Words::duration));
        Widths.fixed(trackersPeopleColumn, 112);
        Columns.alignRight(trackersPeopleColumn);
        trackersPeopleColumn.setCellValueFactory(row -> row.getValue().map(SourceLine::people));
        trackersPeopleColumn.setCellFactory(Columns.right(Function.identity()));
        trackersTable.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        var nothing = Bindings.isEmpty(trackersTable.getSelectionModel().getSelectedItems());
        trackersRemoveButton.disableProperty().bind(nothing);
        trackersEarlierButton.disableProperty().bind(nothing);
        trackersLaterButton.disableProperty().bind(nothing);
    }

    private static void text(TableColumn<LiveRows.Row<SourceLine>, String> column, Function<SourceLine, String> value) {
        column.setCellValueFactory(row -> row.getValue().map(value));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private void key(KeyEvent event) {
        boolean alone = !event.isShortcutDown() && !event.isShiftDown() && !event.isControlDown();
        switch (event.getCode()) {
            case DELETE -> remove();
            case INSERT -> add();
            case UP -> {
                if (!event.isAltDown() || !alone) {
                    return;
                }
                earlier();
            }
            case DOWN -> {
                if (!event.isAltDown() || !alone) {
                    return;
                }
                later();
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private Set<String> selected() {
        return trackersTable.getSelectionModel().getSelectedItems().stream().filter(row -> row != null).map(LiveRows.Row::value)
                .filter(SourceLine::isTracker).map(SourceLine::url).collect(Collectors.toSet());
    }

    private void change(List<List<String>> wanted) {
        if (!wanted.equals(tiers)) {
            torrent.ifPresent(hash -> torrents.tell(torrents.torrents().trackers(hash, wanted)));
        }
    }

    @FXML
    private void add() {
        torrent.ifPresent(hash -> AskView.show(root.getScene().getWindow(), new AskView.Question(Messages.text("trackers.add.title"),
                Messages.text("trackers.add.url"), "", Messages.text("trackers.add.means"), Messages.text("trackers.add.do"),
                url -> torrents.torrents().trackers(hash, Tiers.add(tiers, url)))));
    }

    @FXML
    private void edit() {
        torrent.ifPresent(hash -> EditTrackersView.show(root.getScene().getWindow(), tiers, wanted -> torrents.torrents().trackers(hash, wanted)));
    }

    @FXML
    private void remove() {
        change(Tiers.remove(tiers, selected()));
    }

    @FXML
    private void earlier() {
        shift(true);
    }

    @FXML
    private void later() {
        shift(false);
    }

    private void shift(boolean up) {
        List<List<String>> wanted = tiers;
        for (String url : selected()) {
            wanted = Tiers.shift(wanted, url, up);
        }
        change(wanted);
    }

    @FXML
    private void announce() {
        torrent.ifPresent(hash -> torrents.tell(torrents.torrents().announce(hash)));
    }

    @Override
    public void show(TorrentDetails details) {
        Instant now = clock.instant();
        torrent = Optional.of(details.summary().hash());
        tiers = Tiers.of(details.trackers());
        rows.update(Stream.concat(details.trackers().stream().map(tracker -> SourceLine.of(tracker, now)),
                details.webSeeds().stream().map(SourceLine::of)).toList());
        Widths.keepSorted(trackersTable);
    }

    @Override
    public void clear() {
        torrent = Optional.empty();
        tiers = List.of();
        rows.clear();
    }

    @Override
    public Parent root() {
        return root;
    }
}
