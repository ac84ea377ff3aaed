package org.sallyport.app.wiring;

/** Which characters may reach a terminal: names and messages come from strangers. */
public final class Printable {
    private Printable() { }

    /** False for control, format (such as right-to-left override), surrogate and private characters. */
    public static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
