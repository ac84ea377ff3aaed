package org.sallyport.ui.settings;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.util.StringConverter;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** How much may be sent and received in a day and in a month, how much it was, and what happens at the cap. */
final class CapsView {
    private static final double GB = 1_000_000_000;
    private static final double MOST_GB = 1_000_000;

    private final SettingsViewModel model;
    private final ObservableValue<BandwidthState> bandwidth;
    private final Parent root;

    @FXML private TextField settingsDayCapField;
    @FXML private ProgressBar settingsDayCapBar;
    @FXML private Label settingsDayUsedLabel;
    @FXML private TextField settingsMonthCapField;
    @FXML private ProgressBar settingsMonthCapBar;
    @FXML private Label settingsMonthUsedLabel;
    @FXML private ChoiceBox<Bandwidth.AtCap> settingsAtCapChoice;

    CapsView(SettingsViewModel model) {
        this.model = model;
        this.bandwidth = model.bandwidthProperty();
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        settingsAtCapChoice.getItems().setAll(Bandwidth.AtCap.values());
        settingsAtCapChoice.setConverter(new AtCapWords());
        onCommit(settingsDayCapField, b -> b.dayCapBytes());
        onCommit(settingsMonthCapField, b -> b.monthCapBytes());
        model.settingsProperty().addListener(o -> show(false));
        model.addAfterRefusal(() -> show(true));
        show(true);
        settingsAtCapChoice.valueProperty().addListener((o, old, now) -> model.change(BandwidthChange.atCap(now)));
        bandwidth.addListener(o -> showUse());
        showUse();
    }

    private Bandwidth inForce() {
        return model.settingsProperty().get().bandwidth();
    }

    private void onCommit(TextField field, Function<Bandwidth, Long> present) {
        field.setOnAction(e -> commit(field, present));
        field.focusedProperty().addListener((o, was, is) -> {
            if (was) {
                commit(field, present);
            }
        });
    }

    private void commit(TextField field, Function<Bandwidth, Long> present) {
        if (field.getText().strip().equals(text(present.apply(inForce())))) {
            return;
        }
        OptionalLong typed = parse(field.getText());
        if (typed.isEmpty()) {
            model.warn(Messages.text("settings.caps.wrong"));
            show(true);
            return;
        }
        boolean day = field == settingsDayCapField;
        model.change((Settings s) -> BandwidthChange.caps(day ? typed.getAsLong() : s.bandwidth().dayCapBytes(),
                day ? s.bandwidth().monthCapBytes() : typed.getAsLong()).apply(s));
    }

    /** Gigabytes with at most three decimals; nothing for no cap. */
    static String text(long bytes) {
        return bytes <= 0 ? "" : String.format(Locale.ROOT, "%.3f", bytes / GB).replaceFirst("\\.?0+$", "");
    }

    /** Bytes, 0 for none; empty when the text is no such number. */
    static OptionalLong parse(String text) {
        String number = text.strip().replace(',', '.');
        if (number.isEmpty()) {
            return OptionalLong.of(0);
        }
        if (!number.matches("[0-9]{1,7}(\\.[0-9]{1,3})?") || Double.parseDouble(number) > MOST_GB) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.round(Double.parseDouble(number) * GB));
    }

    private void show(boolean always) {
        fill(settingsDayCapField, text(inForce().dayCapBytes()), always);
        fill(settingsMonthCapField, text(inForce().monthCapBytes()), always);
        settingsAtCapChoice.setValue(inForce().atCap());
        showUse();
    }

    private static void fill(TextField field, String text, boolean always) {
        if (always || !field.isFocused()) {
            field.setText(text);
        }
    }

    private void showUse() {
        use(settingsDayCapBar, settingsDayUsedLabel, bandwidth.getValue().dayBytes(), inForce().dayCapBytes());
        use(settingsMonthCapBar, settingsMonthUsedLabel, bandwidth.getValue().monthBytes(), inForce().monthCapBytes());
    }

    private static void use(ProgressBar bar, Label label, long used, long cap) {
        label.setText(cap > 0 ? Messages.text("settings.caps.used", Words.size(used), Words.size(cap))
                : Messages.text("settings.caps.free", Words.size(used)));
        bar.setProgress(cap > 0 ? Math.min(1, (double) used / cap) : 0);
        bar.setVisible(cap > 0);
        bar.setAccessibleText(label.getText());
    }

    Parent root() {
        return root;
    }

    private static final class AtCapWords extends StringConverter<Bandwidth.AtCap> {
        @Override
        public String toString(Bandwidth.AtCap atCap) {
            return atCap == null ? "" : Messages.text("settings.caps.at." + atCap);
        }

        @Override
        public Bandwidth.AtCap fromString(String text) {
            throw new UnsupportedOperationException("a choice is not typed");
        }
    }
}
