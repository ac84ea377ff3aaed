package org.sallyport.core.discovery;

import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** One message of the DHT (BEP 5), its fields checked; read by {@link DhtReader}. */
sealed interface DhtMessage permits DhtMessage.Query, DhtMessage.Answer, DhtMessage.Fault {

    /** Chosen by whoever asks; 1..32 bytes. */
    Bytes transaction();

    enum Method { PING, FIND_NODE, GET_PEERS, ANNOUNCE_PEER, OTHER }

    /**
     * @param target   of {@code find_node}; the info-hash of {@code get_peers} and {@code announce_peer}; else all zero
     * @param want4    nodes of IPv4 are asked for (BEP 32); @param want6 of IPv6; neither if it was not said
     * @param port     of {@code announce_peer}, 0 for the one the question came from
     * @param token    of {@code announce_peer}
     * @param readOnly whoever asks answers nobody (BEP 43)
     */
    record Query(Bytes transaction, Method method, NodeId from, NodeId target, boolean want4, boolean want6, int port, Bytes token, boolean readOnly)
            implements DhtMessage { }

    /**
     * @param nodes of both families, at most 16 of each
     * @param token empty if there is none
     * @param seen  our own address, as whoever answers sees it (BEP 42)
     */
    record Answer(Bytes transaction, NodeId from, List<NodeContact> nodes, List<PeerAddress> peers, Bytes token, Optional<PeerAddress> seen)
            implements DhtMessage {
        public Answer {
            nodes = List.copyOf(nodes);
            peers = List.copyOf(peers);
        }
    }

    /** The question was not understood, or not answered. */
    record Fault(Bytes transaction) implements DhtMessage { }
}
