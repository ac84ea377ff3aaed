package org.sallyport.core.screening;

import java.lang.Character.UnicodeScript;

/** Characters that cannot be seen, or that change how others are seen; and where they are honest. */
final class Glyphs {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int BLACK_FLAG = 0x1F3F4;

    private Glyphs() { }

    /** Embeddings, overrides and isolates (UAX #9, section 2): no file name needs one. */
    static boolean turnsText(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    /**
     * Takes no room, or all the room of a letter, and shows nothing.
     *
     * @param before the character before it, -1 at the beginning @param name all of it
     */
    static boolean isHidden(int c, int before, String name) {
        if (c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER) {
            return !isJoined(before);
        }
        if (isDirectionMark(c)) {
            return name.codePoints().noneMatch(Glyphs::isRightToLeft);
        }
        if (isTag(c)) {
            return name.indexOf(BLACK_FLAG) < 0; // flags of regions are spelled with tags (UTS #51, annex C)
        }
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT && !turnsText(c) && !isVisibleFormat(c) || isEmptyLetter(c);
    }

    /** Persian, the languages of India and emoji join with them (RFC 5892, appendix A; UTS #51). */
    private static boolean isJoined(int before) {
        if (before < 0) {
            return false;
        }
        return switch (Character.getType(before)) {
            case Character.OTHER_LETTER, Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.OTHER_SYMBOL,
                    Character.MODIFIER_SYMBOL -> before > 0x7f;
            default -> false;
        };
    }

    private static boolean isDirectionMark(int c) {
        return c == 0x200E || c == 0x200F || c == 0x061C;
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        boolean letter = direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
        return letter && !isDirectionMark(c);
    }

    private static boolean isTag(int c) {
        return c >= 0xE0020 && c <= 0xE007F;
    }

    /** Signs that enclose numbers in Arabic, Syriac and Kaithi, and joiners of hieroglyphs: of type format, but drawn. */
    private static boolean isVisibleFormat(int c) {
        UnicodeScript script = UnicodeScript.of(c);
        return c >= 0x0600 && c <= 0x0605 || c == 0x06DD || c == 0x070F || c == 0x08E2 || script == UnicodeScript.KAITHI
                || script == UnicodeScript.EGYPTIAN_HIEROGLYPHS;
    }

    /** Letters and signs that are drawn as nothing: fillers of Hangul, the empty pattern of Braille, vowels of Khmer that are not to be used. */
    private static boolean isEmptyLetter(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800 || c == 0x17B4 || c == 0x17B5 || c == 0x034F;
    }

    /** Something that leaves room. */
    static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x2800 || c == 0x3164 || c == 0xFFA0;
    }

    /** The blank of Chinese and Japanese and the narrow one of French and of macOS are honest. */
    static boolean isUnusualBlank(int c) {
        return isBlank(c) && c != ' ' && c != 0x3000 && c != 0x202F;
    }
}
