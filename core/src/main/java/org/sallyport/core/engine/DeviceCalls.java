package org.sallyport.core.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.core.trust.DeviceId;

/** How the last call of each device ended. Any thread. */
final class DeviceCalls {
    private final Map<DeviceId, String> troubles = new ConcurrentHashMap<>();

    void reached(DeviceId device) {
        troubles.remove(device);
    }

    /** @param sentence why not, and what to do */
    void unreached(DeviceId device, String sentence) {
        troubles.put(device, sentence);
    }

    /** Forgets the device. */
    void forget(DeviceId device) {
        troubles.remove(device);
    }

    /** Why it could not be reached when it was called last; empty if it was, or was not called yet. */
    String trouble(DeviceId device) {
        return troubles.getOrDefault(device, "");
    }
}
