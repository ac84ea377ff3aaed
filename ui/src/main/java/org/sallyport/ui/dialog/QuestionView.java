package org.sallyport.ui.dialog;

import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.stage.Window;
import org.sallyport.ui.control.Fxml;

/** Says what will happen, and does it only when told to; the safe answer has the focus. */
public final class QuestionView {
    private final Question question;

    @FXML private Label questionTitleLabel;
    @FXML private Label questionMeansLabel;
    @FXML private Button questionKeepButton;
    @FXML private Button questionDoButton;

    /** @param means what happens @param keep the safe answer @param carryOut the other one, which says what it does */
    public record Question(String title, String means, String keep, String carryOut, Runnable work) { }

    private QuestionView(Question question) {
        this.question = question;
    }

    public static void show(Window owner, Question question) {
        show(owner, question, "accent");
    }

    /** The same for what cannot be taken back. */
    public static void warn(Window owner, Question question) {
        show(owner, question, "danger");
    }

    private static void show(Window owner, Question question, String style) {
        QuestionView view = new QuestionView(question);
        Parent root = Fxml.load(view);
        view.questionDoButton.getStyleClass().add(style);
        DialogStage.show(owner, question.title(), root, false);
        view.questionKeepButton.requestFocus();
    }

    @FXML
    private void initialize() {
        questionTitleLabel.setText(question.title());
        questionMeansLabel.setText(question.means());
        questionKeepButton.setText(question.keep());
        questionKeepButton.setAccessibleText(question.keep());
        questionDoButton.setText(question.carryOut());
        questionDoButton.setAccessibleText(question.carryOut());
    }

    @FXML
    private void carryOut() {
        keep();
        question.work().run();
    }

    @FXML
    private void keep() {
        questionKeepButton.getScene().getWindow().hide();
    }
}
