package org.sallyport.core.swarm;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.PeerPort;
import org.sallyport.core.wire.PeerPriority;

/** Whom a swarm dials and when, and which of two connections to one peer stays. Network thread only. */
final class Contacts {
    private static final CloseReason DUPLICATE = new CloseReason("link.duplicate", "there is a better connection to that peer");

    private final SwarmHost host;
    private final PeerTable table;

    /** @param own decides with whom of many to connect (BEP 40) */
    Contacts(SwarmHost host, OwnAddress own) {
        this.host = host;
        table = new PeerTable(address -> own.like(address.host()).map(ours -> PeerPriority.of(ours, address.host())).orElse(0L));
    }

    int known() {
        return table.size();
    }

    void add(List<PeerAddress> addresses, PeerSource source, long now) {
        addresses.forEach(address -> table.add(address, source, now));
    }

    /** A peer told of another one. @return whether the address is new and there was room */
    boolean told(PeerAddress address, long now) {
        return table.add(address, PeerSource.EXCHANGE, now);
    }

    /** The peer that told of another one says that it is gone. */
    void forget(PeerAddress address) {
        table.forget(address);
    }

    /** These are the addresses of devices to be called, and no others; those that did not answer are called again at once. */
    void callDevices(List<PeerAddress> addresses, long now) {
        table.devices(addresses, now);
    }

    /** Dials whose time has come, as far as limits allow. @param complete we seek nothing @param running asked before a second call in the plain protocol */
    void dial(List<Peer> peers, boolean complete, long now, Function<PeerAddress, LinkHandler> newPeer, BooleanSupplier running) {
        for (PeerTable.Entry entry : table.due(PeerPort.MAX_PENDING_DIALS, complete, now)) {
            if (!host.canDial()) {
                return;
            }
            if (peers.stream().anyMatch(peer -> peer.address().equals(entry.address) && isAtItsAddress(peer))) {
                table.connected(entry.address);
            } else if (host.mayDial(entry.address, peers.size(), entry.wanted())) {
                table.dialled(entry);
                host.dial(entry.address, entry.obfuscation(host.encryption()), () -> running.getAsBoolean() && mayDialAgain(entry, peers.size()),
                        newPeer.apply(entry.address));
            } else {
                table.refused(entry, now);
            }
        }
    }

    /** In the plain protocol, where an obfuscated call was not understood: the rules may have changed, and a device may have come there. */
    private boolean mayDialAgain(PeerTable.Entry entry, int connections) {
        return !host.expectedAt(entry.address).isTls() && host.mayDial(entry.address, connections, entry.wanted());
    }

    /** Who told us of a peer that is connected. */
    PeerSource source(Peer peer) {
        PeerSource told = table.source(peer.address()).orElse(PeerSource.INCOMING);
        return told == PeerSource.DEVICE && !peer.link().security().isTls() ? PeerSource.INCOMING : told;
    }

    boolean nobodyToDial(long now) {
        return table.due(1, false, now).isEmpty();
    }

    void connected(Peer peer) {
        if (isAtItsAddress(peer)) {
            table.connected(peer.address());
            table.understood(peer.address(), peer.link().security());
        }
    }

    /** The peer told where it listens. Not added for a device: nobody knows to speak TLS to an address that is not in its entry. */
    void learned(Peer peer, long now) {
        if (!isAtItsAddress(peer)) {
            return;
        }
        if (!peer.link().security().isTls()) {
            table.add(peer.address(), PeerSource.INCOMING, now);
        }
        table.connected(peer.address());
    }

    void isSelf(Peer peer) {
        if (isAtItsAddress(peer)) {
            table.isSelf(peer.address());
        }
    }

    /** @see PeerTable#seedsAgain */
    void seedsAgain(long now) {
        table.seedsAgain(now);
    }

    void isSeed(Peer peer) {
        if (isAtItsAddress(peer)) {
            table.isSeed(peer.address());
        }
    }

    void ended(Peer peer, CloseReason reason, long now) {
        if (!isAtItsAddress(peer)) {
            return;
        }
        table.ended(peer.address(), peer.isOpen(), now);
        if (reason.rule().equals(DUPLICATE.rule())) {
            table.known(peer.address(), now); // the peer is here by another way
        }
    }

    /** A stranger that dialled from the address of a device, or says that it listens there, must not keep us from calling the device. */
    private boolean isAtItsAddress(Peer peer) {
        LinkSecurity expected = host.expectedAt(peer.address());
        return !peer.isOpen() || !expected.isTls() || expected.equals(peer.link().security());
    }

    /**
     * When two peers dial each other at the same time, both must drop the same connection: the one dialled by the
     * side with the lower peer id goes. In clear only between connections with one host: ids are no secret, and who copies one
     * must not push out its owner. Nor does a stranger push out a device; who comes in clear with the id of a device that is here is
     * not wanted besides it (invariant I5). A device has one place whatever it calls itself, or a hacked one could take them all; with
     * another id it was started anew, and what came last counts.
     */
    boolean isSurplus(Peer peer, List<Peer> peers) {
        LinkSecurity security = peer.link().security();
        for (Peer other : peers) {
            if (other == peer || !other.isOpen()) {
                continue;
            }
            LinkSecurity others = other.link().security();
            boolean alike = others.device().equals(security.device()); // whether they are obfuscated makes no difference
            if (!other.peerId().equals(peer.peerId())) {
                if (security.isTls() && alike) {
                    other.link().close(DUPLICATE);
                }
                continue;
            }
            if (alike ? !isBetter(peer, other) : others.isTls() && !security.isTls()) {
                return true;
            }
            if (alike || security.isTls() && !others.isTls()) {
                other.link().close(DUPLICATE);
            }
        }
        return false;
    }

    private boolean isBetter(Peer peer, Peer other) {
        boolean weAreHigher = host.peerId().compareTo(peer.peerId()) > 0;
        boolean sameOther = peer.link().security().isTls() || other.address().host().equals(peer.address().host());
        boolean crossed = sameOther && other.link().incoming() != peer.link().incoming();
        return crossed && peer.link().incoming() != weAreHigher;
    }
}
