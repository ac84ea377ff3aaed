package org.sallyport.core.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** Writes the messages of the DHT (BEP 5, 32, 42, 43). Pure. */
final class DhtWriter {
    private static final byte[] VERSION = {'S', 'P', 0, 1};
    static final int PROTOCOL_ERROR = 203;
    static final int METHOD_UNKNOWN = 204;

    private DhtWriter() { }

    /** Who asks. @param readOnly answers nobody, and is not to be kept (BEP 43) */
    record Self(NodeId id, boolean readOnly) { }

    static byte[] ping(Bytes transaction, Self self) {
        return query(transaction, self, "ping", new HashMap<>());
    }

    /** @param bothFamilies nodes of IPv4 and IPv6 are wanted, not only of the one that is asked over */
    static byte[] findNode(Bytes transaction, Self self, NodeId target, boolean bothFamilies) {
        Map<String, Object> arguments = new HashMap<>(Map.of("target", target.bytes()));
        if (bothFamilies) {
            arguments.put("want", List.of("n4", "n6"));
        }
        return query(transaction, self, "find_node", arguments);
    }

    static byte[] getPeers(Bytes transaction, Self self, NodeId hash) {
        return query(transaction, self, "get_peers", new HashMap<>(Map.of("info_hash", hash.bytes())));
    }

    /** The port is named twice: behind a router it is the one the packet comes from, for those who understand that. */
    static byte[] announcePeer(Bytes transaction, Self self, NodeId hash, int port, Bytes token) {
        return query(transaction, self, "announce_peer",
                new HashMap<>(Map.of("info_hash", hash.bytes(), "implied_port", 1, "port", port, "token", token)));
    }

    private static byte[] query(Bytes transaction, Self self, String method, Map<String, Object> arguments) {
        arguments.put("id", self.id().bytes());
        Map<String, Object> message = new HashMap<>(Map.of("t", transaction, "y", "q", "q", method, "a", arguments, "v", VERSION));
        if (self.readOnly()) {
            message.put("ro", 1);
        }
        return Bencode.encode(message);
    }

    /** What an answer carries besides the id. @param token empty for none */
    record Content(List<NodeContact> nodes4, List<NodeContact> nodes6, List<PeerAddress> peers, Bytes token) {
        static final Content NONE = new Content(List.of(), List.of(), List.of(), Bytes.EMPTY);
    }

    static byte[] answer(Bytes transaction, NodeId self, PeerAddress to, Content content) {
        Map<String, Object> r = new HashMap<>(Map.of("id", self.bytes()));
        if (!content.nodes4().isEmpty()) {
            r.put("nodes", CompactNodes.write(content.nodes4()));
        }
        if (!content.nodes6().isEmpty()) {
            r.put("nodes6", CompactNodes.write(content.nodes6()));
        }
        if (!content.peers().isEmpty()) {
            r.put("values", content.peers().stream().map(CompactNodes::write).toList());
        }
        if (content.token().length() > 0) {
            r.put("token", content.token());
        }
        return Bencode.encode(Map.of("t", transaction, "y", "r", "r", r, "ip", CompactNodes.write(to)));
    }

    static byte[] fault(Bytes transaction, int code, String text) {
        return Bencode.encode(Map.of("t", transaction, "y", "e", "e", List.of(code, text)));
    }
}
