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

    /** The device that listens at this address: it is dialled in TLS there, or not at all (invariant I5). */
    Optional<PairedDevice> at(PeerAddress address);

    /** Terms for one call of a device; takes about a millisecond. */
    TlsTerms call(PairedDevice device);
}
