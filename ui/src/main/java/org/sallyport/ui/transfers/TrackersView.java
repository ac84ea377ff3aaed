package org.sallyport.ui.transfers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The trackers of a torrent and how the last announce went. */
final class TrackersView implements DetailsTab {
    private final Clock clock = Clock.systemUTC();
    private final LiveRows<String, Announced> rows = new LiveRows<>(a -> a.tracker().tier() + " " + a.tracker().url());
    private final Parent root;

    @FXML private TableView<LiveRows.Row<Announced>> trackersTable;
    @FXML private TableColumn<LiveRows.Row<Announced>, String> trackersUrlColumn;
    @FXML private TableColumn<LiveRows.Row<Announced>, Integer> trackersTierColumn;
    @FXML private TableColumn<LiveRows.Row<Announced>, String> trackersStatusColumn;
    @FXML private TableColumn<LiveRows.Row<Announced>, String> trackersMessageColumn;
    @FXML private TableColumn<LiveRows.Row<Announced>, Long> trackersNextColumn;
    @FXML private TableColumn<LiveRows.Row<Announced>, String> trackersPeopleColumn;

    /** @param secondsToNext until the next announce, −1 when none is planned */
    record Announced(TrackerSnapshot tracker, long secondsToNext) { }

    TrackersView() {
        root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        trackersTable.setItems(rows.rows());
        trackersTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        Widths.flexible(trackersUrlColumn, 280);
        text(trackersUrlColumn, TrackerSnapshot::url);
        Widths.fixed(trackersTierColumn, 56);
        Columns.alignRight(trackersTierColumn);
        trackersTierColumn.setCellValueFactory(row -> row.getValue().map(a -> a.tracker().tier() + 1));
        trackersTierColumn.setCellFactory(Columns.right(tier -> Integer.toString(tier)));
        Widths.fixed(trackersStatusColumn, 120);
        text(trackersStatusColumn, tracker -> Messages.text("trackers.status." + tracker.status()));
        Widths.flexible(trackersMessageColumn, 220);
        text(trackersMessageColumn, TrackerSnapshot::message);
        Widths.fixed(trackersNextColumn, 96);
        Columns.alignRight(trackersNextColumn);
        trackersNextColumn.setCellValueFactory(row -> row.getValue().map(Announced::secondsToNext));
        trackersNextColumn.setCellFactory(Columns.right(Words::duration));
        Widths.fixed(trackersPeopleColumn, 112);
        Columns.alignRight(trackersPeopleColumn);
        trackersPeopleColumn.setCellValueFactory(row -> row.getValue().map(a -> people(a.tracker())));
        trackersPeopleColumn.setCellFactory(Columns.right(Function.identity()));
    }

    private static void text(TableColumn<LiveRows.Row<Announced>, String> column, Function<TrackerSnapshot, String> value) {
        column.setCellValueFactory(row -> row.getValue().map(a -> value.apply(a.tracker())));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private static String people(TrackerSnapshot tracker) {
        return count(tracker.seeds()) + " / " + count(tracker.leechers());
    }

    private static String count(int number) {
        return number < 0 ? Words.NONE : Integer.toString(number);
    }

    @Override
    public void show(TorrentDetails details) {
        Instant now = clock.instant();
        rows.update(details.trackers().stream().map(tracker -> new Announced(tracker, secondsUntil(tracker.nextAnnounce(), now))).toList());
        Widths.keepSorted(trackersTable);
    }

    private static long secondsUntil(Instant next, Instant now) {
        return next.equals(Instant.EPOCH) ? -1 : Math.max(0, Duration.between(now, next).toSeconds());
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
