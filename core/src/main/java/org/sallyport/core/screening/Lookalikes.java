package org.sallyport.core.screening;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Words that seem to be written in Latin letters and are not: the mixed-script detection of UTS #39, section 5, word by word, because titles in
 * two languages are honest. A word counts only if every foreign letter in it looks like a Latin one ("mixed-script confusable", section 4),
 * because words such as "DVDрип" are honest, too. Words wholly in one script, and Latin letters that resemble each other, are not told apart.
 */
final class Lookalikes {
    /** From confusables.txt of UTS #39: letters that are drawn alike in usual fonts, Cyrillic and Greek on the left. */
    private static final Map<Integer, Integer> LATIN = new HashMap<>();

    static {
        pairs("аaеeоoрpсcуyхxѕsіiјjԛqԝwһhԁdѵvӏlүyАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJԚQԜWҮYԌG");
        pairs("οoϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX");
    }

    private Lookalikes() { }

    private static void pairs(String text) {
        int[] letters = text.codePoints().toArray();
        for (int i = 0; i < letters.length; i += 2) {
            LATIN.put(letters[i], letters[i + 1]);
        }
    }

    /** Whether a word of it would be read as one it is not. */
    static boolean isIn(String name) {
        Word word = new Word();
        boolean found = false;
        for (int at = 0; at < name.length() && !found;) {
            int c = name.codePointAt(at);
            at += Character.charCount(c);
            if (Character.isLetterOrDigit(c) || isMark(c)) {
                word.add(c);
            } else {
                found = word.deceives();
                word = new Word();
            }
        }
        return found || word.deceives();
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** Whether an ending only looks like one: no system knows endings in other letters. @param ending in small letters */
    static boolean isEnding(String ending) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(ending, Normalizer.Form.NFKC).codePoints().forEach(c -> plain.appendCodePoint(LATIN.getOrDefault(c, c)));
        return !ending.chars().allMatch(c -> c < 0x80) && plain.length() > 0 && plain.chars().allMatch(c -> c < 0x80);
    }

    /** The letters of one word so far. */
    private static final class Word {
        private boolean latin;
        private boolean alike;
        private boolean unlike;

        void add(int c) {
            switch (UnicodeScript.of(c)) {
                case LATIN -> latin = true;
                case CYRILLIC, GREEK -> {
                    alike |= LATIN.containsKey(c);
                    unlike |= !LATIN.containsKey(c);
                }
                // their letters are never mixed with Latin ones in a word, and many look like those
                case CHEROKEE, LISU, COPTIC, ARMENIAN, DESERET -> alike = true;
                default -> { }
            }
        }

        boolean deceives() {
            return latin && alike && !unlike;
        }
    }
}
