package org.sallyport.core.trust;

/** The Luhn algorithm in base 32: finds every single wrong character and almost every swap of two neighbours. */
final class LuhnMod32 {
    private static final int BASE = 32;

    private LuhnMod32() { }

    /** The character that makes {@code text} whole. @param text of {@link Base32#ALPHABET} */
    static char check(CharSequence text) {
        int factor = 2;
        int sum = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            int product = Base32.value(text.charAt(i)) * factor;
            sum += product / BASE + product % BASE;
            factor = 3 - factor;
        }
        return Base32.ALPHABET.charAt((BASE - sum % BASE) % BASE);
    }

    /** @param text ends with its check character */
    static boolean holds(CharSequence text) {
        int last = text.length() - 1;
        return check(text.subSequence(0, last)) == text.charAt(last);
    }
}
