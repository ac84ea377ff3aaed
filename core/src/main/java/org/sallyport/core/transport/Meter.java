package org.sallyport.core.transport;

/** What one torrent, or everything, received and sent on the wire, and the limits of both. Made by {@link Limiter}; network thread only. */
public final class Meter {
    private final Limiter limiter;
    final Budget down = new Budget();
    final Budget up = new Budget();

    Meter(Limiter limiter) {
        this.limiter = limiter;
    }

    /** In force at once. @param downRate bytes per second, 0 for no limit @param upRate likewise */
    public void limit(long downRate, long upRate) {
        if (downRate < 0 || upRate < 0) {
            throw new IllegalArgumentException("rates: " + downRate + ", " + upRate);
        }
        if (downRate != down.rate() || upRate != up.rate()) {
            down.limit(downRate, limiter.now());
            up.limit(upRate, limiter.now());
            limiter.review();
        }
    }

    /** All bytes received, those of handshakes and messages included. */
    public long received() {
        return down.passed();
    }

    public long sent() {
        return up.passed();
    }
}
