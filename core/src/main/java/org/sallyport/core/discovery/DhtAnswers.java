package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/**
 * Answers the questions of strangers. Whoever has not shown that he is where he says gets at most three times the bytes of his question, so
 * that nobody makes us send much to somebody else. Nothing is kept of who asks but what he announces with a good token. Network thread only.
 */
final class DhtAnswers {
    /** Fits any packet, with the headers of a tunnel. */
    static final int MAX_ANSWER = 1_200;
    static final int AMPLIFICATION = 3;
    private static final int MAX_PEERS = 50;
    /** Key, colons and lengths around a list of nodes or peers. */
    private static final int LIST_OVERHEAD = 13;
    private static final int PEER_OVERHEAD = 3;

    private final DhtFamily four;
    private final DhtFamily six;
    private final DhtTokens tokens;
    private final PeerStore store;
    private final Random random;

    DhtAnswers(DhtFamily four, DhtFamily six, DhtTokens tokens, PeerStore store, Random random) {
        this.four = four;
        this.six = six;
        this.tokens = tokens;
        this.store = store;
        this.random = random;
    }

    /** @param room bytes that may be sent to whoever asks @return empty when no answer fits */
    Bytes answer(DhtMessage.Query query, PeerAddress from, int room, long now) {
        byte[] made = switch (query.method()) {
            case PING -> write(query, from, DhtWriter.Content.NONE);
            case FIND_NODE -> write(query, from, nodes(query, from, room(query, from, DhtWriter.Content.NONE, room)));
            case GET_PEERS -> write(query, from, peers(query, from, room, now));
            case ANNOUNCE_PEER -> announced(query, from, now);
            case OTHER -> DhtWriter.fault(query.transaction(), DhtWriter.METHOD_UNKNOWN, "Method Unknown");
        };
        return made.length > room ? Bytes.EMPTY : Bytes.copyOf(made);
    }

    private byte[] write(DhtMessage.Query query, PeerAddress to, DhtWriter.Content content) {
        return DhtWriter.answer(query.transaction(), (CompactNodes.isIpv6(to) ? six : four).self(), to, content);
    }

    private int room(DhtMessage.Query query, PeerAddress to, DhtWriter.Content content, int room) {
        return room - write(query, to, content).length;
    }

    private DhtWriter.Content nodes(DhtMessage.Query query, PeerAddress from, int room) {
        boolean said = query.want4() || query.want6();
        boolean wants4 = said ? query.want4() : !CompactNodes.isIpv6(from);
        boolean wants6 = said ? query.want6() : CompactNodes.isIpv6(from);
        List<NodeContact> nodes4 = wants4 ? closest(four, query.target(), from.host(), wants6 ? room / 2 : room) : List.of();
        List<NodeContact> nodes6 = wants6 ? closest(six, query.target(), from.host(), wants4 ? room / 2 : room) : List.of();
        return new DhtWriter.Content(nodes4, nodes6, List.of(), Bytes.EMPTY);
    }

    private static List<NodeContact> closest(DhtFamily family, NodeId target, InetAddress asker, int room) {
        int each = NodeId.BYTES + CompactNodes.addressBytes(family.ipv6);
        int most = Math.min(RoutingTable.BUCKET, (room - LIST_OVERHEAD) / each);
        return family.table().closest(target, 2 * RoutingTable.BUCKET).stream()
                .filter(node -> CompactNodes.mayName(asker, node.address())).limit(Math.max(0, most)).toList();
    }

    private DhtWriter.Content peers(DhtMessage.Query query, PeerAddress from, int room, long now) {
        Bytes token = tokens.give(from.host(), query.target(), now);
        int left = room(query, from, new DhtWriter.Content(List.of(), List.of(), List.of(), token), room);
        boolean ipv6 = CompactNodes.isIpv6(from);
        int each = CompactNodes.addressBytes(ipv6) + PEER_OVERHEAD;
        // half for peers, half for the way to those who know more
        int most = Math.min(MAX_PEERS, (left / 2 - LIST_OVERHEAD) / each);
        List<PeerAddress> peers = store.some(query.target(), ipv6, from.host(), most, random);
        int taken = peers.isEmpty() ? 0 : LIST_OVERHEAD + peers.size() * each;
        DhtWriter.Content nodes = nodes(query, from, left - taken);
        return new DhtWriter.Content(nodes.nodes4(), nodes.nodes6(), peers, token);
    }

    private byte[] announced(DhtMessage.Query query, PeerAddress from, long now) {
        if (!tokens.isGood(query.token(), from.host(), query.target(), now)) {
            return DhtWriter.fault(query.transaction(), DhtWriter.PROTOCOL_ERROR, "Bad Token");
        }
        PeerAddress peer = new PeerAddress(from.host(), query.port() == 0 ? from.port() : query.port());
        if (CompactNodes.isPossible(peer)) {
            store.add(query.target(), peer, now);
        }
        return write(query, from, DhtWriter.Content.NONE);
    }
}
