package org.sallyport.core.engine;

import java.util.concurrent.TimeUnit;

/** So much at once and so much a second, of messages or bytes. Pure: the caller brings the time. */
final class Allowance {
    private final double perSecond;
    private final double most;
    private double left;
    private long asOf;

    /** @param most what may be taken at once after a rest */
    Allowance(double perSecond, double most, long nowNanos) {
        this.perSecond = perSecond;
        this.most = most;
        this.left = most;
        this.asOf = nowNanos;
    }

    /** Takes the amount, unless there is not that much. */
    boolean take(double amount, long nowNanos) {
        left = Math.min(most, left + perSecond * (nowNanos - asOf) / TimeUnit.SECONDS.toNanos(1));
        asOf = nowNanos;
        if (left < amount) {
            return false;
        }
        left -= amount;
        return true;
    }
}
