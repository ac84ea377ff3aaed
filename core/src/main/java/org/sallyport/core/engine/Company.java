package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.policy.PolicyRequest.Audience;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.NetworkWay;

/** With whom one torrent may have to do, by policy, and what is told when it may not. Network thread only. */
final class Company {
    private final InfoHash hash;
    private final Supplier<Sharing> sharing;
    private final Services services;
    private int blocked;

    /** @param sharing who may have it, at any moment */
    Company(InfoHash hash, Supplier<Sharing> sharing, Services services) {
        this.hash = hash;
        this.sharing = sharing;
        this.services = services;
    }

    GuestList guests() {
        return new GuestList(services.trust(), services.clock());
    }

    /** @param byUs given by the user, not by a stranger */
    boolean mayDial(PeerAddress address, int connectionsOfTorrent, boolean byUs) {
        Optional<Refusal> network = services.port().refusal(address.host());
        if (network.isPresent()) {
            return refuse(network.get());
        }
        boolean banned = services.bans().isBanned(address.host(), System.nanoTime());
        PolicyRequest request = new PolicyRequest.DialPeer(hash, address, services.port().connections(), connectionsOfTorrent, banned, byUs,
                guests().at(address, sharing.get()));
        return services.policy().decide(request).fold(() -> true, deny -> refuse(deny.refusal()));
    }

    boolean mayStay(InetAddress host, LinkSecurity security) {
        // the limits were asked when the connection came about: it counts among those there are
        Audience audience = guests().at(security, sharing.get());
        return services.policy().decide(new PolicyRequest.AdmitPeer(hash, host, 0, 0, false, false, audience))
                .fold(() -> true, deny -> refuse(deny.refusal()));
    }

    String nameOf(LinkSecurity security) {
        return security.device().flatMap(services.trust()::find).map(device -> device.name().text()).orElse("");
    }

    void ban(InetAddress host, String rule, String sentence) {
        if (!services.bans().ban(host, System.nanoTime())) {
            return;
        }
        services.events().tell(Severity.REFUSED, "peer.banned",
                "A stranger's computer was shut out for at least an hour: " + sentence + ".",
                Map.of("hash", hash.hex(), "rule", rule, "address", host.getHostAddress(), "reason", sentence));
    }

    /** That the network is away is told once for all, where it is noticed. */
    void refused(Refusal refusal) {
        if (!refusal.rule().equals(NetworkWay.WAITING)) {
            services.events().refused("policy.denied", refusal, hash.hex(), Map.of("hash", hash.hex()));
        }
    }

    /** How often the blocklist kept a peer out. */
    int blocked() {
        return blocked;
    }

    private boolean refuse(Refusal refusal) {
        blocked += refusal.rule().startsWith("policy.blocklist") ? 1 : 0;
        refused(refusal);
        return false;
    }
}
