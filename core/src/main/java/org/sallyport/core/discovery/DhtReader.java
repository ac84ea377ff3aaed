package org.sallyport.core.discovery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.metainfo.BencodeList;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

/** A packet of a stranger becomes a {@link DhtMessage} or nothing. Pure. */
final class DhtReader {
    /** More than fits one packet on the internet; what others put there besides (BEP 33, 44) fits, too. */
    static final BencodeLimits LIMITS = new BencodeLimits(2048, 8, 1024, 2048, 64);
    static final int MAX_NODES = 16;
    static final int MAX_PEERS = 100;
    private static final int MAX_TRANSACTION = 32;
    private static final int MAX_TOKEN = 64;
    private static final NodeId NOWHERE = new NodeId(0, 0, 0);

    private DhtReader() { }

    /** @return empty for what is no message, or lacks what it needs */
    static Optional<DhtMessage> read(byte[] packet) {
        try {
            BencodeDict message = Bencode.decodeDict(packet, LIMITS);
            Optional<Bytes> transaction = string(message, "t", MAX_TRANSACTION).filter(t -> t.length() > 0);
            return transaction.flatMap(t -> switch (message.text("y", "")) {
                case "q" -> query(t, message);
                case "r" -> answer(t, message);
                case "e" -> Optional.<DhtMessage>of(new DhtMessage.Fault(t));
                default -> Optional.<DhtMessage>empty();
            });
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static Optional<DhtMessage> query(Bytes transaction, BencodeDict message) {
        Optional<BencodeDict> arguments = message.dict("a");
        Optional<NodeId> from = arguments.flatMap(a -> id(a, "id"));
        if (from.isEmpty()) {
            return Optional.empty();
        }
        BencodeDict a = arguments.get();
        DhtMessage.Method method = switch (message.text("q", "")) {
            case "ping" -> DhtMessage.Method.PING;
            case "find_node" -> DhtMessage.Method.FIND_NODE;
            case "get_peers" -> DhtMessage.Method.GET_PEERS;
            case "announce_peer" -> DhtMessage.Method.ANNOUNCE_PEER;
            default -> DhtMessage.Method.OTHER;
        };
        Optional<NodeId> target = switch (method) {
            case FIND_NODE -> id(a, "target");
            case GET_PEERS, ANNOUNCE_PEER -> id(a, "info_hash");
            case PING, OTHER -> Optional.of(NOWHERE);
        };
        Set<String> want = texts(a, "want");
        long port = a.integer("implied_port").orElse(0) != 0 ? 0 : a.integer("port").orElse(-1);
        Optional<Bytes> token = string(a, "token", MAX_TOKEN);
        boolean announces = method == DhtMessage.Method.ANNOUNCE_PEER;
        if (target.isEmpty() || announces && (token.isEmpty() || port < 0 || port > 65_535)) {
            return Optional.empty();
        }
        return Optional.of(new DhtMessage.Query(transaction, method, from.get(), target.get(), want.contains("n4"), want.contains("n6"),
                announces ? (int) port : 0, token.orElse(Bytes.EMPTY), message.integer("ro").orElse(0) == 1));
    }

    private static Optional<DhtMessage> answer(Bytes transaction, BencodeDict message) {
        return message.dict("r").flatMap(r -> id(r, "id").map(from -> {
            List<NodeContact> nodes = new ArrayList<>();
            r.bytes("nodes").ifPresent(raw -> nodes.addAll(CompactNodes.nodes(raw, false, MAX_NODES)));
            r.bytes("nodes6").ifPresent(raw -> nodes.addAll(CompactNodes.nodes(raw, true, MAX_NODES)));
            return new DhtMessage.Answer(transaction, from, nodes, r.list("values").map(DhtReader::peers).orElse(List.of()),
                    string(r, "token", MAX_TOKEN).orElse(Bytes.EMPTY), message.bytes("ip").flatMap(CompactNodes::address));
        }));
    }

    private static List<PeerAddress> peers(BencodeList values) {
        Set<PeerAddress> peers = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(values.size(), MAX_PEERS); i++) {
            values.bytes(i).flatMap(CompactNodes::address).ifPresent(peers::add);
        }
        return List.copyOf(peers);
    }

    private static Set<String> texts(BencodeDict dict, String key) {
        Set<String> texts = new LinkedHashSet<>();
        dict.list(key).ifPresent(list -> {
            for (int i = 0; i < Math.min(list.size(), 4); i++) {
                texts.add(list.text(i, ""));
            }
        });
        return texts;
    }

    private static Optional<NodeId> id(BencodeDict dict, String key) {
        return dict.bytes(key).filter(raw -> raw.length == NodeId.BYTES).map(NodeId::of);
    }

    private static Optional<Bytes> string(BencodeDict dict, String key, int most) {
        return dict.bytes(key).filter(raw -> raw.length <= most).map(Bytes::copyOf);
    }
}
