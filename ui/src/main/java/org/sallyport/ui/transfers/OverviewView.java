package org.sallyport.ui.transfers;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.model.Why;
import org.sallyport.ui.control.AuthorWords;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.PieceMapBar;
import org.sallyport.ui.control.SpeedGraph;
import org.sallyport.ui.control.UploadWords;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** How it goes, and what it is. */
final class OverviewView implements DetailsTab {
    private static final DateTimeFormatter ADDED = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);

    private final Desktop desktop;
    private final TransfersViewModel torrents;
    private final Parent root;
    /** In force, so that a choice on its way to the engine is not taken for a change there. */
    private UploadPolicy upload = UploadPolicy.NORMAL;
    private List<TransferRow> row = List.of();
    private String hash = "";
    private Path folder = Path.of("");

    @FXML private Label overviewDownRateLabel;
    @FXML private Label overviewUpRateLabel;
    @FXML private SpeedGraph overviewSpeedPane;
    @FXML private Label overviewPiecesLabel;
    @FXML private PieceMapBar overviewPiecesPane;
    @FXML private Label overviewStateLabel;
    @FXML private Pane overviewWhyPane;
    @FXML private Label overviewWhyLabel;
    @FXML private Label overviewWhyActionLabel;
    @FXML private Pane overviewNamesPane;
    @FXML private Button overviewAcceptNamesButton;
    @FXML private Button overviewSkipNamesButton;
    @FXML private Label overviewSizeLabel;
    @FXML private Label overviewRatioLabel;
    @FXML private ChoiceBox<UploadPolicy> overviewUploadChoice;
    @FXML private Label overviewPeersLabel;
    @FXML private Hyperlink overviewFolderLink;
    @FXML private Label overviewAddedLabel;
    @FXML private Label overviewHashLabel;
    @FXML private Label overviewOriginLabel;
    @FXML private Label overviewCommentTitleLabel;
    @FXML private Label overviewCommentLabel;

    OverviewView(Desktop desktop, TransfersViewModel torrents) {
        this.desktop = desktop;
        this.torrents = torrents;
        this.root = Fxml.load(this);
        overviewFolderLink.setTooltip(new Tooltip());
        overviewHashLabel.setTooltip(new Tooltip());
        overviewOriginLabel.setTooltip(new Tooltip());
        UploadWords.offer(overviewUploadChoice);
        overviewUploadChoice.setValue(upload);
        overviewUploadChoice.valueProperty().addListener((o, old, now) -> choose(now));
        overviewCommentTitleLabel.managedProperty().bind(overviewCommentLabel.textProperty().isNotEmpty());
        overviewCommentTitleLabel.visibleProperty().bind(overviewCommentTitleLabel.managedProperty());
        overviewCommentLabel.managedProperty().bind(overviewCommentTitleLabel.managedProperty());
    }

    @Override
    public void show(TransferRow row) {
        TorrentSnapshot torrent = row.latest();
        if (!torrent.hash().hex().equals(hash)) {
            clear();
        }
        boolean other = !torrent.hash().hex().equals(hash);
        hash = torrent.hash().hex();
        if (other || torrent.sharing().upload() != upload) {
            upload = torrent.sharing().upload();
            overviewUploadChoice.setValue(upload);
        }
        Path parent = torrent.path().getParent();
        folder = parent == null ? torrent.path() : parent;
        overviewDownRateLabel.setText(Words.rateOrZero(torrent.downRate()));
        overviewUpRateLabel.setText(Words.rateOrZero(torrent.upRate()));
        overviewSpeedPane.show(row.rates());
        overviewStateLabel.setText(row.standingProperty().get().sentence());
        this.row = List.of(row);
        show(torrent.why());
        shown(overviewAcceptNamesButton, row.asksAboutNames());
        shown(overviewSkipNamesButton, row.hasRiskyNames());
        shown(overviewNamesPane, row.hasRiskyNames());
        overviewSizeLabel.setText(sizeOf(torrent));
        overviewRatioLabel.setText(Messages.text("overview.shared.value", Words.size(torrent.uploadedBytes()), Words.ratio(torrent.ratio())));
        overviewPeersLabel.setText(Messages.text("overview.peers.value",
                Integer.toString(torrent.peers()), Integer.toString(torrent.seeds()), Integer.toString(torrent.knownPeers())));
        overviewFolderLink.setText(folder.toString());
        overviewFolderLink.getTooltip().setText(Messages.text("overview.folder.tip", folder));
        overviewAddedLabel.setText(ADDED.format(torrent.addedAt().atZone(ZoneId.systemDefault())));
        overviewHashLabel.setText(hash);
        overviewHashLabel.getTooltip().setText(hash);
    }

    private void show(Why why) {
        overviewWhyPane.setVisible(!why.isFine());
        overviewWhyPane.setManaged(!why.isFine());
        overviewWhyLabel.setText(why.sentence());
        overviewWhyActionLabel.setText(why.action());
        overviewWhyActionLabel.setManaged(!why.action().isEmpty());
        overviewWhyPane.setAccessibleText(why.sentence() + " " + why.action());
    }

    private static void shown(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    @FXML
    private void acceptNames() {
        NamesAnswer.accept(root.getScene().getWindow(), torrents, row);
    }

    @FXML
    private void skipNames() {
        NamesAnswer.skip(torrents, row);
    }

    private void choose(UploadPolicy wanted) {
        if (wanted != upload) {
            torrents.upload(new InfoHash(hash), wanted).thenAccept(outcome -> {
                if (!outcome.isDone()) {
                    overviewUploadChoice.setValue(upload);
                }
            });
        }
    }

    private static String sizeOf(TorrentSnapshot torrent) {
        String done = torrent.isComplete() ? Words.size(torrent.wantedBytes())
                : Messages.text("overview.size.part", Words.size(torrent.doneBytes()), Words.size(torrent.wantedBytes()));
        return torrent.wantedBytes() == torrent.sizeBytes() ? done
                : Messages.text("overview.size.chosen", done, Words.size(torrent.sizeBytes()));
    }

    @Override
    public void show(TorrentDetails details) {
        overviewPiecesPane.show(details.pieces());
        overviewPiecesLabel.setText(PieceMapBar.spoken(details.pieces()));
        overviewCommentLabel.setText(details.info().comment());
        Authorship author = details.provenance().author();
        AuthorWords.show(overviewOriginLabel, author, details.provenance().line());
        overviewOriginLabel.getTooltip().setText(author.sentence());
    }

    @Override
    public void clear() {
        hash = "";
        row = List.of();
        overviewOriginLabel.setText("");
        overviewOriginLabel.setGraphic(null);
        overviewPiecesLabel.setText("");
        overviewCommentLabel.setText("");
    }

    @FXML
    private void openFolder() {
        desktop.folders().open(folder);
    }

    @FXML
    private void copyHash() {
        Clip.text(hash);
    }

    @Override
    public Parent root() {
        return root;
    }
}
