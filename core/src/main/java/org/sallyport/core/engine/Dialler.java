package org.sallyport.core.engine;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.wire.Handshake;

/**
 * Makes the connections of one torrent: with devices in TLS, with anybody else in clear, and never one for the other (invariant I5).
 * Network thread only.
 */
final class Dialler {
    private static final CloseReason NO_DEVICE = new CloseReason("peer.trusted-only", "no trusted device is at that address");
    private static final String TLS = "tls.";

    private final InfoHash hash;
    private final int pieces;
    private final Supplier<Sharing> sharing;
    private final BooleanSupplier dht;
    private final Services services;

    /**
     * @param pieces of the torrent, as for {@code FrameDecoder}
     * @param sharing who may have it, at any moment
     * @param dht whether peers are told of our node, likewise
     */
    Dialler(InfoHash hash, int pieces, Supplier<Sharing> sharing, BooleanSupplier dht, Services services) {
        this.hash = hash;
        this.pieces = pieces;
        this.sharing = sharing;
        this.dht = dht;
        this.services = services;
    }

    boolean ready() {
        return services.trust().settled() && services.port().canDial();
    }

    LinkSecurity expectedAt(PeerAddress address) {
        return services.trust().at(address).map(device -> LinkSecurity.tls(device.id())).orElseGet(LinkSecurity::plain);
    }

    /** Not if a device is there that does not know us yet. */
    boolean mayCall(PeerAddress address) {
        TrustedDevices trust = services.trust();
        return trust.at(address).filter(device -> !trust.mayCall(device.id())).isEmpty();
    }

    /** The handler hears of the end in any case. */
    void dial(PeerAddress address, Encryption encryption, BooleanSupplier again, LinkHandler handler) {
        TrustedDevices trust = services.trust();
        Handshake ours = Handshake.ours(hash, services.peerId()).withDht(dht.getAsBoolean());
        Optional<PairedDevice> device = trust.at(address);
        if (device.isPresent()) {
            services.port().dialTls(address, trust.call(device.get()), ours, pieces, handler);
        } else if (sharing.get().trustedOnly() || trust.shuns(address)) {
            handler.closed(NO_DEVICE); // policy was asked before; the list has changed since
        } else {
            services.port().dial(address, encryption, again, ours, pieces, handler);
        }
    }

    void reached(LinkSecurity security) {
        security.device().ifPresent(services.trust().calls()::reached);
    }

    /** A device that could not be called. What has to do with TLS is an event: perhaps somebody else is in its place. */
    void unreached(PeerAddress address, CloseReason reason) {
        services.trust().at(address).ifPresent(device -> {
            if (reason.equals(CloseReason.OTHER_TORRENT)) {
                services.trust().calls().reached(device.id());
                return;
            }
            boolean tls = reason.rule().startsWith(TLS);
            String sentence = tls ? "\"" + device.name().text() + "\" could not be called securely: " + reason.sentence()
                    + " Nothing was sent in clear, and it is tried again."
                    : "\"" + device.name().text()
                    + "\" did not answer at its address. Check that Sallyport runs there and that its port can be reached.";
            services.trust().calls().unreached(device.id(), sentence);
            if (tls) {
                services.events().refused("device.call-refused", new Refusal(reason.rule(), sentence), device.id().shortText(),
                        Map.of("device", device.id().text(), "hash", hash.hex(), "address", address.toString()));
            }
        });
    }
}
