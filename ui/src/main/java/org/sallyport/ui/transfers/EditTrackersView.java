package org.sallyport.ui.transfers;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.scene.control.TextArea;
import javafx.stage.Window;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.control.TierText;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.i18n.Messages;

/** All trackers of a torrent as text, to change many at once. */
final class EditTrackersView {
    private final List<List<String>> tiers;
    private final Function<List<List<String>>, CompletableFuture<? extends Outcome<?>>> save;

    @FXML private NoticeBar trackersEditNoticePane;
    @FXML private TextArea trackersEditField;

    private EditTrackersView(List<List<String>> tiers, Function<List<List<String>>, CompletableFuture<? extends Outcome<?>>> save) {
        this.tiers = tiers;
        this.save = save;
    }

    static void show(Window owner, List<List<String>> tiers, Function<List<List<String>>, CompletableFuture<? extends Outcome<?>>> save) {
        EditTrackersView view = new EditTrackersView(tiers, save);
        DialogStage.show(owner, Messages.text("trackers.edit.title"), Fxml.load(view), false);
        view.trackersEditField.requestFocus();
    }

    @FXML
    private void initialize() {
        trackersEditField.setText(TierText.of(tiers));
    }

    @FXML
    private void save() {
        save.apply(TierText.parse(trackersEditField.getText())).thenAccept(outcome -> {
            if (outcome.isDone()) {
                cancel();
            } else {
                trackersEditNoticePane.noticeProperty().set(Notice.of(outcome));
                trackersEditField.getScene().getWindow().sizeToScene();
            }
        });
    }

    @FXML
    private void cancel() {
        trackersEditField.getScene().getWindow().hide();
    }
}
