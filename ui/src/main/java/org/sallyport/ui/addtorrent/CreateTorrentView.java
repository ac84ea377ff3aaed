package org.sallyport.ui.addtorrent;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.Pane;
import javafx.stage.Window;
import javafx.util.StringConverter;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The Create dialog: makes a .torrent file of a file or folder, and seeds it if wanted. */
public final class CreateTorrentView {
    private final CreateTorrentViewModel model;
    private final Desktop desktop;
    private final Consumer<InfoHash> seeding;

    @FXML private NoticeBar createNoticePane;
    @FXML private Pane createFormPane;
    @FXML private TextField createSourceField;
    @FXML private TextArea createTrackersField;
    @FXML private ChoiceBox<Integer> createPieceChoice;
    @FXML private CheckBox createPrivateCheck;
    @FXML private ChoiceBox<String> createSignChoice;
    @FXML private TextField createCommentField;
    @FXML private TextField createTargetField;
    @FXML private Pane createProgressPane;
    @FXML private ProgressBar createProgressBar;
    @FXML private Label createProgressLabel;
    @FXML private Button createCancelButton;
    @FXML private Button createShowFolderButton;
    @FXML private Button createSeedButton;
    @FXML private Button createMakeButton;

    private CreateTorrentView(EngineFeed feed, Desktop desktop, Consumer<InfoHash> seeding) {
        this.model = new CreateTorrentViewModel(feed.commands());
        this.desktop = desktop;
        this.seeding = seeding;
    }

    /** Opens the dialog. @param seeding told the torrent when "Seed it now" added it. FX thread. */
    public static void show(Window owner, EngineFeed feed, Desktop desktop, Consumer<InfoHash> seeding) {
        CreateTorrentView view = new CreateTorrentView(feed, desktop, seeding);
        Parent root = Fxml.load(view);
        DialogStage.show(owner, Messages.text("create.title"), root, true).setOnHidden(e -> view.model.stop());
    }

    @FXML
    private void initialize() {
        createNoticePane.noticeProperty().bind(model.noticeProperty());
        createSourceField.textProperty().bindBidirectional(model.sourceProperty());
        createTargetField.textProperty().bindBidirectional(model.targetProperty());
        createTrackersField.textProperty().bindBidirectional(model.trackersProperty());
        createCommentField.textProperty().bindBidirectional(model.commentProperty());
        createPrivateCheck.selectedProperty().bindBidirectional(model.privateTorrentProperty());
        createPieceChoice.getItems().setAll(CreateTorrentViewModel.pieceLengths());
        createPieceChoice.setConverter(new PieceLengthWords());
        createPieceChoice.valueProperty().bindBidirectional(model.pieceLengthProperty());
        createSignChoice.setConverter(new SignerWords());
        createSignChoice.getItems().setAll("");
        createSignChoice.valueProperty().bindBidirectional(model.signerProperty());
        model.signers().addListener((ListChangeListener<PublisherSnapshot>) change ->
                model.signers().forEach(own -> createSignChoice.getItems().add(own.id())));
        BooleanBinding editing = model.stageProperty().isEqualTo(CreateTorrentViewModel.Stage.EDITING);
        BooleanBinding running = model.stageProperty().isEqualTo(CreateTorrentViewModel.Stage.RUNNING);
        BooleanBinding done = model.stageProperty().isEqualTo(CreateTorrentViewModel.Stage.DONE);
        createFormPane.disableProperty().bind(editing.not());
        present(createProgressPane, running);
        present(createMakeButton, done.not());
        createMakeButton.disableProperty().bind(running);
        present(createShowFolderButton, done);
        present(createSeedButton, done);
        createProgressBar.progressProperty().bind(model.progressProperty());
        createProgressLabel.textProperty().bind(Bindings.createStringBinding(
                () -> Words.percent(model.progressProperty().get()), model.progressProperty()));
        createCancelButton.textProperty().bind(Bindings.when(done).then(Messages.text("dialog.close"))
                .otherwise(Bindings.when(running).then(Messages.text("create.stop")).otherwise(Messages.text("dialog.cancel"))));
    }

    private static void present(Node node, BooleanBinding when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }

    private Window window() {
        return createMakeButton.getScene().getWindow();
    }

    @FXML
    private void chooseFile() {
        desktop.files().anyFile(window(), Folders.startOf(createSourceField.getText()))
                .ifPresent(file -> model.sourceProperty().set(file.toString()));
    }

    @FXML
    private void chooseFolder() {
        desktop.files().folder(window(), Folders.startOf(createSourceField.getText()))
                .ifPresent(folder -> model.sourceProperty().set(folder.toString()));
    }

    @FXML
    private void chooseTarget() {
        desktop.files().newTorrentFile(window(), Folders.startOf(createTargetField.getText()))
                .ifPresent(file -> model.targetProperty().set(file.toString()));
    }

    @FXML
    private void make() {
        model.create();
    }

    @FXML
    private void cancel() {
        if (model.stageProperty().get() == CreateTorrentViewModel.Stage.RUNNING) {
            model.stop();
        } else {
            window().hide();
        }
    }

    @FXML
    private void showFolder() {
        Path parent = Folders.resolve(model.targetProperty().get()).getParent();
        if (parent != null) {
            desktop.folders().open(parent);
        }
    }

    @FXML
    private void seed() {
        model.seed(hash -> {
            window().hide();
            seeding.accept(hash);
        });
    }

    private final class SignerWords extends StringConverter<String> {
        @Override
        public String toString(String id) {
            return id == null || id.isEmpty() ? Messages.text("create.sign.none")
                    : model.signers().stream().filter(own -> own.id().equals(id)).map(PublisherSnapshot::name).findFirst().orElse(id);
        }

        @Override
        public String fromString(String text) {
            throw new UnsupportedOperationException("a choice is not typed");
        }
    }

    private static final class PieceLengthWords extends StringConverter<Integer> {
        @Override
        public String toString(Integer length) {
            return length == null || length == CreateTorrentViewModel.AUTOMATIC ? Messages.text("create.pieces.automatic") : Words.binarySize(length);
        }

        @Override
        public Integer fromString(String text) {
            throw new UnsupportedOperationException("a choice is not typed");
        }
    }
}
