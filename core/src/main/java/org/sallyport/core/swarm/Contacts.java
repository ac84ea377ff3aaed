package org.sallyport.core.swarm;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.PeerPort;
import org.sallyport.core.wire.Handshake;

/** Whom a swarm dials and when, and which of two connections to one peer stays. Network thread only. */
final class Contacts {
    private final Metainfo metainfo;
    private final PeerPort port;
    private final SwarmHost host;
    private final PeerTable table = new PeerTable();

    Contacts(Metainfo metainfo, PeerPort port, SwarmHost host) {
        this.metainfo = metainfo;
        this.port = port;
        this.host = host;
    }

    PeerTable table() {
        return table;
    }

    /** Dials whose time has come, as far as limits allow. @param complete we seek nothing @param running asked before a second call in the plain protocol */
    void dial(List<Peer> peers, boolean complete, long now, Function<PeerAddress, LinkHandler> newPeer, BooleanSupplier running) {
        for (PeerTable.Entry entry : table.due(PeerPort.MAX_PENDING_DIALS, complete, now)) {
            if (!port.canDial()) {
                return;
            }
            if (peers.stream().anyMatch(peer -> peer.address().equals(entry.address))) {
                table.connected(entry.address);
            } else if (host.mayDial(entry.address, peers.size(), entry.named)) {
                table.dialled(entry);
                port.dial(entry.address, entry.obfuscation(host.encryption()),
                        () -> running.getAsBoolean() && host.mayDial(entry.address, peers.size(), entry.named),
                        Handshake.ours(metainfo.hash(), host.peerId()), metainfo.pieceCount(), newPeer.apply(entry.address));
            } else {
                table.refused(entry, now);
            }
        }
    }

    void ended(Peer peer, CloseReason reason, long now) {
        table.ended(peer.address(), peer.isOpen(), now);
        if (reason.rule().equals("link.duplicate")) {
            table.known(peer.address(), now); // the peer is here by another way
        }
    }

    /**
     * When two peers dial each other at the same time, both must drop the same connection: the one dialled by the
     * side with the lower peer id goes. Only between connections with one host: ids are no secret, and who copies one
     * must not push out its owner.
     */
    boolean isSurplus(Peer peer, List<Peer> peers) {
        for (Peer other : peers) {
            if (other != peer && other.isOpen() && other.peerId().equals(peer.peerId())) {
                boolean weAreHigher = host.peerId().compareTo(peer.peerId()) > 0;
                boolean crossed = other.link().incoming() != peer.link().incoming()
                        && other.address().host().equals(peer.address().host());
                boolean keepNew = crossed && peer.link().incoming() != weAreHigher;
                if (!keepNew) {
                    return true;
                }
                other.link().close(new CloseReason("link.duplicate", "there is a better connection to that peer"));
            }
        }
        return false;
    }
}
