package org.sallyport.core.swarm;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExchangeMessage;
import org.sallyport.core.wire.ExchangeMessage.Told;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.WireViolation;

/** Peers of one torrent tell each other of peers (BEP 11): never of a private torrent, and never of devices. Network thread only. */
final class PeerExchange {
    static final String NAME = "ut_pex";
    static final long PERIOD = TimeUnit.SECONDS.toNanos(60);
    /** Clients send once a minute, more or less. */
    private static final long TOO_SOON = TimeUnit.SECONDS.toNanos(45);
    private static final int MAX_TOO_SOON = 10;
    private static final int MOST = 50;
    private static final int MOST_AT_FIRST = 200;
    private static final int MOST_OF_ONE_PEER = 500;

    private final SwarmHost host;
    private final Contacts contacts;
    private final OwnAddress own;
    private final boolean privateTorrent;
    private final Map<Peer, Talk> talks = new HashMap<>();

    PeerExchange(SwarmHost host, Contacts contacts, OwnAddress own, boolean privateTorrent) {
        this.host = host;
        this.contacts = contacts;
        this.own = own;
        this.privateTorrent = privateTorrent;
    }

    /** Private torrents find peers by their tracker only (BEP 27). */
    boolean allowed() {
        return !privateTorrent && host.exchangesPeers();
    }

    Extension with(Peer peer) {
        Talk talk = new Talk(peer);
        talks.put(peer, talk);
        return talk;
    }

    void ended(Peer peer) {
        talks.remove(peer);
    }

    /** Once a second. */
    void tick(List<Peer> peers, long now) {
        if (!allowed()) {
            return;
        }
        Map<PeerAddress, Told> connected = new LinkedHashMap<>();
        for (Peer peer : peers) {
            if (peer.isOpen() && peer.listens() && !peer.link().security().isTls()) {
                connected.put(peer.address(), new Told(peer.address(), flags(peer)));
            }
        }
        talks.values().forEach(talk -> talk.tell(connected, now));
    }

    private static int flags(Peer peer) {
        return (peer.link().security() instanceof LinkSecurity.Obfuscated ? Told.PREFERS_ENCRYPTION : 0)
                | (peer.seeksNothing() ? Told.SEED : 0) | (peer.link().incoming() ? 0 : Told.REACHABLE);
    }

    private boolean isOurs(PeerAddress address) {
        if (address.port() != host.listenPort()) {
            return false;
        }
        try {
            // 127.0.0.2 is this computer, too, though no interface says so
            return own.is(address.host()) || address.host().isLoopbackAddress() || NetworkInterface.getByInetAddress(address.host()) != null;
        } catch (SocketException e) {
            return true; // rather one peer less
        }
    }

    /** With one peer. */
    private final class Talk implements Extension {
        private final Peer peer;
        private int theirId;
        private final Set<PeerAddress> knownThere = new HashSet<>();
        private boolean hasTold;
        private long lastTold;
        private final Set<PeerAddress> learned = new HashSet<>();
        private boolean hasHeard;
        private long lastHeard;
        private int tooSoon;
        private int taken;

        Talk(Peer peer) {
            this.peer = peer;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void introduced(PeerLink link, ExtendedHandshake theirs) {
            theirId = theirs.extensions().getOrDefault(NAME, theirId); // news in a later handshake need not tell the rest (BEP 10)
        }

        @Override
        public void heard(PeerLink link, byte[] payload) throws WireViolation {
            long now = System.nanoTime();
            if (!allowed()) {
                return; // it was when the peer was told that it may
            }
            if (hasHeard && now - lastHeard < TOO_SOON) {
                if (++tooSoon > MAX_TOO_SOON) {
                    throw new WireViolation("wire.exchange-often", "told of peers more than once a minute, again and again");
                }
                return;
            }
            ExchangeMessage message = ExchangeMessage.decode(payload);
            int most = Math.min(hasHeard ? MOST : MOST_AT_FIRST, MOST_OF_ONE_PEER - taken);
            hasHeard = true;
            lastHeard = now;
            tooSoon = Math.max(0, tooSoon - 1);
            message.added().stream().map(Told::address).limit(Math.max(0, most)).forEach(address -> learn(address, now));
            for (PeerAddress address : message.dropped()) {
                if (learned.remove(address)) {
                    contacts.forget(address);
                }
            }
            swarmShouldDial(now);
        }

        private void learn(PeerAddress address, long now) {
            taken++;
            if (Tellable.between(address, peer.address().host()) && !isOurs(address) && contacts.told(address, now)) {
                learned.add(address);
            }
        }

        private void swarmShouldDial(long now) {
            peer.swarm().dial(now);
        }

        private void tell(Map<PeerAddress, Told> connected, long now) {
            if (theirId == 0 || !peer.isOpen() || !peer.link().open() || hasTold && now - lastTold < PERIOD) {
                return;
            }
            List<Told> added = new ArrayList<>();
            for (Told told : connected.values()) {
                boolean itself = told.address().equals(peer.address());
                if (added.size() < MOST && !itself && Tellable.between(told.address(), peer.address().host()) && knownThere.add(told.address())) {
                    added.add(told);
                }
            }
            List<PeerAddress> dropped = knownThere.stream().filter(address -> !connected.containsKey(address)).limit(MOST).toList();
            if (!added.isEmpty() || !dropped.isEmpty()) {
                knownThere.removeAll(Set.copyOf(dropped));
                hasTold = true;
                lastTold = now;
                peer.link().extended(theirId, new ExchangeMessage(added, dropped).encode());
            }
        }
    }
}
