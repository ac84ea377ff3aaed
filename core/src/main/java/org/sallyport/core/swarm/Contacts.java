package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.transport.PeerPort;
import org.sallyport.core.wire.PeerPriority;

/** Whom a swarm dials and when, and which of two connections to one peer stays. Network thread only. */
final class Contacts {
    /** The other end of a connection, or of an attempt to make one. */
    interface Party {
        /** Where we dialled it, or where it says that it listens. */
        PeerAddress address();

        /** Both handshakes are done. */
        boolean isOpen();

        /** Only when it is open, likewise {@link #peerId}. */
        PeerLink link();

        Bytes peerId();
    }

    private static final CloseReason DUPLICATE = new CloseReason("link.duplicate", "there is a better connection to that peer");

    private final PeerHost host;
    private final OwnAddress own;
    private final PeerTable table;

    /** @param own decides with whom of many to connect (BEP 40) */
    Contacts(PeerHost host, OwnAddress own) {
        this.host = host;
        this.own = own;
        table = new PeerTable(address -> priority(address.host()));
    }

    /** 0 as long as nobody told where we are. */
    private long priority(InetAddress other) {
        return own.like(other).map(ours -> PeerPriority.of(ours, other)).orElse(0L);
    }

    /**
     * All places are taken and somebody calls: who gives up his place? The one with the lowest priority (BEP 40), as in libtorrent, if the
     * newcomer's is higher; so swarms in which all are full do not fall apart into islands. Devices and peers that the user named keep theirs.
     */
    <P extends Party> Optional<P> outranked(List<P> peers, InetAddress newcomer) {
        return peers.stream().filter(Party::isOpen).filter(peer -> !peer.link().security().isTls() && source(peer) != PeerSource.USER)
                .min(Comparator.comparingLong(peer -> priority(peer.address().host())))
                .filter(least -> priority(least.address().host()) < priority(newcomer));
    }

    int known() {
        return table.size();
    }

    /** All there are. */
    Set<MetadataHost.Known> addresses() {
        return table.addresses().stream().map(address -> new MetadataHost.Known(address, table.source(address).orElse(PeerSource.INCOMING)))
                .collect(Collectors.toSet());
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

    /**
     * Dials whose time has come, as far as limits allow.
     * @param complete we seek nothing
     * @param running asked before a second call in the plain protocol
     */
    void dial(List<? extends Party> peers, boolean complete, long now, Function<PeerAddress, LinkHandler> newPeer, BooleanSupplier running) {
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
    PeerSource source(Party peer) {
        PeerSource told = table.source(peer.address()).orElse(PeerSource.INCOMING);
        return told == PeerSource.DEVICE && !peer.link().security().isTls() ? PeerSource.INCOMING : told;
    }

    boolean nobodyToDial(long now) {
        return table.due(1, false, now).isEmpty();
    }

    void connected(Party peer) {
        if (isAtItsAddress(peer)) {
            table.connected(peer.address());
            table.understood(peer.address(), peer.link().security());
        }
    }

    /** The peer told where it listens. Not added for a device: nobody knows to speak TLS to an address that is not in its entry. */
    void learned(Party peer, long now) {
        if (!isAtItsAddress(peer)) {
            return;
        }
        if (!peer.link().security().isTls()) {
            table.add(peer.address(), PeerSource.INCOMING, now);
        }
        table.connected(peer.address());
    }

    void isSelf(Party peer) {
        if (isAtItsAddress(peer)) {
            table.isSelf(peer.address());
        }
    }

    /** @see PeerTable#seedsAgain */
    void seedsAgain(long now) {
        table.seedsAgain(now);
    }

    void isSeed(Party peer) {
        if (isAtItsAddress(peer)) {
            table.isSeed(peer.address());
        }
    }

    void ended(Party peer, CloseReason reason, long now) {
        ended(peer, reason, now, peer.isOpen());
    }

    /** @param good it was of use, so it may be called again soon */
    void ended(Party peer, CloseReason reason, long now, boolean good) {
        if (!isAtItsAddress(peer)) {
            return;
        }
        table.ended(peer.address(), good, now);
        if (reason.rule().equals(DUPLICATE.rule())) {
            table.known(peer.address(), now); // the peer is here by another way
        }
    }

    /** A stranger that dialled from the address of a device, or says that it listens there, must not keep us from calling the device. */
    private boolean isAtItsAddress(Party peer) {
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
    boolean isSurplus(Party peer, List<? extends Party> peers) {
        LinkSecurity security = peer.link().security();
        for (Party other : peers) {
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

    private boolean isBetter(Party peer, Party other) {
        boolean weAreHigher = host.peerId().compareTo(peer.peerId()) > 0;
        boolean sameOther = peer.link().security().isTls() || other.address().host().equals(peer.address().host());
        boolean crossed = sameOther && other.link().incoming() != peer.link().incoming();
        return crossed && peer.link().incoming() != weAreHigher;
    }
}
