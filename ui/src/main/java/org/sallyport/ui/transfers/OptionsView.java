package org.sallyport.ui.transfers;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Window;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.GoalFields;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.control.RateText;
import org.sallyport.ui.dialog.DialogStage;
import org.sallyport.ui.i18n.Messages;

/** What was chosen for one torrent, or for several: shows the first one's, and changes only what is changed here. */
final class OptionsView {
    private final TransfersViewModel model;
    private final List<TransferRow> rows;
    private final TorrentOptions before;

    @FXML private Label optionsWhatLabel;
    @FXML private NoticeBar optionsNoticePane;
    @FXML private CheckBox optionsSequentialCheck;
    @FXML private CheckBox optionsFirstLastCheck;
    @FXML private TextField optionsDownField;
    @FXML private TextField optionsUpField;
    @FXML private GoalFields optionsGoalPane;
    @FXML private CheckBox optionsSuperCheck;
    @FXML private CheckBox optionsDhtCheck;
    @FXML private CheckBox optionsExchangeCheck;
    @FXML private Label optionsPrivateLabel;
    @FXML private Button optionsSaveButton;

    private OptionsView(TransfersViewModel model, List<TransferRow> rows) {
        this.model = model;
        this.rows = List.copyOf(rows);
        this.before = rows.get(0).latest().options();
    }

    /** @param rows not empty */
    static void show(Window owner, TransfersViewModel model, List<TransferRow> rows) {
        OptionsView view = new OptionsView(model, rows);
        DialogStage.show(owner, Messages.text("options.title"), Fxml.load(view), false);
        view.optionsSequentialCheck.requestFocus();
    }

    @FXML
    private void initialize() {
        optionsWhatLabel.setText(rows.size() == 1 ? rows.get(0).name() : Messages.text("transfers.several", Integer.toString(rows.size())));
        optionsSequentialCheck.setSelected(before.sequential());
        optionsFirstLastCheck.setSelected(before.firstAndLast());
        optionsDownField.setText(RateText.of(before.downLimit()));
        optionsUpField.setText(RateText.of(before.upLimit()));
        optionsGoalPane.show(before.goal(), true);
        optionsSuperCheck.setSelected(before.superSeeding());
        boolean closed = rows.stream().allMatch(row -> row.latest().privateTorrent() || row.latest().sharing().trustedOnly());
        optionsDhtCheck.setSelected(before.dht() && !closed);
        optionsExchangeCheck.setSelected(before.exchange() && !closed);
        optionsDhtCheck.setDisable(closed);
        optionsExchangeCheck.setDisable(closed);
        optionsPrivateLabel.setVisible(closed);
        optionsPrivateLabel.setManaged(closed);
    }

    @FXML
    private void save() {
        OptionalLong down = limit(optionsDownField, before.downLimit());
        OptionalLong up = limit(optionsUpField, before.upLimit());
        Optional<SeedGoal> goal = optionsGoalPane.read();
        if (down.isEmpty() || up.isEmpty()) {
            tell(Notice.warning(Messages.text("options.limit.wrong")));
        } else if (goal.isEmpty()) {
            tell(Notice.warning(Messages.text("goal.wrong")));
        } else {
            optionsSaveButton.setDisable(true);
            OptionsChange change = new OptionsChange(before, chosen(down.getAsLong(), up.getAsLong(), goal.get()));
            model.all(rows, hash -> model.torrents().change(hash, change)).thenAccept(this::saved);
        }
    }

    /** What was not touched stays to the byte, though the field shows whole KB. */
    private static OptionalLong limit(TextField field, long before) {
        return field.getText().strip().equals(RateText.of(before)) ? OptionalLong.of(before) : RateText.parse(field.getText());
    }

    private TorrentOptions chosen(long down, long up, SeedGoal goal) {
        TorrentOptions chosen = before.withSequential(optionsSequentialCheck.isSelected()).withFirstAndLast(optionsFirstLastCheck.isSelected())
                .withLimits(down, up).withGoal(goal).withSuperSeeding(optionsSuperCheck.isSelected());
        return optionsDhtCheck.isDisabled() ? chosen : chosen.withDiscovery(optionsDhtCheck.isSelected(), optionsExchangeCheck.isSelected());
    }

    private void saved(Outcome<InfoHash> outcome) {
        optionsSaveButton.setDisable(false);
        if (outcome.isDone()) {
            cancel();
        } else {
            tell(Notice.of(outcome));
        }
    }

    private void tell(Notice notice) {
        optionsNoticePane.noticeProperty().set(notice);
        optionsNoticePane.getScene().getWindow().sizeToScene();
    }

    @FXML
    private void cancel() {
        optionsSaveButton.getScene().getWindow().hide();
    }
}
