package org.sallyport.ui.transfers;

import java.util.Comparator;
import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.ProgressCell;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The connected peers of a torrent. */
final class PeersView implements DetailsTab {
    private final LiveRows<String, PeerSnapshot> rows = new LiveRows<>(PeerSnapshot::address);
    private final Parent root;

    @FXML private TableView<LiveRows.Row<PeerSnapshot>> peersTable;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, String> peersAddressColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, PeerSnapshot> peersIdentityColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, String> peersClientColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, Boolean> peersDirectionColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, Number> peersProgressColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, Long> peersDownColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, Long> peersUpColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, String> peersFlagsColumn;

    PeersView() {
        root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        peersTable.setItems(rows.rows());
        peersTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        text(peersAddressColumn, PeerSnapshot::address, 184);
        Widths.flexible(peersIdentityColumn, 168);
        peersIdentityColumn.setCellValueFactory(row -> row.getValue().map(Function.identity()));
        peersIdentityColumn.setCellFactory(column -> new IdentityCell());
        peersIdentityColumn.setComparator(Comparator.comparing(IdentityCell::words));
        text(peersClientColumn, PeerSnapshot::client, 184);
        Widths.fixed(peersDirectionColumn, 104);
        peersDirectionColumn.setCellValueFactory(row -> row.getValue().map(PeerSnapshot::incoming));
        peersDirectionColumn.setCellFactory(Columns.left(incoming -> Messages.text(incoming ? "peers.incoming" : "peers.outgoing")));
        Widths.fixed(peersProgressColumn, 136);
        peersProgressColumn.setCellValueFactory(row -> row.getValue().map(PeerSnapshot::progress));
        peersProgressColumn.setCellFactory(column -> new ProgressCell<>());
        rate(peersDownColumn, PeerSnapshot::downRate);
        rate(peersUpColumn, PeerSnapshot::upRate);
        Widths.fixed(peersFlagsColumn, 72);
        peersFlagsColumn.setCellValueFactory(row -> row.getValue().map(PeerSnapshot::flags));
        peersFlagsColumn.setCellFactory(Columns.left(Function.identity()));
        legend();
    }

    private static void text(TableColumn<LiveRows.Row<PeerSnapshot>, String> column, Function<PeerSnapshot, String> value, double width) {
        Widths.flexible(column, width);
        column.setCellValueFactory(row -> row.getValue().map(value));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private static void rate(TableColumn<LiveRows.Row<PeerSnapshot>, Long> column, Function<PeerSnapshot, Long> value) {
        Widths.fixed(column, 96);
        Columns.alignRight(column);
        column.setCellValueFactory(row -> row.getValue().map(value));
        column.setCellFactory(Columns.right(Words::rate));
    }

    /** A column head has no tooltip of its own; a label in it has. */
    private void legend() {
        Label head = new Label(peersFlagsColumn.getText());
        head.setTooltip(new Tooltip(Messages.text("peers.flags.legend")));
        head.setAccessibleText(Messages.text("peers.flags.legend"));
        peersFlagsColumn.setText("");
        peersFlagsColumn.setGraphic(head);
    }

    @Override
    public void show(TorrentDetails details) {
        rows.update(details.peers());
        Widths.keepSorted(peersTable);
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
