package org.sallyport.ui.settings;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import org.sallyport.core.model.DhtState;
import org.sallyport.core.settings.Settings.Discovery;
import org.sallyport.ui.control.Fxml;

/** Where addresses of others come from, besides trackers. */
final class OthersView {
    private final SettingsViewModel model;
    private final ObservableValue<DhtState> dht;
    private final Parent root;

    @FXML private ToggleSwitch settingsDhtCheck;
    @FXML private Label settingsDhtStateLabel;
    @FXML private TextArea settingsBootstrapField;
    @FXML private ToggleSwitch settingsExchangeCheck;
    @FXML private ToggleSwitch settingsLocalNetworkCheck;

    OthersView(SettingsViewModel model) {
        this.model = model;
        this.dht = model.dhtProperty();
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        model.settingsProperty().addListener(o -> show(false));
        model.addAfterRefusal(() -> show(true));
        show(true);
        settingsDhtCheck.selectedProperty()
                .addListener((o, old, on) -> change(d -> new Discovery(on, d.bootstrap(), d.exchange(), d.localNetwork())));
        settingsExchangeCheck.selectedProperty()
                .addListener((o, old, on) -> change(d -> new Discovery(d.dht(), d.bootstrap(), on, d.localNetwork())));
        settingsLocalNetworkCheck.selectedProperty()
                .addListener((o, old, on) -> change(d -> new Discovery(d.dht(), d.bootstrap(), d.exchange(), on)));
        settingsBootstrapField.disableProperty().bind(settingsDhtCheck.selectedProperty().not());
        settingsBootstrapField.focusedProperty().addListener((o, was, is) -> {
            if (was) {
                List<String> nodes = settingsBootstrapField.getText().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
                change(d -> new Discovery(d.dht(), nodes, d.exchange(), d.localNetwork()));
            }
        });
        dht.addListener((o, old, now) -> settingsDhtStateLabel.setText(now.sentence()));
        settingsDhtStateLabel.setText(dht.getValue().sentence());
    }

    private void change(UnaryOperator<Discovery> change) {
        model.change(s -> s.withDiscovery(change.apply(s.discovery())));
    }

    private void show(boolean always) {
        Discovery now = model.settingsProperty().get().discovery();
        settingsDhtCheck.setSelected(now.dht());
        settingsExchangeCheck.setSelected(now.exchange());
        settingsLocalNetworkCheck.setSelected(now.localNetwork());
        if (always || !settingsBootstrapField.isFocused()) {
            settingsBootstrapField.setText(String.join("\n", now.bootstrap()));
        }
    }

    Parent root() {
        return root;
    }
}
