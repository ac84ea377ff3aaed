package org.sallyport.ui.addtorrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.geometry.VPos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.AuthorWords;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.IntentWords;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.control.UploadWords;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.dialog.RiskyNames;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The Add dialog: what the torrent is, which files, where to. */
final class AddTorrentView {
    private final AddTorrentViewModel model;
    private final FilePicker picker;
    private final Parent root;

    @FXML private Region addPane;
    @FXML private Pane addBodyPane;
    @FXML private Button addCancelButton;
    @FXML private Label addNameLabel;
    @FXML private NoticeBar addNoticePane;
    @FXML private Pane addReadingPane;
    @FXML private Pane addContentPane;
    @FXML private ChoiceBox<Intent> addIntentChoice;
    @FXML private Label addSelectedLabel;
    @FXML private Label addNamesLabel;
    @FXML private TreeView<FileNode> addFilesTree;
    @FXML private Pane addLookPane;
    @FXML private ProgressIndicator addLookIndicatorPane;
    @FXML private Label addLookLabel;
    @FXML private GridPane addFactsGridPane;
    @FXML private Pane addNotesPane;
    @FXML private Label addAuthorLabel;
    @FXML private CheckBox addRememberCheck;
    @FXML private TextField addFolderField;
    @FXML private Label addFreeLabel;
    @FXML private NoticeBar addSpaceNoticePane;
    @FXML private ChoiceBox<UploadPolicy> addUploadChoice;
    @FXML private CheckBox addTrustedCheck;
    @FXML private Button addJoinButton;
    @FXML private Button addPausedButton;
    @FXML private Button addStartButton;

    AddTorrentView(AddTorrentViewModel model, FilePicker picker) {
        this.model = model;
        this.picker = picker;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        addNameLabel.setText(model.fileName());
        addNoticePane.noticeProperty().bind(model.noticeProperty());
        addSpaceNoticePane.noticeProperty().bind(model.spaceNoticeProperty());
        addJoinButton.visibleProperty().bind(model.joinableProperty());
        addJoinButton.managedProperty().bind(model.joinableProperty());
        addReadingPane.visibleProperty().bind(model.readingProperty().and(model.readyProperty().not()));
        addLookPane.visibleProperty().bind(model.listedProperty().not());
        addFilesTree.visibleProperty().bind(model.listedProperty());
        addSelectedLabel.visibleProperty().bind(model.listedProperty());
        addContentPane.visibleProperty().bind(model.readyProperty());
        addFolderField.textProperty().bindBidirectional(model.folderProperty());
        UploadWords.offer(addUploadChoice);
        addUploadChoice.valueProperty().bindBidirectional(model.uploadProperty());
        IntentWords.offer(addIntentChoice);
        addIntentChoice.valueProperty().bindBidirectional(model.intentProperty());
        addNamesLabel.textProperty().bind(model.toldProperty());
        addNamesLabel.managedProperty().bind(model.toldProperty().isNotEmpty());
        addRememberCheck.selectedProperty().bindBidirectional(model.rememberProperty());
        addTrustedCheck.selectedProperty().bindBidirectional(model.trustedOnlyProperty());
        addFreeLabel.textProperty().bind(Bindings.createStringBinding(
                () -> Messages.text("add.free", Words.size(model.freeBytesProperty().get())), model.freeBytesProperty()));
        addSelectedLabel.textProperty().bind(Bindings.createStringBinding(
                () -> Messages.text("add.selected", Words.size(model.selectedBytesProperty().get()), Words.size(model.totalBytesProperty().get())),
                model.selectedBytesProperty(), model.totalBytesProperty()));
        addStartButton.disableProperty().bind(model.startableProperty().not());
        addPausedButton.disableProperty().bind(model.startableProperty().not());
        addCancelButton.textProperty().bind(Bindings.when(model.readingProperty().or(model.readyProperty()))
                .then(Messages.text("dialog.cancel")).otherwise(Messages.text("dialog.close")));
        model.readingProperty().addListener(o -> fit());
        model.read(this::showEarly, this::show);
    }

    /** What cannot be added needs no room for files. */
    private void fit() {
        boolean readable = model.readyProperty().get();
        addLookIndicatorPane.setVisible(model.readingProperty().get());
        addLookLabel.setText(Messages.text(model.readingProperty().get() ? "add.look" : "add.look.none"));
        addBodyPane.setManaged(readable);
        addBodyPane.setVisible(readable);
        addPausedButton.setVisible(readable);
        addStartButton.setVisible(readable);
        if (!readable) {
            addPane.setPrefSize(560, Region.USE_COMPUTED_SIZE);
            Window window = root.getScene().getWindow();
            window.sizeToScene();
        }
    }

