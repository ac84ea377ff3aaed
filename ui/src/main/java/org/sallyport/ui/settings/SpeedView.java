package org.sallyport.ui.settings;

import atlantafx.base.controls.ToggleSwitch;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.TextField;
import org.sallyport.core.settings.Settings.Rates;
import org.sallyport.ui.control.Fxml;

/** The usual limits and those of slow mode. */
final class SpeedView {
    private final SettingsViewModel model;
    private final Parent root;

    @FXML private TextField settingsUsualDownField;
    @FXML private TextField settingsUsualUpField;
    @FXML private TextField settingsSlowDownField;
    @FXML private TextField settingsSlowUpField;
    @FXML private ToggleSwitch settingsLimitLocalCheck;

    SpeedView(SettingsViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        RateField.bind(settingsUsualDownField, model, s -> s.bandwidth().usual().down(),
                bytes -> s -> BandwidthChange.usual(new Rates(bytes, s.bandwidth().usual().up())).apply(s));
        RateField.bind(settingsUsualUpField, model, s -> s.bandwidth().usual().up(),
                bytes -> s -> BandwidthChange.usual(new Rates(s.bandwidth().usual().down(), bytes)).apply(s));
        RateField.bind(settingsSlowDownField, model, s -> s.bandwidth().slow().down(),
                bytes -> s -> BandwidthChange.slow(new Rates(bytes, s.bandwidth().slow().up())).apply(s));
        RateField.bind(settingsSlowUpField, model, s -> s.bandwidth().slow().up(),
                bytes -> s -> BandwidthChange.slow(new Rates(s.bandwidth().slow().down(), bytes)).apply(s));
        model.settingsProperty().addListener(o -> show());
        model.addAfterRefusal(this::show);
        show();
        settingsLimitLocalCheck.selectedProperty().addListener((o, old, on) -> model.change(BandwidthChange.limitLocal(on)));
    }

    private void show() {
        settingsLimitLocalCheck.setSelected(model.settingsProperty().get().bandwidth().limitLocal());
    }

    void focus() {
        settingsUsualDownField.requestFocus();
    }

    Parent root() {
        return root;
    }
}
