package org.sallyport.core.engine;

import java.util.Optional;
import org.sallyport.core.transport.TlsAnswer;
import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.PairingOffer;

/** Answers those who call to be paired. Network thread only. */
interface PairingDoor {

    /** A device whose id a person typed. */
    Optional<TlsAnswer> awaited(AwaitedDevice device);

    /** Somebody with the secret of our code; a try of it has begun. */
    Optional<TlsAnswer> invited(PairingOffer offer);
}
