package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** What strangers announced to us, for others to ask: bounded in every direction, and forgotten after a while. */
final class PeerStore {
    static final int MAX_HASHES = 1_000;
    static final int MAX_PEERS = 10_000;
    static final int MAX_PEERS_OF_HASH = 100;
    /** A household behind one address has a few; one stranger must not fill the store. */
    static final int MAX_OF_NETWORK = 100;
    static final int MAX_OF_HOST_AND_HASH = 8;
    /** Announced every 15 minutes or so: two may be lost. */
    static final long LIFE_MILLIS = 45 * 60_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    /** The one that was announced longest ago first. */
    private final LinkedHashMap<NodeId, LinkedHashMap<PeerAddress, Long>> hashes = new LinkedHashMap<>();
    private final Map<Bytes, Integer> ofNetwork = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    int hashes() {
        return hashes.size();
    }

    /** Keeps it, unless its address or the torrent has too many. */
    void add(NodeId hash, PeerAddress peer, long now) {
        LinkedHashMap<PeerAddress, Long> peers = hashes.remove(hash);
        if (peers == null) {
            peers = new LinkedHashMap<>();
        }
        if (peers.remove(peer) != null) {
            peers.put(peer, now);
        } else if (mayAdd(peers, peer)) {
            peers.put(peer, now);
            ofNetwork.merge(networkOf(peer.host()), 1, Integer::sum);
            size++;
        }
        if (!peers.isEmpty()) {
            hashes.put(hash, peers);
        }
        while (hashes.size() > MAX_HASHES || size > MAX_PEERS) {
            drop(hashes.keySet().iterator().next());
        }
    }

    private boolean mayAdd(Map<PeerAddress, Long> peers, PeerAddress peer) {
        return peers.size() < MAX_PEERS_OF_HASH && ofNetwork.getOrDefault(networkOf(peer.host()), 0) < MAX_OF_NETWORK
                && peers.keySet().stream().filter(other -> other.host().equals(peer.host())).count() < MAX_OF_HOST_AND_HASH;
    }

    private void drop(NodeId hash) {
        hashes.remove(hash).keySet().forEach(this::forget);
    }

    private void forget(PeerAddress peer) {
        size--;
        ofNetwork.computeIfPresent(networkOf(peer.host()), (network, count) -> count > 1 ? count - 1 : null);
    }

    /** Some of a torrent's peers, in no order. */
    List<PeerAddress> some(NodeId hash, boolean ipv6, InetAddress asker, int most, Random random) {
        List<PeerAddress> found = new ArrayList<>(hashes.getOrDefault(hash, new LinkedHashMap<>()).keySet());
        found.removeIf(peer -> CompactNodes.isIpv6(peer) != ipv6 || !CompactNodes.mayName(asker, peer));
        Collections.shuffle(found, random);
        return found.subList(0, Math.min(Math.max(0, most), found.size()));
    }

    void expire(long now) {
        for (Iterator<LinkedHashMap<PeerAddress, Long>> all = hashes.values().iterator(); all.hasNext();) {
            LinkedHashMap<PeerAddress, Long> peers = all.next();
            peers.entrySet().removeIf(entry -> {
                boolean old = now - entry.getValue() > LIFE_MILLIS;
                if (old) {
                    forget(entry.getKey());
                }
                return old;
            });
            if (peers.isEmpty()) {
                all.remove();
            }
        }
    }

    /** An IPv4 address, or the 64 bits that one house has in IPv6. */
    static Bytes networkOf(InetAddress host) {
        byte[] raw = host.getAddress();
        return Bytes.copyOf(raw.length > IPV6_NETWORK_BYTES ? Arrays.copyOf(raw, IPV6_NETWORK_BYTES) : raw);
    }
}
