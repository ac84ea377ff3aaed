package org.sallyport.ui.control;

import java.util.List;
import javafx.scene.control.Label;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.Authorship;

/** How sure it is who made something: a word, an icon and a colour, never the colour alone. */
public final class AuthorWords {
    private static final List<String> STYLES = List.of("author-known", "author-caution", "author-broken");

    private AuthorWords() { }

    /** Shows it in a label that has an icon. */
    public static void show(Label label, Authorship author, String words) {
        label.setText(words);
        label.getStyleClass().removeAll(STYLES);
        label.getStyleClass().addAll(style(author.kind()));
        label.setGraphic(new FontIcon(icon(author.kind())));
    }

    private static Feather icon(Authorship.Kind kind) {
        return switch (kind) {
            case KNOWN -> Feather.CHECK_CIRCLE;
            case NEW -> Feather.USER_PLUS;
            case BROKEN -> Feather.X_OCTAGON;
            case WEAK -> Feather.ALERT_TRIANGLE;
            case EXPIRED -> Feather.CLOCK;
            case NONE -> Feather.HELP_CIRCLE;
        };
    }

    private static List<String> style(Authorship.Kind kind) {
        return switch (kind) {
            case KNOWN -> List.of("author-known");
            case NEW, WEAK, EXPIRED -> List.of("author-caution");
            case BROKEN -> List.of("author-broken");
            case NONE -> List.of();
        };
    }
}
