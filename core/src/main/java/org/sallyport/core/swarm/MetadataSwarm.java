package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.storage.Digests;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.wire.Handshake;

/**
 * Gets the info dictionary of a torrent of which only the hash is known (BEP 9): asks several peers at once, each for the whole of it,
 * takes the first whose hash is right, and shuts out who gave a wrong one. Network thread only; hashing is done elsewhere.
 */
public final class MetadataSwarm {
    private static final int MAX_PEERS = 40;
    private static final int ASKED_AT_ONCE = 4;
    /** Of larger ones, one is held at a time: who claims a lot does not keep others from being asked, nor fill memory. */
    private static final int SMALL = 1 << 20;

    private final InfoHash hash;
    private final MetadataHost host;
    private final Executor hashing;
    private final Executor loop;
    private final Contacts contacts;
    private final List<MetadataPeer> peers = new ArrayList<>();
    private boolean running = true;

    /** @param hash of version 1 @param hashing threads for work that takes a while @param loop the network thread */
    public MetadataSwarm(InfoHash hash, MetadataHost host, Executor hashing, Executor loop) {
        this.hash = hash;
        this.host = host;
        this.hashing = hashing;
        this.loop = loop;
        this.contacts = new Contacts(host, new OwnAddress());
    }

    /** Adds addresses to dial. @param source who told them; those of the user are dialled first, again and again */
    public void addPeers(List<PeerAddress> addresses, PeerSource source) {
        long now = System.nanoTime();
        contacts.add(addresses, source, now);
        dial(now);
    }

    /** As {@link Swarm#callDevices}. */
    public void callDevices(List<PeerAddress> addresses) {
        long now = System.nanoTime();
        contacts.callDevices(addresses, now);
        dial(now);
    }

    /** Takes a connection from outside. */
    public LinkHandler incoming(PeerAddress from) {
        return newPeer(from);
    }

    private MetadataPeer newPeer(PeerAddress address) {
        MetadataPeer peer = new MetadataPeer(this, address);
        peers.add(peer);
        return peer;
    }

    private void dial(long now) {
        if (running && peers.size() < MAX_PEERS) {
            contacts.dial(peers, false, now, this::newPeer, () -> running);
        }
    }

    /** Once a second. */
    public void tick(long now) {
        open().forEach(peer -> peer.tend(now));
        askMore();
        dial(now);
        if (running && peers.isEmpty() && contacts.nobodyToDial(now)) {
            host.needsPeers();
        }
    }

    /** Ends all connections; the search is not used again. */
    public void stop() {
        running = false;
        open().forEach(peer -> peer.link().close(CloseReason.STOPPED));
    }

    void opened(MetadataPeer peer, Handshake theirs) {
        if (theirs.peerId().equals(host.peerId())) {
            contacts.isSelf(peer);
            peer.link().close(new CloseReason("link.self", "that was ourselves"));
        } else if (!running || contacts.isSurplus(peer, List.copyOf(peers))) {
            peer.link().close(running ? new CloseReason("link.duplicate", "there is a connection to that peer already") : CloseReason.STOPPED);
        } else if (!theirs.supportsExtensions()) {
            peer.link().close(new CloseReason("metadata.unsupported", "the peer cannot give the list of files"));
        } else if (!peer.link().incoming() && !host.mayStay(peer.address().host(), peer.link().security())) {
            // the rules may have changed while we dialled
            peer.link().close(Swarm.NOT_ALLOWED);
        } else {
            if (!peer.link().incoming()) {
                contacts.connected(peer);
            }
            host.reached(peer.link().security());
            peer.introduce(Introduction.CLIENT, host.listenPort(), theirs.supportsFast());
        }
    }

    /** The peer told where it listens. */
    void learned(MetadataPeer peer) {
        contacts.learned(peer, System.nanoTime());
    }

