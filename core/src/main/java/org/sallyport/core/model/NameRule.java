package org.sallyport.core.model;

import org.sallyport.core.model.NameFlag.Risk;

/** What is done about files whose names are risky. A name that is made to deceive is treated one step more strictly than one of a program. */
public enum NameRule {
    /** They are not downloaded. */
    BLOCK,
    /** Programs and the like only when the user has agreed to it; what is made to deceive is not downloaded. */
    ASK,
    /** Programs and the like without a question; what is made to deceive only when the user has agreed to it. */
    ALLOW;

    /** Whether no agreement helps. */
    public boolean blocks(Risk risk) {
        return switch (this) {
            case BLOCK -> risk != Risk.NOTICE;
            case ASK -> risk == Risk.BLOCK;
            case ALLOW -> false;
        };
    }

    /** Whether the user has to agree. */
    public boolean asks(Risk risk) {
        return switch (this) {
            case BLOCK -> false;
            case ASK -> risk == Risk.ASK;
            case ALLOW -> risk == Risk.BLOCK;
        };
    }
}
