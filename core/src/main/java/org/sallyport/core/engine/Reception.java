package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.policy.PolicyRequest.Audience;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkHost;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.TlsAnswer;
import org.sallyport.core.trust.Caller;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.FrameDecoder;
import org.sallyport.core.wire.Handshake;

/** Receives who connects from outside: for a torrent of the roster, as a device, or to be paired. Until it opens, nobody. Network thread only. */
final class Reception implements LinkHost {
    /** What is full is full for everybody: one event, however many call then. */
    private static final Set<String> FULL = Set.of("policy.connection-limit", "policy.half-open-limit");
    /** What every port on the internet is tried with: told now and then for all of it together, not for each who tries. */
    private static final Set<String> EVERYDAY = Set.of("tls.no-token", "tls.unknown-token");

    private static final Refusal PLAIN = new Refusal("encryption.plain", "A connection that was not obfuscated came in and was closed, because the "
            + "settings require obfuscation. To let such peers in, choose \"Prefer\" there.");

    private final Roster roster;
    private Optional<Open> open = Optional.empty();

    /** @param exchange talks with devices that call for no torrent @param pairings answers who calls to be paired */
    private record Open(Services services, DeviceExchange exchange, PairingDoor pairings) { }

    Reception(Roster roster) {
        this.roster = roster;
    }

    void open(Services services, DeviceExchange exchange, PairingDoor pairings) {
        open = Optional.of(new Open(services, exchange, pairings));
    }

    private Optional<Services> services() {
        return open.map(Open::services);
    }

    @Override
    public boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork) {
        return services().map(s -> {
            boolean banned = s.bans().isBanned(host, System.nanoTime());
            return allowed(s, new PolicyRequest.AcceptPeer(host, connections, halfOpen, halfOpenFromHost, halfOpenFromNetwork, banned), host);
        }).orElse(false);
    }

    @Override
    public Encryption encryption() {
        return services().map(s -> s.settings().get().encryption()).orElse(Encryption.OFF);
    }

    @Override
    public Optional<InfoHash> torrentNamed(Bytes name) {
        return roster.named(name).filter(torrent -> !torrent.saved().sharing().trustedOnly()).map(ManagedTorrent::hash)
                .or(() -> roster.magnets().named(name));
    }

    @Override
    public boolean mayBePlain(InetAddress host) {
        if (encryption() != Encryption.REQUIRE) {
            return true;
        }
        services().ifPresent(s -> s.events().refused("policy.denied", PLAIN, host.getHostAddress(), Map.of("address", host.getHostAddress())));
        return false;
    }

    @Override
    public Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs) {
        return welcome(host, port, theirs, LinkSecurity.plain());
    }

    /** Whoever a torrent is not for gets what an info-hash gets that is in no list: the connection is closed without a byte. */
    @Override
    public Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs, LinkSecurity security) {
        if (theirs.hash().equals(DeviceMessage.CHANNEL)) {
            return security.device().flatMap(this::toChannel);
        }
        return services().flatMap(s -> roster.find(theirs.hash()).map(torrent -> toTorrent(s, torrent, host, port, security))
                .orElseGet(() -> roster.magnets().find(theirs.hash()).flatMap(magnet -> toMagnet(s, magnet, host, port, security))));
    }

    private static Optional<Welcome> toTorrent(Services s, ManagedTorrent torrent, InetAddress host, int port, LinkSecurity security) {
        Audience audience = new GuestList(s.trust(), s.clock()).at(security, torrent.saved().sharing());
        boolean banned = s.bans().isBanned(host, System.nanoTime());
        int fromHost = torrent.session().map(session -> session.swarm().connectedFrom(host)).orElse(0);
        int connected = FullSwarm.connectionsBeside(torrent.session(), s, host, places ->
                new PolicyRequest.AdmitPeer(torrent.hash(), host, places, fromHost, banned, true, audience));
        PolicyRequest admission = new PolicyRequest.AdmitPeer(torrent.hash(), host, connected, fromHost, banned, true, audience);
        if (torrent.session().isEmpty() || !allowed(s, admission, host)) {
            return Optional.empty();
        }
        boolean dht = torrent.session().filter(session -> session.dhtPort() > 0).isPresent();
        return torrent.exchange().incoming(host, port).map(handler ->
                new Welcome(Handshake.ours(torrent.hash(), s.peerId()).withDht(dht), torrent.metainfo().pieceCount(), handler));
    }

    private static Optional<Welcome> toMagnet(Services s, PendingMagnet magnet, InetAddress host, int port, LinkSecurity security) {
        return magnet.session().flatMap(session -> {
            Audience audience = new GuestList(s.trust(), s.clock()).at(security, magnet.sharing());
            boolean banned = s.bans().isBanned(host, System.nanoTime());
            int connected = session.swarm().connectedPeers();
            int fromHost = session.swarm().connectedFrom(host);
            if (!allowed(s, new PolicyRequest.AdmitPeer(magnet.hash(), host, connected, fromHost, banned, true, audience), host)) {
                return Optional.empty();
            }
            LinkHandler handler = session.swarm().incoming(new PeerAddress(host, Math.max(1, port)));
            return Optional.of(new Welcome(Handshake.ours(magnet.hash(), s.peerId()), FrameDecoder.UNKNOWN_PIECES, handler));
        });
    }

    /** Devices talk there; in clear this hash is as unknown as any other. */
    private Optional<Welcome> toChannel(DeviceId device) {
        return open.flatMap(o -> o.services().trust().find(device).map(known ->
                new Welcome(Handshake.ours(DeviceMessage.CHANNEL, o.services().peerId()), 0, o.exchange().incoming(device))));
    }

    @Override
    public Optional<TlsAnswer> callerOf(InetAddress host, String serverName) {
        return open.flatMap(o -> answer(o, host, o.services().trust().caller(serverName)));
    }

    private static Optional<TlsAnswer> answer(Open open, InetAddress host, Caller caller) {
        Services services = open.services();
        return switch (caller.kind()) {
            case PAIRED -> services.trust().whenOpen().map(circle -> TlsAnswer.paired(circle.tls(), ((Caller.Paired) caller).device()));
            case AWAITED -> open.pairings().awaited(((Caller.Awaited) caller).device());
            case INVITED -> open.pairings().invited(((Caller.Invited) caller).offer());
            case STRANGER -> {
                Refusal refusal = ((Caller.Stranger) caller).refusal();
                String subject = EVERYDAY.contains(refusal.rule()) ? "" : host.getHostAddress();
                services.events().refused("device.stranger", refusal, subject, Map.of("address", host.getHostAddress()));
                yield Optional.empty();
            }
        };
    }

    @Override
    public void turnedAway(InetAddress host, DeviceId device, CloseReason reason) {
        services().ifPresent(s -> s.events().refused("device.turned-away",
                new Refusal(reason.rule(), "\"" + s.trust().nameOf(device) + "\" called, but did not prove to be that device (" + reason.sentence()
                        + "). The connection was closed. If it happens again, pair the two devices anew."),
                device.shortText(), Map.of("device", device.text(), "address", host.getHostAddress())));
    }

    private static boolean allowed(Services s, PolicyRequest request, InetAddress host) {
        return s.policy().decide(request).fold(() -> true, deny -> {
            boolean full = FULL.contains(deny.refusal().rule());
            String address = host.getHostAddress();
            s.events().refused("policy.denied", deny.refusal(), full ? "" : address, full ? Map.of() : Map.of("address", address));
            return false;
        });
    }
}
