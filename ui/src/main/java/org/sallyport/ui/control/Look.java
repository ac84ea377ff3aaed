package org.sallyport.ui.control;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Application;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/**
 * Our stylesheet and fonts on top of AtlantaFX Primer. The font is IBM Plex Sans: its figures are all equally wide
 * without an OpenType feature, which JavaFX cannot switch on, so changing numbers do not jump.
 */
public final class Look {
    private static final PseudoClass DENSE = PseudoClass.getPseudoClass("dense");
    private static final List<String> FONTS =
            List.of("fonts/IBMPlexSans_400Regular.ttf", "fonts/IBMPlexSans_500Medium.ttf", "fonts/IBMPlexSans_600SemiBold.ttf");
    private static final String STYLESHEET = Objects.requireNonNull(Look.class.getResource("sallyport.css")).toExternalForm();

    private static final AtomicBoolean FONTS_LOADED = new AtomicBoolean();

    private Look() { }

    /** Makes the bundled fonts known, before the first scene; what is known already is not read again. */
    public static void loadFonts() {
        if (FONTS_LOADED.getAndSet(true)) {
            return;
        }
        for (String font : FONTS) {
            try (InputStream in = Objects.requireNonNull(Look.class.getResourceAsStream(font))) {
                Font.loadFont(in, 13);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + font, e);
            }
        }
    }

    /** Light or dark, for every window. */
    public static void useDark(boolean dark) {
        String wanted = (dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet();
        if (!wanted.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(wanted);
        }
    }

    /** Puts our stylesheet on a scene. */
    public static void style(Scene scene) {
        scene.getStylesheets().setAll(STYLESHEET);
    }

    /** Rows of 26 px instead of 32 for everything in {@code scene}. */
    public static void dense(Scene scene, boolean dense) {
        scene.getRoot().pseudoClassStateChanged(DENSE, dense);
    }
}
