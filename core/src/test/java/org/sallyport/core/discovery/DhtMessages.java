package org.sallyport.core.discovery;

import java.util.HashMap;
import java.util.Map;
import org.sallyport.core.model.InfoHash;

/** What a stranger may say to a node of the DHT. */
final class DhtMessages {
    static final byte[] ID = "abcdefghij0123456789".getBytes();

    private DhtMessages() { }

    static Map<String, Object> query(String transaction, String method, Map<String, Object> arguments) {
        return new HashMap<>(Map.of("t", transaction, "y", "q", "q", method, "a", arguments));
    }

    static Map<String, Object> ping(String transaction, byte[] id) {
        return query(transaction, "ping", Map.of("id", id));
    }

    static Map<String, Object> findNode(String transaction, byte[] id, byte[] target) {
        return query(transaction, "find_node", Map.of("id", id, "target", target));
    }

    static Map<String, Object> getPeers(String transaction, byte[] id, InfoHash hash, boolean readOnly) {
        Map<String, Object> query = query(transaction, "get_peers", Map.of("id", id, "info_hash", hash.bytes()));
        if (readOnly) {
            query.put("ro", 1);
        }
        return query;
    }

    static Map<String, Object> announce(String transaction, byte[] id, InfoHash hash, int port, byte[] token) {
        return query(transaction, "announce_peer", Map.of("id", id, "info_hash", hash.bytes(), "port", port, "token", token));
    }
}