    /** A link says little, and that at once. */
    private void showEarly(MagnetText link) {
        addNameLabel.setText(link.name().isEmpty() ? Messages.text("add.look.noName") : link.name());
        fact("trackers", trackers(List.of(link.trackers())));
        fact("hash", link.hash());
    }

    private void show(TorrentPreview preview) {
        boolean early = model.isLink();
        addFactsGridPane.getChildren().clear();
        AuthorWords.show(addAuthorLabel, preview.author(), preview.author().sentence());
        boolean fresh = preview.author().kind() == Authorship.Kind.NEW;
        addRememberCheck.setVisible(fresh);
        addRememberCheck.setManaged(fresh);
        addNameLabel.setText(preview.name());
        showFiles(preview);
        model.intentProperty().addListener(o -> showFiles(preview));
        fact("files", Integer.toString(preview.files().size()));
        fact("size", Words.size(preview.totalBytes()));
        fact("pieces", Messages.text("add.fact.pieces.value", Integer.toString(preview.pieceCount()), Words.binarySize(preview.pieceLength())));
        fact("trackers", trackers(preview.tiers()));
        fact("private", Messages.text(preview.privateTorrent() ? "add.fact.private.yes" : "add.fact.private.no"));
        fact("from", model.address());
        fact("comment", preview.comment());
        fact("creator", preview.createdBy());
        fact("hash", preview.hash().hex());
        for (String note : preview.notes()) {
            Label label = new Label(note, new FontIcon(Feather.INFO));
            label.getStyleClass().add("note");
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
            addNotesPane.getChildren().add(label);
        }
        // who reads or types already is not interrupted
        if (!early) {
            addStartButton.requestFocus();
        }
    }

    private void showFiles(TorrentPreview preview) {
        FileTree.fill(addFilesTree, FileNode.of(preview), preview.files().size(), model::wants, model::want,
                file -> NameChoice.notFor(file, model.intentProperty().get()));
    }

    private void fact(String what, String value) {
        if (value.isBlank()) {
            return;
        }
        Label title = new Label(Messages.text("add.fact." + what));
        title.getStyleClass().add("secondary");
        title.setMinWidth(Region.USE_PREF_SIZE);
        GridPane.setValignment(title, VPos.TOP);
        Label text = new Label(value);
        text.setId("addFact" + Character.toUpperCase(what.charAt(0)) + what.substring(1) + "Label");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        addFactsGridPane.addRow(addFactsGridPane.getRowCount(), title, text);
    }

    private static String trackers(List<List<String>> tiers) {
        List<String> all = tiers.stream().flatMap(List::stream).toList();
        return all.isEmpty() ? Messages.text("add.fact.trackers.none") : String.join("\n", all.subList(0, Math.min(5, all.size())))
                + (all.size() > 5 ? "\n" + Messages.text("add.fact.trackers.more", Integer.toString(all.size() - 5)) : "");
    }

    @FXML
    private void browse() {
        picker.folder(root.getScene().getWindow(), Folders.startOf(addFolderField.getText()))
                .ifPresent(chosen -> model.folderProperty().set(chosen.toString()));
    }

    @FXML
    private void addStarted() {
        add(false);
    }

    @FXML
    private void addPaused() {
        add(true);
    }

    /** Who agrees has read the names. */
    private void add(boolean paused) {
        List<TorrentPreview.Entry> asked = model.asked();
        if (asked.isEmpty()) {
            model.add(paused, this::cancel);
            return;
        }
        Map<String, List<NameFlag>> named = new LinkedHashMap<>();
        asked.forEach(file -> named.put(file.path(), file.flags()));
        RiskyNames.ask(root.getScene().getWindow(), named, () -> model.add(paused, this::cancel));
    }

    @FXML
    private void addTrackers() {
        model.join(this::cancel);
    }

    @FXML
    private void cancel() {
        root.getScene().getWindow().hide();
    }

    /** The next thing to do, when it can be done already. */
    void focus() {
        if (!addStartButton.isDisabled()) {
            addStartButton.requestFocus();
        }
    }

    Parent root() {
        return root;
    }
}
