package org.sallyport.ui.control;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.NameFlag;

/** What a file's name gives away, as icon and words; the sentences are in its tooltip. Takes no room for an honest name. */
public final class FlagChip extends Label {
    private final FontIcon icon = new FontIcon(Feather.INFO);

    public FlagChip() {
        getStyleClass().addAll("chip", "flag-chip");
        setMinWidth(USE_PREF_SIZE);
        setGraphic(icon);
        show(List.of());
    }

    public void show(List<NameFlag> flags) {
        Optional<NameFlag> gravest = NameFlag.gravest(flags);
        setVisible(gravest.isPresent());
        setManaged(gravest.isPresent());
        setText(gravest.map(flag -> flag.words() + (flags.size() > 1 ? " +" + (flags.size() - 1) : "")).orElse(""));
        NameFlag.Risk risk = gravest.map(NameFlag::risk).orElse(NameFlag.Risk.NOTICE);
        icon.setIconCode(switch (risk) {
            case NOTICE -> Feather.INFO;
            case ASK -> Feather.ALERT_TRIANGLE;
            case BLOCK -> Feather.ALERT_OCTAGON;
        });
        for (NameFlag.Risk each : NameFlag.Risk.values()) {
            pseudoClassStateChanged(PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)), each == risk);
        }
        setTooltip(flags.isEmpty() ? null : new Tooltip(flags.stream().map(NameFlag::sentence).collect(Collectors.joining("\n"))));
        setAccessibleText(spoken(flags));
    }

    /** For who listens: all of it. */
    public static String spoken(List<NameFlag> flags) {
        return flags.stream().map(NameFlag::sentence).collect(Collectors.joining(" "));
    }
}
