package org.sallyport.ui.control;

import javafx.scene.control.ChoiceBox;
import javafx.util.StringConverter;
import org.sallyport.core.model.Intent;
import org.sallyport.ui.i18n.Messages;

/** What a torrent is added for, as an entry to choose. */
public final class IntentWords extends StringConverter<Intent> {

    /** Offers all of them. */
    public static void offer(ChoiceBox<Intent> choice) {
        choice.getItems().setAll(Intent.values());
        choice.setConverter(new IntentWords());
    }

    public static String of(Intent intent) {
        return Messages.text("intent." + intent);
    }

    @Override
    public String toString(Intent intent) {
        return intent == null ? "" : of(intent);
    }

    @Override
    public Intent fromString(String text) {
        throw new UnsupportedOperationException("a choice is not typed");
    }
}
