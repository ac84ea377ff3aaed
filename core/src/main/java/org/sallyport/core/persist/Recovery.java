package org.sallyport.core.persist;

/**
 * What opening the database had to do.
 *
 * @param sentence for a person: what was lost and what happens next; empty for {@link Kind#NONE}
 */
public record Recovery(Kind kind, String sentence) {

    /** FROM_BACKUP: progress counts as unsynced, so that it is checked again. STARTED_EMPTY: there was no good backup. */
    public enum Kind { NONE, FROM_BACKUP, STARTED_EMPTY }

    static final Recovery NONE = new Recovery(Kind.NONE, "");
}
