package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.core.model.Bytes;

/** How much is done for strangers: for each network, for all of them, and in bytes; and how many packets are read at all. */
final class DhtThrottle {
    private static final int MAX_SOURCES = 1_000;

    private final LinkedHashMap<Bytes, Allowance> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Allowance> eldest) {
            return size() > MAX_SOURCES;
        }
    };
    private final Allowance read = new Allowance(500, 1_000);
    private final Allowance queries = new Allowance(50, 200);
    private final Allowance bytes = new Allowance(8 << 10, 64 << 10);
    private final Allowance pings = new Allowance(2, 20);

    /** A bucket that fills at a rate. */
    static final class Allowance {
        private final double perMilli;
        private final double most;
        private double left;
        private long at = Long.MIN_VALUE;
        private boolean told;

        Allowance(double perSecond, double most) {
            this.perMilli = perSecond / 1000;
            this.most = most;
            this.left = most;
        }

        boolean take(double amount, long now) {
            if (at != Long.MIN_VALUE) {
                left = Math.min(most, left + Math.max(0, now - at) * perMilli);
            }
            at = now;
            told = told && left < most;
            if (left < amount) {
                return false;
            }
            left -= amount;
            return true;
        }

        /** Whether it is the first time since it was full that somebody asks this. */
        boolean isNews() {
            boolean news = !told;
            told = true;
            return news;
        }
    }

    /** Whether one more packet is looked at. */
    boolean mayRead(long now) {
        return read.take(1, now);
    }

    /** Whether a question from there is answered. @param tooMany told when it is one too many from there, once until it has been quiet */
    boolean mayAsk(InetAddress from, long now, Runnable tooMany) {
        Allowance source = sources.computeIfAbsent(PeerStore.networkOf(from), network -> new Allowance(5, 30));
        if (source.take(1, now)) {
            return queries.take(1, now);
        }
        if (source.isNews()) {
            tooMany.run();
        }
        return false;
    }

    /** Whether an answer of that size is sent. */
    boolean maySend(int size, long now) {
        return bytes.take(size, now);
    }

    /** Whether a stranger who asked is asked who he is. */
    boolean mayPing(long now) {
        return pings.take(1, now);
    }
}
