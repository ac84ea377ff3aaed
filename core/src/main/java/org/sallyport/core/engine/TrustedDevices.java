package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.TlsTerms;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;

/** The paired devices, for whoever makes or takes connections. Any thread, never blocks. */
interface TrustedDevices {

    /** In the order they were paired. */
    List<PairedDevice> paired();

    Optional<PairedDevice> find(DeviceId id);

    /** What people call it, also when it is not trusted any more. */
    default String nameOf(DeviceId id) {
        return find(id).map(device -> device.name().text()).orElse("A device");
    }

    /** The device that listens at this address: it is dialled in TLS there, or not at all (invariant I5). */
    Optional<PairedDevice> at(PeerAddress address);

    /**
     * A device of the list listens at this address, but the list cannot be verified: it is not called at all, for it is not known with which
     * key, and never in clear (invariants I5, I7).
     */
    boolean shuns(PeerAddress address);

    /** Whether it is known by now who the devices are. Until then nobody is called: it could be one of them. */
    boolean settled();

    /** Not while this device was just paired and may not know it yet: it would answer as it answers strangers. Network thread. */
    boolean mayCall(DeviceId device);

    /** How calls of devices ended. */
    DeviceCalls calls();

    /** Terms for one call of a device; takes about a millisecond. */
    TlsTerms call(PairedDevice device);
}
