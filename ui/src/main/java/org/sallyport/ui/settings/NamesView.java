package org.sallyport.ui.settings;

import java.util.function.UnaryOperator;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.ChoiceBox;
import javafx.util.StringConverter;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.settings.Settings.Screening;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.IntentWords;
import org.sallyport.ui.i18n.Messages;

/** What new torrents are added for, and what is done about risky names. */
final class NamesView {
    private final SettingsViewModel model;
    private final Parent root;

    @FXML private ChoiceBox<Intent> settingsIntentChoice;
    @FXML private ChoiceBox<NameRule> settingsRiskyChoice;

    NamesView(SettingsViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        IntentWords.offer(settingsIntentChoice);
        settingsRiskyChoice.getItems().setAll(NameRule.values());
        settingsRiskyChoice.setConverter(new RuleWords());
        model.settingsProperty().addListener(o -> show());
        model.addAfterRefusal(this::show);
        show();
        settingsIntentChoice.valueProperty().addListener((o, old, usual) -> change(s -> s.withUsual(usual)));
        settingsRiskyChoice.valueProperty().addListener((o, old, risky) -> change(s -> s.withRisky(risky)));
    }

    private void change(UnaryOperator<Screening> change) {
        model.change(s -> s.withScreening(change.apply(s.screening())));
    }

    private void show() {
        Screening now = model.settingsProperty().get().screening();
        settingsIntentChoice.setValue(now.usual());
        settingsRiskyChoice.setValue(now.risky());
    }

    Parent root() {
        return root;
    }

    private static final class RuleWords extends StringConverter<NameRule> {
        @Override
        public String toString(NameRule rule) {
            return rule == null ? "" : Messages.text("settings.names." + rule);
        }

        @Override
        public NameRule fromString(String text) {
            throw new UnsupportedOperationException("a choice is not typed");
        }
    }
}
