package org.sallyport.ui.control;

import java.util.Map;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;

/** The clipboard. */
public final class Clip {
    private Clip() { }

    /** What was copied, when it is text; else empty. FX thread. */
    public static String text() {
        String copied = Clipboard.getSystemClipboard().getString();
        return copied == null ? "" : copied;
    }

    /** Copies {@code text}. FX thread. */
    public static void text(String text) {
        Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
    }
}
