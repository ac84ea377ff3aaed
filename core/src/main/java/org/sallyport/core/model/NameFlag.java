package org.sallyport.core.model;

import java.util.List;
import java.util.Optional;

/** Something about a file's name that a careful person should know before it is downloaded. In the order of what to tell first. */
public enum NameFlag {
    /** Two endings: one that looks harmless, and then the real one. */
    DISGUISED(Risk.BLOCK, "disguised", "It ends like a harmless file, but its real ending is another one that can start something."),
    /** Bidirectional controls (UAX #9). */
    REVERSED(Risk.BLOCK, "reversed text", "Hidden characters in its name reverse text, so that it reads differently from what it is."),
    /** Letters of another script that look like those around them (UTS #39). */
    LOOKALIKE(Risk.ASK, "lookalike letters", "Its name mixes letters of different alphabets that look the same."),
    AUTORUN(Risk.BLOCK, "runs by itself", "Some computers obey a file of this name as soon as they see it."),
    SHORTCUT(Risk.ASK, "shortcut", "It is a shortcut: opening it opens something else."),
    PROGRAM(Risk.ASK, "program", "It is a program: opening it runs it on this computer."),
    SCRIPT(Risk.ASK, "script", "It is a script: opening it can run it on this computer."),
    MACROS(Risk.ASK, "macros", "It is a document that can hold a program (macros)."),
    /** So many blanks that the ending is out of sight. */
    STRETCHED(Risk.ASK, "stretched name", "A long row of blanks in its name pushes the ending out of sight."),
    HIDDEN_CHARACTERS(Risk.ASK, "hidden characters", "Its name holds characters that cannot be seen."),
    TRAILING(Risk.NOTICE, "trailing dots", "Its name ends in dots or blanks, which can hide the ending. They are taken away."),
    DISK_IMAGE(Risk.NOTICE, "disk image", "It is the image of a disk: what is in it is not known before it is opened."),
    ARCHIVE(Risk.NOTICE, "archive", "It is an archive: what is in it is not known before it is opened."),
    UNUSUAL_BLANKS(Risk.NOTICE, "unusual blanks", "Its name holds blanks of an unusual kind."),
    SYSTEM_FILE(Risk.NOTICE, "system file", "A computer made it for itself. It is of no use to anybody else."),
    NO_ENDING(Risk.NOTICE, "no ending", "Its name has no ending, so it does not say what it is.");

    /** How much there is to fear. */
    public enum Risk {
        /** Shown, no more. */
        NOTICE,
        /** It can start something: see {@link NameRule}. */
        ASK,
        /** It is made to deceive, or to start by itself: see {@link NameRule}. */
        BLOCK
    }

    private final Risk risk;
    private final String words;
    private final String sentence;

    NameFlag(Risk risk, String words, String sentence) {
        this.risk = risk;
        this.words = words;
        this.sentence = sentence;
    }

    /** The one to fear most, the first of those that are equal; empty for an honest name. */
    public static Optional<NameFlag> gravest(List<NameFlag> flags) {
        return flags.stream().reduce((one, other) -> other.risk.compareTo(one.risk) > 0 ? other : one);
    }

    public Risk risk() {
        return risk;
    }

    /** One to three words, for a list. */
    public String words() {
        return words;
    }

    /** One plain sentence. */
    public String sentence() {
        return sentence;
    }
}
