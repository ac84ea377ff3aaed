package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hc.core5.net.InetAddressUtils;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.metainfo.BencodeList;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;

/** Reads the bencoded answers of a tracker. Pure; whatever the bytes are, the answer or a {@link TrackerException} comes out. */
final class TrackerReply {
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(30);
    private static final int MAX_TEXT = 200;
    private static final int MAX_TRACKER_ID = 256;
    private static final int HASH_BYTES = 20;
    private static final int PORT_BYTES = 2;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private TrackerReply() { }

    static AnnounceResponse announce(Bytes body) throws TrackerException {
        BencodeDict answer = dictionary(body);
        Duration minInterval = clamp(answer.integer("min interval"), AnnounceResponse.SHORTEST_INTERVAL);
        Duration interval = clamp(answer.integer("interval"), DEFAULT_INTERVAL);
        return new AnnounceResponse(
                peers(answer), interval.compareTo(minInterval) < 0 ? minInterval : interval,
                count(answer, "complete"), count(answer, "incomplete"), count(answer, "downloaded"),
                shown(answer.text("warning message", "")), minInterval, trackerId(answer));
    }

    static ScrapeResponse scrape(Bytes body, InfoHash hash) throws TrackerException {
        // keys of "files" are raw hashes, carried as ISO-8859-1
        String key = new String(Arrays.copyOf(hash.bytes(), HASH_BYTES), StandardCharsets.ISO_8859_1);
        BencodeDict torrent = dictionary(body).dict("files").flatMap(files -> files.dict(key))
                .orElseThrow(() -> new TrackerException("The tracker does not know this torrent."));
        return new ScrapeResponse(count(torrent, "complete"), count(torrent, "incomplete"), count(torrent, "downloaded"));
    }

    /** The tracker's own reason in an answer with an HTTP error status, if it is one it meant for us. */
    static Optional<String> failureReason(Bytes body) {
        try {
            BencodeDict answer = Bencode.decodeDict(body.toArray(), BencodeLimits.TRACKER);
            return answer.bytes("failure reason").map(ignored -> shown(answer.text("failure reason", "")));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static BencodeDict dictionary(Bytes body) throws TrackerException {
        BencodeDict answer;
        try {
            answer = Bencode.decodeDict(body.toArray(), BencodeLimits.TRACKER);
        } catch (RefusedException e) {
            throw new TrackerException(new Refusal("discovery.reply",
                    "The answer is not one a tracker gives, so it was not used. Check that the address is really a tracker."), e);
        }
        if (answer.bytes("failure reason").isPresent()) {
            throw saidNo(shown(answer.text("failure reason", "")));
        }
        return answer;
    }

    static TrackerException saidNo(String reason) {
        return new TrackerException("The tracker said no: " + (reason.isBlank() ? "it gave no reason." : reason));
    }

    private static Duration clamp(OptionalLong seconds, Duration otherwise) {
        if (seconds.isEmpty()) {
            return otherwise;
        }
        long shortest = AnnounceResponse.SHORTEST_INTERVAL.toSeconds();
        long longest = AnnounceResponse.LONGEST_INTERVAL.toSeconds();
        return Duration.ofSeconds(Math.max(shortest, Math.min(longest, seconds.getAsLong())));
    }

    private static int count(BencodeDict dict, String key) {
        long value = dict.integer(key).orElse(-1);
        return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, value));
    }

    private static String trackerId(BencodeDict answer) {
        return answer.bytes("tracker id").filter(id -> id.length <= MAX_TRACKER_ID)
                .map(id -> new String(id, StandardCharsets.ISO_8859_1)).orElse("");
    }

    private static List<PeerAddress> peers(BencodeDict answer) {
        Set<PeerAddress> found = new LinkedHashSet<>();
        answer.bytes("peers").ifPresent(compact -> addCompact(compact, IPV4_BYTES, found));
        answer.list("peers").ifPresent(list -> addListed(list, found));
        answer.bytes("peers6").ifPresent(compact -> addCompact(compact, IPV6_BYTES, found));
        List<PeerAddress> taken = new ArrayList<>(found);
        return taken.subList(0, Math.min(taken.size(), AnnounceResponse.MAX_PEERS));
    }

    /** The peers of an answer by UDP (BEP 15): all of the family of the tracker's own address. */
    static List<PeerAddress> compactPeers(byte[] compact, boolean ipv6) {
        Set<PeerAddress> found = new LinkedHashSet<>();
        addCompact(compact, ipv6 ? IPV6_BYTES : IPV4_BYTES, found);
        return List.copyOf(found);
    }

    /** BEP 23 and BEP 7: address and port, big-endian, without gaps. Bytes after the last whole entry are ignored. */
    private static void addCompact(byte[] compact, int addressBytes, Set<PeerAddress> found) {
        int entry = addressBytes + PORT_BYTES;
        for (int at = 0; at + entry <= compact.length && found.size() < AnnounceResponse.MAX_PEERS; at += entry) {
            int port = (compact[at + addressBytes] & 0xff) << 8 | compact[at + addressBytes + 1] & 0xff;
            add(Arrays.copyOfRange(compact, at, at + addressBytes), port, found);
        }
    }

    private static void add(byte[] address, int port, Set<PeerAddress> found) {
        try {
            add(InetAddress.getByAddress(address), port, found);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }

    /** BEP 3: a list of dictionaries. A host name is never looked up: a tracker must not make us ask the name servers. */
    private static void addListed(BencodeList list, Set<PeerAddress> found) {
        for (int i = 0; i < list.size() && found.size() < AnnounceResponse.MAX_PEERS; i++) {
            list.dict(i).ifPresent(peer -> {
                String ip = peer.text("ip", "");
                long port = peer.integer("port").orElse(0);
                literal(ip).ifPresent(host -> add(host, port, found));
            });
        }
    }

    private static Optional<InetAddress> literal(String ip) {
        if (!InetAddressUtils.isIPv4(ip) && !InetAddressUtils.isIPv6(ip)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(ip));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static void add(InetAddress host, long port, Set<PeerAddress> found) {
        if (port >= 1 && port <= 65535 && !host.isAnyLocalAddress() && !host.isMulticastAddress()) {
            found.add(new PeerAddress(host, (int) port));
        }
    }

    /** What a stranger wrote, made safe for a table and a terminal: one line, no control or direction marks, bounded. */
    static String shown(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(MAX_TEXT).forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> safe.append(' ');
                case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> { }
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString().strip();
    }
}
