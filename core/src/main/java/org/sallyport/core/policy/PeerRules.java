package org.sallyport.core.policy;

import java.util.List;
import org.sallyport.core.policy.PolicyRequest.AcceptPeer;
import org.sallyport.core.policy.PolicyRequest.AdmitPeer;
import org.sallyport.core.policy.PolicyRequest.Audience.Standing;
import org.sallyport.core.policy.PolicyRequest.CallDevice;
import org.sallyport.core.policy.PolicyRequest.DialPeer;
import org.sallyport.core.policy.PolicyRequest.ExchangeDatagram;

/** Who may connect to us and whom we connect to. */
final class PeerRules {
    static final int HALF_OPEN = 64;
    static final int HALF_OPEN_PER_HOST = 4;
    static final int HALF_OPEN_PER_NETWORK = 16;
    /** A family behind one router shares an address; one attacker must not fill a torrent's places. */
    static final int TORRENT_CONNECTIONS_PER_HOST = 8;
    static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private static final String BANNED = "policy.peer-banned";
    private static final String BANNED_SENTENCE =
            "This peer was banned because it sent wrong data or broke the rules. It may come back when the ban is over; nothing needs to be done.";
    private static final String CONNECTIONS = "policy.connection-limit";
    private static final String CONNECTIONS_SENTENCE =
            "The limit of connections is reached, so that this computer stays usable. Raise it in the settings if there is room.";
    private static final String TORRENT_CONNECTIONS = "policy.torrent-connection-limit";
    private static final String TORRENT_CONNECTIONS_SENTENCE =
            "This torrent has reached its limit of connections. Raise the limit per torrent in the settings if there is room.";

    private PeerRules() { }

    static List<PolicyRule> all() {
        return List.of(
                new TypedRule<>(BANNED, AcceptPeer.class, (peer, settings) -> peer.banned(), BANNED_SENTENCE),
                new TypedRule<>(BANNED, AdmitPeer.class, (peer, settings) -> peer.banned(), BANNED_SENTENCE),
                new TypedRule<>(BANNED, DialPeer.class, (peer, settings) -> peer.banned(), BANNED_SENTENCE),
                new TypedRule<>(CONNECTIONS, AcceptPeer.class,
                        (peer, settings) -> peer.connections() >= settings.limits().connections(), CONNECTIONS_SENTENCE),
                new TypedRule<>(CONNECTIONS, DialPeer.class,
                        (peer, settings) -> peer.connections() >= settings.limits().connections(), CONNECTIONS_SENTENCE),
                new TypedRule<>(TORRENT_CONNECTIONS, AdmitPeer.class,
                        (peer, settings) -> peer.connectionsOfTorrent() >= settings.limits().connectionsPerTorrent(), TORRENT_CONNECTIONS_SENTENCE),
                new TypedRule<>(TORRENT_CONNECTIONS, DialPeer.class,
                        (peer, settings) -> peer.connectionsOfTorrent() >= settings.limits().connectionsPerTorrent(), TORRENT_CONNECTIONS_SENTENCE),
                new TypedRule<>("policy.torrent-address-limit", AdmitPeer.class,
                        // strangers behind the router of a device must not keep the device out
                        (peer, settings) -> peer.connectionsFromHost() >= TORRENT_CONNECTIONS_PER_HOST
                                && peer.audience().standing() != Standing.MEMBER,
                        "One address has many connections for this torrent already. More of it are turned away; nothing needs to be done."),
                // silent connections must not take the places of honest ones
                new TypedRule<>("policy.half-open-limit", AcceptPeer.class, (peer, settings) -> peer.halfOpen() >= HALF_OPEN,
                        "Too many connections are waiting for their handshake. New ones are turned away until some are done; "
                                + "nothing needs to be done."),
                new TypedRule<>("policy.half-open-address-limit", AcceptPeer.class, (peer, settings) -> peer.halfOpenFromHost() >= HALF_OPEN_PER_HOST,
                        "One address has too many connections that wait for their handshake. More of it are turned away; nothing needs to be done."),
                new TypedRule<>("policy.half-open-network-limit", AcceptPeer.class,
                        (peer, settings) -> peer.halfOpenFromNetwork() >= HALF_OPEN_PER_NETWORK,
                        "One network has too many connections that wait for their handshake. More of it are turned away; nothing needs to be done."),
                new TypedRule<>("policy.martian-address", DialPeer.class, (peer, settings) -> AddressKind.isMartian(peer.address().host()),
                        "No peer can be at this address (multicast, broadcast or reserved), so it is not dialled. Nothing needs to be done."),
                new TypedRule<>("policy.martian-address", CallDevice.class, (device, settings) -> AddressKind.isMartian(device.address().host()),
                        "No device can be at this address (multicast, broadcast or reserved), so it is not called. Use the one that device shows."),
                new TypedRule<>("policy.martian-address", ExchangeDatagram.class, (other, settings) -> AddressKind.isMartian(other.host()),
                        "Nobody can be at this address (multicast, broadcast or reserved), so nothing is exchanged with it. "
                                + "Nothing needs to be done."),
                new TypedRule<>("policy.low-port", DialPeer.class,
                        (peer, settings) -> !peer.named() && peer.address().port() < FIRST_UNPRIVILEGED_PORT,
                        "A stranger named a peer on a port below 1024, where other services live. It is not dialled, so that nobody uses "
                                + "this computer against them. Name the peer yourself if it is right."),
                new TypedRule<>("policy.loopback-peer", DialPeer.class,
                        (peer, settings) -> !peer.named() && !settings.trackers().allowLocal() && AddressKind.isLoopback(peer.address().host()),
                        "A stranger named a peer on this computer. It is not dialled, so that nobody reaches local services through "
                                + "Sallyport. Name the peer yourself, or allow local trackers in the settings, if it is right."));
    }
}
