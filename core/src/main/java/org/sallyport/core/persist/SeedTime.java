package org.sallyport.core.persist;

/**
 * How long a complete torrent has been offered, over all runs.
 *
 * @param offeredSeconds since it was complete, counted while it runs @param idleSeconds of that since somebody last fetched something
 */
public record SeedTime(long offeredSeconds, long idleSeconds) {
    public static final SeedTime NONE = new SeedTime(0, 0);

    public SeedTime {
        if (offeredSeconds < 0 || idleSeconds < 0) {
            throw new IllegalArgumentException("negative seconds: " + offeredSeconds + ", " + idleSeconds);
        }
    }
}
