package org.sallyport.ui.devices;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.stage.Window;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.i18n.Messages;

/** Says what will happen, and does it only when told to; the safe answer has the focus. */
final class ConfirmView {
    private final Question question;

    @FXML private Label devicesConfirmTitleLabel;
    @FXML private Label devicesConfirmMeansLabel;
    @FXML private Button devicesConfirmKeepButton;
    @FXML private Button devicesConfirmDoButton;

    /** @param means what happens @param keep the safe answer @param carryOut the other one, which says what it does */
    record Question(String title, String means, String keep, String carryOut, Runnable work) { }

    private ConfirmView(Question question) {
        this.question = question;
    }

    static void show(Window owner, Question question) {
        ConfirmView view = new ConfirmView(question);
        DialogStage.show(owner, question.title(), Fxml.load(view), false);
        view.devicesConfirmKeepButton.requestFocus();
    }

    static Question removal(String name, Runnable work) {
        return new Question(Messages.text("devices.remove.title", name), Messages.text("devices.remove.means", name),
                Messages.text("devices.remove.keep"), Messages.text("devices.remove.do", name), work);
    }

    static Question reset(int devices, Runnable work) {
        return new Question(Messages.text("devices.reset.title"), Messages.text("devices.reset.second", Integer.toString(devices)),
                Messages.text("devices.reset.keep"), Messages.text("devices.reset.do"), work);
    }

    @FXML
    private void initialize() {
        devicesConfirmTitleLabel.setText(question.title());
        devicesConfirmMeansLabel.setText(question.means());
        devicesConfirmKeepButton.setText(question.keep());
        devicesConfirmKeepButton.setAccessibleText(question.keep());
        devicesConfirmDoButton.setText(question.carryOut());
        devicesConfirmDoButton.setAccessibleText(question.carryOut());
    }

    @FXML
    private void carryOut() {
        keep();
        question.work().run();
    }

    @FXML
    private void keep() {
        devicesConfirmKeepButton.getScene().getWindow().hide();
    }
}
