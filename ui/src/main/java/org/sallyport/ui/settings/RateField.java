package org.sallyport.ui.settings;

import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import javafx.scene.control.TextField;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.control.RateText;
import org.sallyport.ui.i18n.Messages;

/** A field for a limit of speed: takes effect on Enter or when it is left, shows the one in force, and takes back what is refused. */
final class RateField {
    private final TextField field;
    private final SettingsViewModel model;
    private final Function<Settings, Long> read;
    private final LongFunction<UnaryOperator<Settings>> write;

    private RateField(TextField field, SettingsViewModel model, Function<Settings, Long> read, LongFunction<UnaryOperator<Settings>> write) {
        this.field = field;
        this.model = model;
        this.read = read;
        this.write = write;
    }

    /** @param read bytes per second, 0 for none */
    static void bind(TextField field, SettingsViewModel model, Function<Settings, Long> read, LongFunction<UnaryOperator<Settings>> write) {
        RateField bound = new RateField(field, model, read, write);
        field.setOnAction(e -> bound.commit());
        field.focusedProperty().addListener((o, was, is) -> {
            if (was) {
                bound.commit();
            }
        });
        model.settingsProperty().addListener(o -> bound.show(false));
        model.addAfterRefusal(() -> bound.show(true));
        bound.show(true);
    }

    private String inForce() {
        return RateText.of(read.apply(model.settingsProperty().get()));
    }

    private void show(boolean always) {
        if (always || !field.isFocused()) {
            field.setText(inForce());
        }
    }

    private void commit() {
        if (field.getText().strip().equals(inForce())) {
            return;
        }
        OptionalLong typed = RateText.parse(field.getText());
        if (typed.isPresent()) {
            model.change(write.apply(typed.getAsLong()));
        } else {
            model.warn(Messages.text("options.limit.wrong"));
            show(true);
        }
    }
}
