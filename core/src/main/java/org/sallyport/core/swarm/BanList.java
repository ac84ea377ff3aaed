package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Addresses that broke the rules and for how long they stay out: an hour, doubling up to a day. Network thread only. */
public final class BanList {
    private static final int MAX_ENTRIES = 10_000;
    private static final long FIRST = TimeUnit.HOURS.toNanos(1);
    private static final long LONGEST = TimeUnit.HOURS.toNanos(24);

    private final Set<InetAddress> shutOut = new HashSet<>();

    private record Ban(long untilNanos, long lengthNanos) { }

    private final Map<InetAddress, Ban> bans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Ban> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /** Stays out as long as the program runs: the user wishes it. */
    public void shutOut(InetAddress host) {
        if (shutOut.size() < MAX_ENTRIES) {
            shutOut.add(host);
        }
    }

    /** @return false if it was banned already; nothing changes then: several wrong pieces under way are one offence */
    public boolean ban(InetAddress host, long nowNanos) {
        if (isBanned(host, nowNanos)) {
            return false;
        }
        Ban last = bans.get(host);
        long length = last == null ? FIRST : Math.min(LONGEST, last.lengthNanos() * 2);
        bans.put(host, new Ban(nowNanos + length, length));
        return true;
    }

    public boolean isBanned(InetAddress host, long nowNanos) {
        Ban ban = bans.get(host);
        return shutOut.contains(host) || ban != null && nowNanos - ban.untilNanos() < 0;
    }
}
