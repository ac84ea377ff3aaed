package org.sallyport.ui.sharing;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.model.Sharing;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;
import org.sallyport.ui.sharing.NewShareViewModel.Audience;
import org.sallyport.ui.sharing.NewShareViewModel.Ends;
import org.sallyport.ui.sharing.NewShareViewModel.Stage;

/** The dialog that shares something: choices, then what speaks against it, then progress and what came of it. */
public final class NewShareView {
    private final NewShareViewModel model;
    private final FilePicker picker;

    @FXML private NoticeBar sharingNewNoticePane;
    @FXML private Pane sharingNewFormPane;
    @FXML private TextField sharingNewPathField;
    @FXML private CheckBox sharingNewAllowCheck;
    @FXML private RadioButton sharingNewAllDevicesChoice;
    @FXML private RadioButton sharingNewSomeDevicesChoice;
    @FXML private RadioButton sharingNewEverybodyChoice;
    @FXML private Node sharingNewDevicesPane;
    @FXML private VBox sharingNewDeviceListPane;
    @FXML private Label sharingNewNoDeviceLabel;
    @FXML private TextField sharingNewNoteField;
    @FXML private ChoiceBox<Ends> sharingNewEndsChoice;
    @FXML private DatePicker sharingNewDateField;
    @FXML private Pane sharingNewConcernsPane;
    @FXML private VBox sharingNewConcernListPane;
    @FXML private Pane sharingNewProgressPane;
    @FXML private ProgressBar sharingNewProgressBar;
    @FXML private Label sharingNewProgressLabel;
    @FXML private Button sharingNewCancelButton;
    @FXML private Button sharingNewBackButton;
    @FXML private Button sharingNewDespiteButton;
    @FXML private Button sharingNewShareButton;
    @FXML private Button sharingNewTorrentButton;

    private NewShareView(NewShareViewModel model, FilePicker picker) {
        this.model = model;
        this.picker = picker;
    }

    /** Opens the dialog. FX thread. */
    public static void show(Window owner, EngineFeed feed, FilePicker picker) {
        NewShareView view = new NewShareView(new NewShareViewModel(feed, Clock.systemDefaultZone()), picker);
        Parent root = Fxml.load(view);
        DialogStage.show(owner, Messages.text("sharing.new.title"), root, true).setOnHidden(e -> view.model.stop());
    }

    @FXML
    private void initialize() {
        sharingNewNoticePane.noticeProperty().bind(model.noticeProperty());
        sharingNewPathField.textProperty().bindBidirectional(model.pathProperty());
        sharingNewAllowCheck.textProperty().bind(Bindings.createStringBinding(
                () -> Messages.text("sharing.new.allow", model.folderToAllowProperty().get()), model.folderToAllowProperty()));
        sharingNewAllowCheck.accessibleTextProperty().bind(sharingNewAllowCheck.textProperty());
        sharingNewAllowCheck.selectedProperty().bindBidirectional(model.allowProperty());
        present(sharingNewAllowCheck, model.folderToAllowProperty().isNotEmpty());
        initializeAudience();
        sharingNewNoteField.setTextFormatter(new TextFormatter<String>(change -> change.getControlNewText().length() <= Sharing.MAX_NOTE
                ? change : null));
        sharingNewNoteField.textProperty().bindBidirectional(model.noteProperty());
        sharingNewEndsChoice.getItems().setAll(Ends.values());
        sharingNewEndsChoice.setConverter(new EndsWords());
        sharingNewEndsChoice.valueProperty().bindBidirectional(model.endsProperty());
        sharingNewDateField.valueProperty().bindBidirectional(model.dateProperty());
        sharingNewDateField.setPromptText(LocalDate.now(Clock.systemDefaultZone()).plusMonths(1).toString());
        present(sharingNewDateField, model.endsProperty().isEqualTo(Ends.DATE));
        sharingNewProgressBar.progressProperty().bind(model.progressProperty());
        sharingNewProgressLabel.textProperty().bind(Bindings.createStringBinding(
                () -> model.progressProperty().get() < 0 ? "" : Words.percent(model.progressProperty().get()), model.progressProperty()));
        model.concernsProperty()
                .addListener((o, old, now) -> sharingNewConcernListPane.getChildren().setAll(now.stream().map(NewShareView::line).toList()));
        initializeStages();
        List.of(model.noticeProperty(), model.folderToAllowProperty(), model.audienceProperty(), model.endsProperty())
                .forEach(shown -> shown.addListener((o, old, now) -> fit()));
    }

