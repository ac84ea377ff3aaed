package org.sallyport.core.transport;

import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.trust.PeerTls;

/** What a caller with a good token gets: the peer protocol or a pairing. It still has to prove with its key that the token was its own. */
public sealed interface TlsAnswer {

    /** The caller seems to be a paired device. */
    static TlsAnswer paired(PeerTls tls, PairedDevice device) {
        return new Peer(TlsTerms.answer(tls, device), device.id());
    }

    /** The caller seems to be a device we wait for. @param handler hears of the end in any case */
    static TlsAnswer awaited(PeerTls tls, AwaitedDevice device, PairingHandler handler) {
        return new Pairing(TlsTerms.answerAwaited(tls, device), handler);
    }

    /** The caller knows the secret of our pairing code. @param handler hears of the end in any case */
    static TlsAnswer invited(PeerTls tls, PairingHandler handler) {
        return new Pairing(TlsTerms.answerInvited(tls), handler);
    }

    TlsTerms terms();

    /** See {@link #paired}. */
    record Peer(TlsTerms terms, DeviceId device) implements TlsAnswer { }

    /** See {@link #awaited} and {@link #invited}. */
    record Pairing(TlsTerms terms, PairingHandler handler) implements TlsAnswer { }
}
