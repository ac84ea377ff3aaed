package org.sallyport.ui.transfers;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.LiveRows;
import org.sallyport.ui.control.ProgressCell;
import org.sallyport.ui.dialog.AskView;
import org.sallyport.ui.dialog.QuestionView;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The connected peers of a torrent. */
final class PeersView implements DetailsTab {
    private final LiveRows<String, PeerSnapshot> rows = new LiveRows<>(PeerSnapshot::address);
    private final TransfersViewModel torrents;
    private final Parent root;
    private Optional<InfoHash> torrent = Optional.empty();

    @FXML private TableView<LiveRows.Row<PeerSnapshot>> peersTable;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, String> peersAddressColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, PeerSnapshot> peersIdentityColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, String> peersClientColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, Boolean> peersDirectionColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, PeerSnapshot.Security> peersSecurityColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, PeerSource> peersSourceColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, Number> peersProgressColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, Long> peersDownColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, Long> peersUpColumn;
    @FXML private TableColumn<LiveRows.Row<PeerSnapshot>, String> peersFlagsColumn;
    @FXML private Button peersBanButton;

    PeersView(TransfersViewModel torrents) {
        this.torrents = torrents;
        root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        peersTable.setItems(rows.rows());
        peersTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        text(peersAddressColumn, PeerSnapshot::address, 184);
        peersAddressColumn.setMinWidth(152);
        Widths.flexible(peersIdentityColumn, 168);
        peersIdentityColumn.setCellValueFactory(row -> row.getValue().map(Function.identity()));
        peersIdentityColumn.setCellFactory(column -> new IdentityCell());
        peersIdentityColumn.setComparator(Comparator.comparing(IdentityCell::words));
        text(peersClientColumn, PeerSnapshot::client, 184);
        Widths.fixed(peersDirectionColumn, 104);
        peersDirectionColumn.setMinWidth(92);
        peersDirectionColumn.setCellValueFactory(row -> row.getValue().map(PeerSnapshot::incoming));
        peersDirectionColumn.setCellFactory(Columns.left(incoming -> Messages.text(incoming ? "peers.incoming" : "peers.outgoing")));
        Widths.fixed(peersSecurityColumn, 112);
        peersSecurityColumn.setMinWidth(104);
        peersSecurityColumn.setCellValueFactory(row -> row.getValue().map(PeerSnapshot::security));
        peersSecurityColumn.setCellFactory(column -> new SecurityCell());
        Widths.fixed(peersSourceColumn, 112);
        peersSourceColumn.setCellValueFactory(row -> row.getValue().map(PeerSnapshot::source));
        peersSourceColumn.setCellFactory(Columns.left(source -> Messages.text("peers.source." + source)));
        Widths.fixed(peersProgressColumn, 120);
        peersProgressColumn.setCellValueFactory(row -> row.getValue().map(PeerSnapshot::progress));
        peersProgressColumn.setCellFactory(column -> new ProgressCell<>());
        rate(peersDownColumn, PeerSnapshot::downRate);
        rate(peersUpColumn, PeerSnapshot::upRate);
        Widths.fixed(peersFlagsColumn, 72);
        peersFlagsColumn.setCellValueFactory(row -> row.getValue().map(PeerSnapshot::flags));
        peersFlagsColumn.setCellFactory(column -> new FlagsCell());
        legendInHead();
        peersTable.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        peersBanButton.disableProperty().bind(Bindings.isEmpty(peersTable.getSelectionModel().getSelectedItems()));
        peersTable.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private static void text(TableColumn<LiveRows.Row<PeerSnapshot>, String> column, Function<PeerSnapshot, String> value, double width) {
        Widths.flexible(column, width);
        column.setCellValueFactory(row -> row.getValue().map(value));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private static void rate(TableColumn<LiveRows.Row<PeerSnapshot>, Long> column, Function<PeerSnapshot, Long> value) {
        Widths.fixed(column, 96);
        column.setMinWidth(88);
        Columns.alignRight(column);
        column.setCellValueFactory(row -> row.getValue().map(value));
        column.setCellFactory(Columns.right(Words::rate));
    }

    /** A column head has no tooltip of its own; a label in it has. */
    private void legendInHead() {
        Label head = new Label(peersFlagsColumn.getText());
        head.setTooltip(new Tooltip(Messages.text("peers.flags.legend")));
        head.setAccessibleText(Messages.text("peers.flags.legend"));
        peersFlagsColumn.setText("");
        peersFlagsColumn.setGraphic(head);
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.INSERT) {
            event.consume();
            add();
        } else if (event.getCode() == KeyCode.DELETE) {
            event.consume();
            ban();
        }
    }

    @FXML
    private void legend() {
        FlagsLegendView.show(root.getScene().getWindow());
    }

    @FXML
    private void add() {
        torrent.ifPresent(hash -> AskView.show(root.getScene().getWindow(), new AskView.Question(Messages.text("peers.add.title"),
                Messages.text("peers.add.address"), "", Messages.text("peers.add.means"), Messages.text("peers.add.do"), text -> call(hash, text))));
    }

    private CompletableFuture<Outcome<InfoHash>> call(InfoHash hash, String text) {
        try {
            return torrents.commands().addPeers(hash, List.of(PeerAddress.parse(text)));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(Outcome.failed(Messages.text("devices.address.wrong", text)));
        }
    }

    @FXML
    private void ban() {
        List<InetAddress> chosen = peersTable.getSelectionModel().getSelectedItems().stream().filter(row -> row != null)
                .map(row -> PeerAddress.parse(row.value().address()).host()).distinct().toList();
        if (!chosen.isEmpty()) {
            String whom = chosen.size() == 1 ? chosen.get(0).getHostAddress() : Messages.text("peers.ban.several", Integer.toString(chosen.size()));
            QuestionView.show(root.getScene().getWindow(), new QuestionView.Question(Messages.text("peers.ban.title", whom),
                    Messages.text("peers.ban.means"), Messages.text("peers.ban.keep"), Messages.text("peers.ban.do", whom),
                    () -> chosen.forEach(address -> torrents.tell(torrents.torrents().ban(address)))));
        }
    }

    @Override
    public void show(TorrentDetails details) {
        torrent = Optional.of(details.summary().hash());
        rows.update(details.peers());
        Widths.keepSorted(peersTable);
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
