package org.sallyport.app.wiring;

/** The exit codes of the command line contract. */
public final class Exit {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /** A rule said no; its id and sentence were printed. */
    public static final int REFUSED = 3;
    public static final int TIMED_OUT = 4;
    public static final int NO_INSTANCE = 5;

    private Exit() { }
}
