package org.sallyport.core.model;

/** Where one file stands between the network and the user, and what was found out about it. */
public record FileCheck(Stage stage, Findings findings) {

    /**
     * ARRIVING: not whole. WAITING: whole, to be looked at. CHECKING: being looked at. HELD: kept in quarantine. RELEASED: in its place.
     * DELETED: a person deleted it in quarantine. PRESENT: it was there before Sallyport was asked to share it.
     */
    public enum Stage { ARRIVING, WAITING, CHECKING, HELD, RELEASED, DELETED, PRESENT }
}
