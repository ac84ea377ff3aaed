package org.sallyport.core.model;

/** What is done about files whose names are risky ({@link NameFlag.Risk}). A name that is made to deceive is treated one step more strictly. */
public enum NameRule {
    /** They are not downloaded. */
    BLOCK,
    /** Programs and the like only when the user has agreed to it; what is made to deceive is not downloaded. */
    ASK,
    /** Programs and the like without a question; what is made to deceive only when the user has agreed to it. */
    ALLOW
}
