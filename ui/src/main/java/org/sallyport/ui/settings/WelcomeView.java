package org.sallyport.ui.settings;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.control.UploadWords;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The first page, shown once: a few choices with safe defaults, and what Sallyport can and cannot do. */
public final class WelcomeView {
    private final WelcomeViewModel model;
    private final FilePicker picker;
    private final Parent root;

    @FXML private NoticeBar welcomeNoticePane;
    @FXML private TextField welcomeFolderField;
    @FXML private Label welcomeFreeLabel;
    @FXML private RadioButton welcomePortChoice;
    @FXML private RadioButton welcomeNoPortChoice;
    @FXML private CheckBox welcomeQuitCheck;
    @FXML private ChoiceBox<UploadPolicy> welcomeUploadChoice;
    @FXML private Button welcomeSkipButton;
    @FXML private Button welcomeBeginButton;

    public WelcomeView(WelcomeViewModel model, FilePicker picker) {
        this.model = model;
        this.picker = picker;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        welcomeNoticePane.noticeProperty().bindBidirectional(model.noticeProperty());
        welcomeFolderField.textProperty().bindBidirectional(model.folderProperty());
        welcomeFreeLabel.textProperty().bind(Bindings.createStringBinding(
                () -> Messages.text("add.free", Words.size(model.freeBytesProperty().get())), model.freeBytesProperty()));
        welcomePortChoice.setText(model.portText());
        welcomePortChoice.setAccessibleText(welcomePortChoice.getText());
        welcomePortChoice.setSelected(!model.receiveOnlyProperty().get());
        welcomeNoPortChoice.setSelected(model.receiveOnlyProperty().get());
        model.receiveOnlyProperty().bind(welcomeNoPortChoice.selectedProperty());
        welcomeQuitCheck.selectedProperty().bindBidirectional(model.quitWhenDoneProperty());
        UploadWords.offer(welcomeUploadChoice);
        welcomeUploadChoice.valueProperty().bindBidirectional(model.uploadsProperty());
        welcomeBeginButton.disableProperty().bind(model.savingProperty());
        welcomeSkipButton.disableProperty().bind(model.savingProperty());
    }

    @FXML
    private void browse() {
        picker.folder(root.getScene().getWindow(), Folders.startOf(welcomeFolderField.getText()))
                .ifPresent(chosen -> model.folderProperty().set(chosen.toString()));
    }

    @FXML
    private void begin() {
        model.begin();
    }

    @FXML
    private void skip() {
        model.skip();
    }

    /** Gives the keyboard to what goes on with the choices as they are. */
    public void focus() {
        welcomeBeginButton.requestFocus();
    }

    public Parent root() {
        return root;
    }
}
