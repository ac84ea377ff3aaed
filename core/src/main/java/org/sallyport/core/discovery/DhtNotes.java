package org.sallyport.core.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.model.RefusedException;

/**
 * What is kept of the DHT from one run to the next: our ids, and nodes to begin with. It is as little trusted as what a stranger says.
 *
 * @param nodes of both families
 */
record DhtNotes(Optional<NodeId> self4, Optional<NodeId> self6, List<NodeContact> nodes) {
    static final DhtNotes NONE = new DhtNotes(Optional.empty(), Optional.empty(), List.of());
    private static final int MOST = 200;
    private static final BencodeLimits LIMITS = new BencodeLimits(Dht.MAX_SAVED_BYTES, 2, 64, Dht.MAX_SAVED_BYTES, 16);

    /** What cannot be read is nothing. */
    static DhtNotes read(byte[] saved) {
        try {
            BencodeDict dict = Bencode.decodeDict(saved, LIMITS);
            List<NodeContact> nodes = new ArrayList<>(CompactNodes.nodes(dict.bytes("nodes").orElse(new byte[0]), false, MOST));
            nodes.addAll(CompactNodes.nodes(dict.bytes("nodes6").orElse(new byte[0]), true, MOST));
            nodes.removeIf(node -> !CompactNodes.isPossible(node.address()));
            return new DhtNotes(id(dict, "id"), id(dict, "id6"), List.copyOf(nodes));
        } catch (RefusedException e) {
            return NONE;
        }
    }

    private static Optional<NodeId> id(BencodeDict dict, String key) {
        return dict.bytes(key).filter(raw -> raw.length == NodeId.BYTES).map(NodeId::of);
    }

    static byte[] write(DhtFamily four, DhtFamily six) {
        return Bencode.encode(Map.of("id", four.self().bytes(), "id6", six.self().bytes(),
                "nodes", nodes(four), "nodes6", nodes(six)));
    }

    private static byte[] nodes(DhtFamily family) {
        List<NodeContact> proven = family.table().proven();
        return CompactNodes.write(proven.subList(0, Math.min(MOST, proven.size())));
    }
}
