package org.sallyport.core.transport;

import java.net.InetAddress;
import java.util.Optional;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.MseHandshake;

/** Decides about connections from outside. Called on the network thread. */
public interface LinkHost {

    /** Whether a connection from {@code host} may go as far as a handshake. @param halfOpen those not that far yet */
    boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork);

    /** Whether connections in the clear are to be obfuscated, ours and those from outside. */
    default Encryption encryption() {
        return Encryption.OFF;
    }

    /**
     * The torrent that an obfuscated caller wants. Only one that may be exchanged in the clear: of all others it must not learn that they are
     * here.
     *
     * @param name {@link MseHandshake#nameOf} of its info-hash
     */
    default Optional<InfoHash> torrentNamed(Bytes name) {
        return Optional.empty();
    }

    /** Whether a caller in the plain protocol may stay; if not, it is closed without an answer. */
    default boolean mayBePlain(InetAddress host) {
        return encryption() != Encryption.REQUIRE;
    }

    /** Who takes the plain connection, by what it asks for; {@code port} is where it dialled from. Empty closes it without an answer. */
    Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs);

    /**
     * The same for a connection of either kind. Who does not know about TLS welcomes nobody in it.
     *
     * @param security tells the device that was verified, if it is TLS
     */
    default Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs, LinkSecurity security) {
        return security.isTls() ? Optional.empty() : welcome(host, port, theirs);
    }

    /**
     * Who calls in TLS, by the name in the ClientHello, which {@code TokenDesk} reads. Empty for a stranger: it gets no answer. A pairing
     * handler that was given here hears of the end in any case, also if too many handshakes are under way to begin this one.
     *
     * @param serverName as received, of any length up to 64 KiB; empty if there was none
     */
    default Optional<TlsAnswer> callerOf(InetAddress host, String serverName) {
        return Optional.empty();
    }

    /** Somebody had a token of this device and did not come as far as its key: perhaps it is not the device. */
    default void turnedAway(InetAddress host, DeviceId device, CloseReason reason) { }

    /** @param ours what we answer @param pieceCount of the torrent @param handler its owner */
    record Welcome(Handshake ours, int pieceCount, LinkHandler handler) { }
}
