package org.sallyport.ui.settings;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.WeekGrid;
import org.sallyport.ui.control.WeekText;

/** When it runs, is slow, or stops, through the week. */
final class ScheduleView {
    private final SettingsViewModel model;
    private final Parent root;
    /** What was painted last, for when the schedule is switched on again. */
    private List<String> painted = WeekText.running();

    @FXML private ToggleSwitch settingsScheduleCheck;
    @FXML private VBox settingsSchedulePane;
    @FXML private WeekGrid settingsWeekPane;
    @FXML private Label settingsWeekLabel;

    ScheduleView(SettingsViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        settingsWeekPane.setOnPainted(week -> model.change(BandwidthChange.week(week)));
        settingsSchedulePane.managedProperty().bind(settingsSchedulePane.visibleProperty());
        model.settingsProperty().addListener(o -> show());
        model.addAfterRefusal(this::show);
        show();
        settingsScheduleCheck.selectedProperty().addListener((o, old, on) -> model.change(BandwidthChange.week(on ? painted : List.of())));
    }

    private void show() {
        List<String> week = model.settingsProperty().get().bandwidth().week();
        painted = week.isEmpty() ? painted : week;
        settingsScheduleCheck.setSelected(!week.isEmpty());
        settingsSchedulePane.setVisible(!week.isEmpty());
        settingsWeekPane.show(week);
        settingsWeekLabel.setText(WeekText.summary(week));
    }

    @FXML
    private void run() {
        settingsWeekPane.setBrush(WeekText.RUN);
    }

    @FXML
    private void slow() {
        settingsWeekPane.setBrush(WeekText.SLOW);
    }

    @FXML
    private void stop() {
        settingsWeekPane.setBrush(WeekText.STOP);
    }

    Parent root() {
        return root;
    }
}
