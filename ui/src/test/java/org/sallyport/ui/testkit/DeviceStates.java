package org.sallyport.ui.testkit;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DevicesState;
import org.sallyport.core.model.PairingState;

/** States of devices with one thing changed. */
final class DeviceStates {
    private DeviceStates() { }

    static DevicesState devices(DevicesState s, List<DeviceSnapshot> devices) {
        return new DevicesState(s.ownId(), s.ownName(), devices, s.pairing(), s.offers(), s.trouble());
    }

    static DevicesState pairing(DevicesState s, PairingState now) {
        return new DevicesState(s.ownId(), s.ownName(), s.devices(), now, s.offers(), s.trouble());
    }

    static List<DeviceSnapshot> with(List<DeviceSnapshot> all, DeviceSnapshot one) {
        List<DeviceSnapshot> now = new ArrayList<>(all);
        now.removeIf(d -> d.id().equals(one.id()));
        now.add(one);
        return now;
    }

    static <T> List<T> append(List<T> all, T one) {
        List<T> now = new ArrayList<>(all);
        now.add(one);
        return now;
    }

    static DevicesState offers(DevicesState s, List<DeviceOffer> offers) {
        return new DevicesState(s.ownId(), s.ownName(), s.devices(), s.pairing(), offers, s.trouble());
    }
}
