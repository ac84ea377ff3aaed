package org.sallyport.ui.i18n;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** All visible text, by key. */
public final class Messages {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.sallyport.ui.i18n.messages", Locale.getDefault());

    private Messages() { }

    /** For {@code %key} in FXML. */
    public static ResourceBundle bundle() {
        return BUNDLE;
    }

    /**
     * The text of {@code key}; with arguments it is a {@link MessageFormat} pattern. Numbers are passed as text so that
     * no locale groups their digits.
     */
    public static String text(String key, Object... arguments) {
        String pattern = BUNDLE.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }
}
