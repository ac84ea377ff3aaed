package org.sallyport.ui.control;

import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.ActionEvent;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.util.StringConverter;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.ui.i18n.Messages;

/**
 * When a torrent has been shared enough: three conditions, each with a box and a number, and what happens then. Parts get ids from its own:
 * {@code optionsGoalPane} has {@code optionsGoalRatioCheck}, {@code optionsGoalRatioField}, {@code optionsGoalThenChoice} and so on.
 */
public final class GoalFields extends GridPane {
    private static final double MOST_RATIO = 9999;
    private static final int MOST_MINUTES = 5_256_000;

    private final Line ratio = new Line("ratio", "2.0");
    private final Line minutes = new Line("minutes", "60");
    private final Line idle = new Line("idle", "30");
    private final ChoiceBox<SeedGoal.Then> then = new ChoiceBox<>();
    private final ObjectProperty<Runnable> onChange = new SimpleObjectProperty<>(() -> { });
    private boolean filling;

    /** One condition. @param usual the number offered when it is ticked first */
    private final class Line {
        private final CheckBox check;
        private final TextField field = new TextField();
        private final String what;

        Line(String what, String usual) {
            this.what = what;
            check = new CheckBox(Messages.text("goal." + what));
            check.setAccessibleText(check.getText());
            field.setPrefWidth(72);
            field.setMaxWidth(72);
            field.setAlignment(Pos.CENTER_RIGHT);
            field.setAccessibleText(check.getText());
            field.disableProperty().bind(check.selectedProperty().not());
            check.selectedProperty().addListener((o, old, on) -> {
                if (on && field.getText().isBlank()) {
                    field.setText(usual);
                }
                changed();
            });
            field.addEventHandler(ActionEvent.ACTION, e -> changed());
            field.focusedProperty().addListener((o, was, is) -> {
                if (was) {
                    changed();
                }
            });
        }

        void name(String prefix) {
            String part = Character.toUpperCase(what.charAt(0)) + what.substring(1);
            check.setId(prefix + part + "Check");
            field.setId(prefix + part + "Field");
        }

        void show(double value, String text, boolean always) {
            check.setSelected(value >= 0);
            if (always || !field.isFocused()) {
                field.setText(value >= 0 ? text : field.getText());
            }
        }

        /** −1 when it is not ticked. @throws NumberFormatException if it is ticked and holds no number in range */
        double value(double most) {
            if (!check.isSelected()) {
                return -1;
            }
            double value = Double.parseDouble(field.getText().strip().replace(',', '.'));
            if (!(value >= 0 && value <= most)) {
                throw new NumberFormatException("out of range");
            }
            return value;
        }
    }

    public GoalFields() {
        setHgap(8);
        setVgap(8);
        int row = 0;
        for (Line line : new Line[] {ratio, minutes, idle}) {
            addRow(row++, line.check, line.field, new Label(Messages.text("goal." + line.what + ".unit")));
        }
        then.getItems().setAll(SeedGoal.Then.values());
        then.setConverter(new ThenWords());
        then.setAccessibleText(Messages.text("goal.then"));
        then.setValue(SeedGoal.Then.STOP);
        then.valueProperty().addListener(o -> changed());
        add(new Label(Messages.text("goal.then")), 0, row);
        add(then, 1, row, 2, 1);
        idProperty().addListener((o, old, id) -> {
            String prefix = id.replaceFirst("Pane$", "");
            ratio.name(prefix);
            minutes.name(prefix);
            idle.name(prefix);
            then.setId(prefix + "ThenChoice");
        });
    }

    private void changed() {
        if (!filling) {
            onChange.get().run();
        }
    }

    /** @param always also in a field that is being typed in */
    public void show(SeedGoal goal, boolean always) {
        filling = true;
        ratio.show(goal.ratio(), String.format(Locale.ROOT, "%.2f", goal.ratio()).replaceFirst("(\\.\\d)0$", "$1"), always);
        minutes.show(goal.minutes(), Integer.toString(goal.minutes()), always);
        idle.show(goal.idleMinutes(), Integer.toString(goal.idleMinutes()), always);
        then.setValue(goal.then());
        filling = false;
    }

    /** What is chosen; empty when a number is missing or out of range. */
    public Optional<SeedGoal> read() {
        try {
            return Optional.of(new SeedGoal(ratio.value(MOST_RATIO), (int) minutes.value(MOST_MINUTES), (int) idle.value(MOST_MINUTES),
                    then.getValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Run after each change by the user. */
    public void setOnChange(Runnable task) {
        onChange.set(task);
    }

    private static final class ThenWords extends StringConverter<SeedGoal.Then> {
        @Override
        public String toString(SeedGoal.Then then) {
            return then == null ? "" : Messages.text("goal.then." + then);
        }

        @Override
        public SeedGoal.Then fromString(String text) {
            throw new UnsupportedOperationException("a choice is not typed");
        }
    }
}