    private void initializeAudience() {
        audience(sharingNewAllDevicesChoice, Audience.ALL_DEVICES);
        audience(sharingNewSomeDevicesChoice, Audience.SOME_DEVICES);
        audience(sharingNewEverybodyChoice, Audience.EVERYBODY);
        List<DeviceSnapshot> paired = model.paired();
        sharingNewSomeDevicesChoice.setDisable(paired.isEmpty());
        present(sharingNewNoDeviceLabel, Bindings.createBooleanBinding(paired::isEmpty));
        present(sharingNewDevicesPane, model.audienceProperty().isEqualTo(Audience.SOME_DEVICES));
        for (int i = 0; i < paired.size(); i++) {
            DeviceSnapshot device = paired.get(i);
            CheckBox box = new CheckBox(device.name());
            box.setId("sharingNewDeviceCheck" + i);
            box.setAccessibleText(device.name());
            box.selectedProperty().addListener((o, was, on) -> {
                if (on) {
                    model.devices().add(device.id());
                } else {
                    model.devices().remove(device.id());
                }
            });
            sharingNewDeviceListPane.getChildren().add(box);
        }
    }

    private void audience(RadioButton button, Audience value) {
        button.setSelected(model.audienceProperty().get() == value);
        button.selectedProperty().addListener((o, was, on) -> {
            if (on) {
                model.audienceProperty().set(value);
            }
        });
    }

    private void initializeStages() {
        BooleanBinding concerns = model.stageProperty().isEqualTo(Stage.CONCERNS);
        BooleanBinding reading = model.stageProperty().isEqualTo(Stage.READING);
        BooleanBinding done = model.stageProperty().isEqualTo(Stage.DONE);
        BooleanBinding choosing = model.stageProperty().isEqualTo(Stage.CHOOSING);
        present(sharingNewFormPane, concerns.or(done).not());
        sharingNewFormPane.disableProperty().bind(choosing.not());
        present(sharingNewConcernsPane, concerns);
        present(sharingNewProgressPane, reading.or(model.stageProperty().isEqualTo(Stage.ASKING)));
        present(sharingNewBackButton, concerns);
        present(sharingNewDespiteButton, concerns);
        present(sharingNewShareButton, concerns.or(done).not());
        present(sharingNewTorrentButton, done.and(model.audienceProperty().isEqualTo(Audience.EVERYBODY)));
        sharingNewShareButton.disableProperty().bind(choosing.not());
        sharingNewCancelButton.textProperty().bind(Bindings.when(done).then(Messages.text("dialog.close"))
                .otherwise(Bindings.when(reading).then(Messages.text("create.stop")).otherwise(Messages.text("dialog.cancel"))));
        model.stageProperty().addListener((o, old, now) -> arrived(now));
    }

    /** The safe answer has the keyboard. */
    private void arrived(Stage now) {
        switch (now) {
            case CONCERNS -> sharingNewBackButton.requestFocus();
            case DONE -> sharingNewCancelButton.requestFocus();
            case CHOOSING, ASKING, READING -> { }
        }
        fit();
    }

    /** The dialog is as large as what it shows. */
    private void fit() {
        Scene scene = sharingNewPathField.getScene();
        if (scene != null && scene.getWindow() != null && scene.getWindow().isShowing()) {
            scene.getWindow().sizeToScene();
        }
    }

    private static void present(Node node, ObservableBooleanValue when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }

    private static Node line(ShareConcern concern) {
        Label path = new Label(concern.path(), new FontIcon(Feather.ALERT_TRIANGLE));
        path.getStyleClass().add("concern");
        path.setMinWidth(0);
        Label sentence = new Label(concern.sentence());
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        return new VBox(2, path, sentence);
    }

    private Window window() {
        return sharingNewPathField.getScene().getWindow();
    }

    @FXML
    private void chooseFile() {
        take(picker.anyFile(window(), Folders.startOf(model.start())));
    }

    @FXML
    private void chooseFolder() {
        take(picker.folder(window(), Folders.startOf(model.start())));
    }

    private void take(Optional<Path> chosen) {
        chosen.ifPresent(path -> model.pathProperty().set(path.toString()));
    }

    @FXML
    private void share() {
        model.share();
    }

    @FXML
    private void shareAllTheSame() {
        model.shareAllTheSame();
    }

    @FXML
    private void saveTorrent() {
        picker.newTorrentFile(window(), model.torrentFile()).ifPresent(model::writeTorrent);
    }

    @FXML
    private void back() {
        model.back();
    }

    @FXML
    private void cancel() {
        if (model.stageProperty().get() == Stage.READING) {
            // the choices stay, for another try
            model.stop();
        } else {
            window().hide();
        }
    }

    private static final class EndsWords extends StringConverter<Ends> {
        @Override
        public String toString(Ends ends) {
            return ends == null ? "" : Messages.text("sharing.ends." + ends);
        }

        @Override
        public Ends fromString(String text) {
            throw new UnsupportedOperationException("a choice is not typed");
        }
    }
}
