package org.sallyport.core.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;

/**
 * Message 0 of the extension protocol (BEP 10).
 *
 * @param client       {@code v}; empty when not told, at most 64 printable characters
 * @param requestQueue {@code reqq}: block requests the peer keeps, 1..5000
 * @param port         {@code p}: where it listens; 0 when not told
 * @param metadataSize {@code metadata_size} (BEP 9), at most that of a torrent file; 0 when not told
 * @param extensions   {@code m}: name to id, only ids 1..255
 * @param uploadOnly   {@code upload_only} (BEP 21): it wants nothing more
 * @param yourIp       {@code yourip} (BEP 24): our address as the peer sees it, 4 or 16 bytes; empty when not told. Anybody can say anything
 */
public record ExtendedHandshake(String client, int requestQueue, int port, int metadataSize, Map<String, Integer> extensions,
        boolean uploadOnly, Bytes yourIp) {
    /** What libtorrent and Transmission assume when {@code reqq} is missing. */
    public static final int DEFAULT_REQUEST_QUEUE = 250;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAX_REQUEST_QUEUE = 5000;
    /** What we read from a file, a peer may have too: a smaller bound would ban it for telling the truth. */
    private static final int MAX_METADATA = BencodeLimits.TORRENT.bytes();

    public ExtendedHandshake {
        extensions = Map.copyOf(extensions);
    }

    /** Of one who wants something, and says nothing of our address. */
    public ExtendedHandshake(String client, int requestQueue, int port, int metadataSize, Map<String, Integer> extensions) {
        this(client, requestQueue, port, metadataSize, extensions, false, Bytes.EMPTY);
    }

    /** @throws WireViolation if it is not a dictionary within the limits for peers, or a number makes no sense */
    public static ExtendedHandshake decode(byte[] payload) throws WireViolation {
        BencodeDict dict;
        try {
            dict = Bencode.decodeDict(payload, BencodeLimits.PEER);
        } catch (RefusedException e) {
            throw new WireViolation("wire.extended-handshake", "sent a broken extended handshake (" + e.refusal().rule() + ")");
        }
        Map<String, Integer> extensions = new LinkedHashMap<>();
        dict.dict("m").ifPresent(m -> {
            for (String name : m.keys()) {
                long id = m.integer(name).orElse(0);
                if (id >= 1 && id <= 255) {
                    extensions.put(name, (int) id);
                }
            }
        });
        long size = dict.integer("metadata_size").orElse(0);
        if (size < 0 || size > MAX_METADATA) {
            throw new WireViolation("wire.metadata-size", "says its metadata has " + size + " bytes");
        }
        long queue = dict.integer("reqq").orElse(DEFAULT_REQUEST_QUEUE);
        long port = dict.integer("p").orElse(0);
        return new ExtendedHandshake(
                PeerNames.printable(dict.text("v", "")),
                (int) Math.max(1, Math.min(queue, MAX_REQUEST_QUEUE)),
                port >= 1 && port <= 65535 ? (int) port : 0, (int) size, extensions,
                dict.integer("upload_only").orElse(0) == 1, address(dict.bytes("yourip").orElse(new byte[0])));
    }

    private static Bytes address(byte[] told) {
        return told.length == IPV4_BYTES || told.length == IPV6_BYTES ? Bytes.copyOf(told) : Bytes.EMPTY;
    }

    public byte[] encode() {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("m", extensions);
        dict.put("reqq", (long) requestQueue);
        dict.put("v", client);
        if (port > 0) {
            dict.put("p", (long) port);
        }
        if (uploadOnly) {
            dict.put("upload_only", 1L);
        }
        if (!yourIp.equals(Bytes.EMPTY)) {
            dict.put("yourip", yourIp.toArray());
        }
        if (metadataSize > 0) {
            dict.put("metadata_size", (long) metadataSize);
        }
        return Bencode.encode(dict);
    }
}
