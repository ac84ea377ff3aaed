package org.sallyport.core.discovery;

/** Why a tracker is told of us (BEP 3 {@code event}). NONE is the regular announce and is not sent. */
public enum AnnounceEvent {
    NONE(""), STARTED("started"), COMPLETED("completed"), STOPPED("stopped");

    private final String word;

    AnnounceEvent(String word) {
        this.word = word;
    }

    /** The word on the wire; empty for {@link #NONE}. */
    String word() {
        return word;
    }
}
