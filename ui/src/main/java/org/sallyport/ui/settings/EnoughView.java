package org.sallyport.ui.settings;

import javafx.fxml.FXML;
import javafx.scene.Parent;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.GoalFields;
import org.sallyport.ui.i18n.Messages;

/** When a torrent has been shared enough, unless something else is said for it. */
final class EnoughView {
    private final SettingsViewModel model;
    private final Parent root;

    @FXML private GoalFields settingsGoalPane;

    EnoughView(SettingsViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        settingsGoalPane.setOnChange(this::commit);
        model.settingsProperty().addListener((o, old, now) -> {
            if (!old.goal().equals(now.goal())) {
                show(false);
            }
        });
        model.addAfterRefusal(() -> show(true));
        show(true);
    }

    private void show(boolean always) {
        settingsGoalPane.show(model.settingsProperty().get().goal(), always);
    }

    private void commit() {
        settingsGoalPane.read().ifPresentOrElse(goal -> model.change(s -> s.withGoal(goal)), () -> {
            model.warn(Messages.text("goal.wrong"));
            show(true);
        });
    }

    Parent root() {
        return root;
    }
}
