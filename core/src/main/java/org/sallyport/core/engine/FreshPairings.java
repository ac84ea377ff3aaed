package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.trust.DeviceId;

/**
 * Pairings that one side has kept and the other perhaps not yet. Who confirmed last has the other device in its book a disk write earlier than
 * it is in the other's; a call in between would be answered as a stranger's. The other side ends the connection of the pairing when it has kept
 * it, and is called from then on. Network thread only.
 */
final class FreshPairings {
    /** The other side may have died without a word; it is called like any other that does not answer, then. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

    private final List<Fresh> all = new ArrayList<>();

    /** One connection over which a device is being paired. */
    static final class Fresh {
        private final DeviceId device;
        private Optional<Long> keptNanos = Optional.empty();

        private Fresh(DeviceId device) {
            this.device = device;
        }

        /** This side has it on the disk. */
        void kept(long now) {
            keptNanos = Optional.of(now);
        }

        private boolean holds(long now) {
            return keptNanos.filter(kept -> now - kept >= LONGEST).isEmpty();
        }
    }

    /** This device is about to be kept. */
    Fresh begin(DeviceId device) {
        Fresh fresh = new Fresh(device);
        all.add(fresh);
        return fresh;
    }

    /** The connection of the pairing is no more. */
    void end(Fresh fresh) {
        all.remove(fresh);
    }

    /** Whether this device is not to be called yet. */
    boolean contains(DeviceId device, long now) {
        return all.stream().anyMatch(fresh -> fresh.device.equals(device) && fresh.holds(now));
    }
}
