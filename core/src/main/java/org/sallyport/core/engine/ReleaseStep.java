package org.sallyport.core.engine;

/** The way of a file out of quarantine, in the order in which a crash may cut it short. */
enum ReleaseStep {
    /** It is whole on the medium. */
    READY,
    /** It was looked at; nobody knows of it. */
    SCREENED,
    /** Its verdict, and whether it may leave, are kept. */
    DECIDED,
    /** It says where it came from. */
    MARKED,
    /** It is in its place, or stays for good; that is not recorded. */
    MOVED;

    /** Hears of each step, on the thread that takes it. */
    @FunctionalInterface
    interface Listener {
        Listener NONE = step -> { };

        void reached(ReleaseStep step);
    }
}
