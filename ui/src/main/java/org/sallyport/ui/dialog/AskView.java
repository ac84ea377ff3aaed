package org.sallyport.ui.dialog;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Window;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.control.NoticeBar;

/** Asks for one line of text and carries out what it is for; stays open, with the reason, while that is refused. */
public final class AskView {
    private final Question question;

    @FXML private NoticeBar askNoticePane;
    @FXML private Label askTitleLabel;
    @FXML private TextField askTextField;
    @FXML private Label askMeansLabel;
    @FXML private Button askDoButton;

    /**
     * @param label    what the text is @param initial to begin with, selected @param means what comes of it; may be empty
     * @param carryOut the button, which says what it does @param command told the text; its outcome must come on the FX thread
     */
    public record Question(String title, String label, String initial, String means, String carryOut,
            Function<String, CompletableFuture<? extends Outcome<?>>> command) { }

    private AskView(Question question) {
        this.question = question;
    }

    public static void show(Window owner, Question question) {
        AskView view = new AskView(question);
        DialogStage.show(owner, question.title(), Fxml.load(view), false);
        view.askTextField.requestFocus();
        view.askTextField.selectAll();
    }

    @FXML
    private void initialize() {
        askTitleLabel.setText(question.label());
        askTextField.setText(question.initial());
        askTextField.setAccessibleText(question.label());
        askMeansLabel.setText(question.means());
        askMeansLabel.setManaged(!question.means().isEmpty());
        askDoButton.setText(question.carryOut());
        askDoButton.setAccessibleText(question.carryOut());
    }

    @FXML
    private void carryOut() {
        askDoButton.setDisable(true);
        question.command().apply(askTextField.getText().strip()).thenAccept(this::ended);
    }

    private void ended(Outcome<?> outcome) {
        askDoButton.setDisable(false);
        if (outcome.isDone()) {
            cancel();
            return;
        }
        askNoticePane.noticeProperty().set(Notice.of(outcome));
        if (askNoticePane.getScene().getWindow() != null) {
            askNoticePane.getScene().getWindow().sizeToScene();
        }
    }

    @FXML
    private void cancel() {
        askTextField.getScene().getWindow().hide();
    }
}