    /** Asks those who say that they have it: of the size that most tell first. */
    void askMore() {
        List<MetadataPeer> ready = open().filter(MetadataPeer::ready).sorted(Comparator.comparingLong(peer -> -saying(peer.size()))).toList();
        for (MetadataPeer peer : ready) {
            List<MetadataPeer> asked = open().filter(MetadataPeer::asked).toList();
            boolean fits = peer.size() <= SMALL || asked.stream().noneMatch(other -> other.size() > SMALL);
            if (running && asked.size() < ASKED_AT_ONCE && fits) {
                peer.ask(System.nanoTime());
            }
        }
    }

    private long saying(int size) {
        return open().filter(peer -> peer.size() == size).count();
    }

    /** A peer has given all of it. */
    void gave(MetadataPeer peer, byte[] info) {
        CompletableFuture.supplyAsync(() -> isRight(info), hashing).whenCompleteAsync((right, failure) -> {
            if (!running || failure != null) {
                return;
            }
            if (right) {
                stop();
                host.arrived(info, contacts.addresses());
                return;
            }
            CloseReason lie = new CloseReason("metadata.wrong", "the peer sent a list of files that is not the torrent's");
            host.ban(peer.address().host(), lie.rule(), lie.sentence());
            open().filter(other -> other.address().host().equals(peer.address().host())).forEach(other -> other.link().close(lie));
        }, loop);
    }

    private boolean isRight(byte[] info) {
        return MessageDigest.isEqual(Digests.sha1().get().digest(info), hash.bytes());
    }

    void closed(MetadataPeer peer, CloseReason reason) {
        peers.remove(peer);
        if (!peer.isOpen()) {
            host.unreached(peer.address(), reason);
        }
        long now = System.nanoTime();
        boolean useless = reason.rule().startsWith("metadata.");
        contacts.ended(peer, reason, now, peer.isOpen() && !useless);
        if (reason.rule().startsWith("wire.") && running) {
            host.ban(peer.address().host(), reason.rule(), reason.sentence());
        }
        askMore();
    }

    /** What the library allows has changed: ends connections that may not stay. */
    public void review() {
        open().filter(peer -> !host.mayStay(peer.address().host(), peer.link().security())).forEach(peer -> peer.link().abort(Swarm.NOT_ALLOWED));
    }

    /** Ends the connections with these addresses. */
    public void shutOut(Predicate<InetAddress> unwelcome) {
        open().filter(peer -> unwelcome.test(peer.address().host())).forEach(peer -> peer.link().close(Swarm.NOT_ALLOWED));
    }

    /** Ends the connections that are secured like this. */
    public void drop(Predicate<LinkSecurity> unwanted) {
        open().filter(peer -> unwanted.test(peer.link().security())).forEach(peer -> peer.link().close(Swarm.NOT_TRUSTED));
    }

    /** How each open connection is secured. */
    public List<LinkSecurity> securities() {
        return open().map(peer -> peer.link().security()).toList();
    }

    public int connectedPeers() {
        return (int) open().count();
    }

    public int connectedFrom(InetAddress from) {
        return (int) open().filter(peer -> peer.address().host().equals(from)).count();
    }

    public int knownPeers() {
        return contacts.known();
    }

    /** How far it has come with the best of its peers, 0..1. */
    public double progress() {
        return open().mapToDouble(MetadataPeer::progress).max().orElse(0);
    }

    public List<PeerSnapshot> peerSnapshots() {
        return open().map(peer -> {
            PeerSource source = contacts.source(peer);
            LinkSecurity security = peer.link().security();
            return new PeerSnapshot(peer.address().toString(), peer.client(), peer.link().incoming(), 0, 0, 0, 0, 0,
                    peer.link().incoming() ? "I" : "", host.nameOf(security), security.isTls(), PeerRow.kind(security), source);
        }).toList();
    }

    private Stream<MetadataPeer> open() {
        return List.copyOf(peers).stream().filter(peer -> peer.isOpen() && peer.link().open());
    }
}
