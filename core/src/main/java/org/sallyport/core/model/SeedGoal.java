package org.sallyport.core.model;

/**
 * When a complete torrent has been shared enough: when the first of these is reached.
 *
 * @param ratio       uploaded ÷ downloaded; 0 at once, negative never
 * @param minutes     of being offered, counted while it runs; negative never
 * @param idleMinutes in which nobody fetched anything; negative never
 * @param then        what happens to it
 */
public record SeedGoal(double ratio, int minutes, int idleMinutes, Then then) {
    public static final SeedGoal NONE = new SeedGoal(-1, -1, -1, Then.STOP);

    /** The files stay in any case. */
    public enum Then { STOP, REMOVE }

    public SeedGoal {
        if (Double.isNaN(ratio)) {
            throw new IllegalArgumentException("a ratio must be a number");
        }
    }

    /** Stops at this ratio. */
    public static SeedGoal ratio(double ratio) {
        return new SeedGoal(ratio, -1, -1, Then.STOP);
    }
}
