package org.sallyport.ui.transfers;

import javafx.util.StringConverter;
import org.sallyport.ui.i18n.Messages;

/** A label as an entry to choose; none stands for all. */
final class LabelWords extends StringConverter<String> {
    @Override
    public String toString(String label) {
        return label == null || label.isEmpty() ? Messages.text("transfers.label.any") : label;
    }

    @Override
    public String fromString(String text) {
        throw new UnsupportedOperationException("a choice is not typed");
    }
}
