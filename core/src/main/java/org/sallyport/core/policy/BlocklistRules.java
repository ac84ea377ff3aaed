package org.sallyport.core.policy;

import java.util.List;
import java.util.function.Supplier;
import org.sallyport.core.policy.PolicyRequest.AcceptPeer;
import org.sallyport.core.policy.PolicyRequest.AdmitPeer;
import org.sallyport.core.policy.PolicyRequest.CallDevice;
import org.sallyport.core.policy.PolicyRequest.DialPeer;
import org.sallyport.core.policy.PolicyRequest.ExchangeDatagram;
import org.sallyport.core.policy.PolicyRequest.UseSource;

/** Nobody on the blocklist is let in, called or asked, whoever named the address. */
final class BlocklistRules {
    private static final String BLOCKED = "policy.blocklist";
    private static final String PEER = "This peer's address is on your blocklist, so nothing is exchanged with it. "
            + "Load another blocklist, or clear it, if that is wrong.";
    private static final String DEVICE = "This device's address is on your blocklist, so it is not called. "
            + "Load another blocklist, or clear it, if that is wrong.";
    private static final String SOURCE = "This tracker's address is on your blocklist, so it is not asked. "
            + "Load another blocklist, or clear it, if that is wrong.";

    private static final String UNREADABLE = "policy.blocklist-unreadable";
    private static final String NOBODY = "The saved blocklist cannot be read, so nobody is let in or called. Load it again, or clear it.";

    private BlocklistRules() { }

    /** @param inForce asked at every decision */
    static List<PolicyRule> all(Supplier<Blocklist> inForce) {
        return List.of(
                new TypedRule<>(UNREADABLE, AcceptPeer.class, (peer, settings) -> inForce.get().isUnreadable(), NOBODY),
                new TypedRule<>(UNREADABLE, AdmitPeer.class, (peer, settings) -> inForce.get().isUnreadable(), NOBODY),
                new TypedRule<>(UNREADABLE, DialPeer.class, (peer, settings) -> inForce.get().isUnreadable(), NOBODY),
                new TypedRule<>(UNREADABLE, UseSource.class, (source, settings) -> inForce.get().isUnreadable(), NOBODY),
                new TypedRule<>(UNREADABLE, ExchangeDatagram.class, (other, settings) -> inForce.get().isUnreadable(), NOBODY),
                new TypedRule<>(BLOCKED, AcceptPeer.class, (peer, settings) -> inForce.get().contains(peer.host()), PEER),
                new TypedRule<>(BLOCKED, AdmitPeer.class, (peer, settings) -> inForce.get().contains(peer.host()), PEER),
                new TypedRule<>(BLOCKED, DialPeer.class, (peer, settings) -> inForce.get().contains(peer.address().host()), PEER),
                new TypedRule<>(BLOCKED, ExchangeDatagram.class, (other, settings) -> inForce.get().contains(other.host()), PEER),
                new TypedRule<>(BLOCKED, CallDevice.class, (device, settings) -> inForce.get().contains(device.address().host()), DEVICE),
                new TypedRule<>(BLOCKED, UseSource.class, (source, settings) -> inForce.get().contains(source.resolved()), SOURCE));
    }
}
