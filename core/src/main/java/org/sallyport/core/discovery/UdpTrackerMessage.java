package org.sallyport.core.discovery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.transport.DatagramPort;

/** The datagrams of BEP 15 and the URL of BEP 41. Pure; what a tracker sends is read without any trust. */
final class UdpTrackerMessage {
    static final int CONNECT = 0;
    static final int ANNOUNCE = 1;
    static final int SCRAPE = 2;
    static final int ERROR = 3;
    /** Action and transaction id. */
    static final int HEADER_BYTES = 8;

    private static final long PROTOCOL = 0x41727101980L;
    private static final int HASH_BYTES = 20;
    private static final int KEY_BYTES = 4;
    private static final int REQUEST_BYTES = 16;
    private static final int ANNOUNCE_BYTES = 98;
    private static final int CONNECT_REPLY_BYTES = 16;
    private static final int ANNOUNCE_REPLY_BYTES = 20;
    private static final int SCRAPE_REPLY_BYTES = 20;
    private static final int IPV4_ENTRY = 6;
    private static final int IPV6_ENTRY = 18;
    private static final byte URL_DATA = 2;
    private static final int MAX_OPTION = 255;
    // libtorrent and qBittorrent announce 1 when nothing listens: many trackers refuse 0 (arvidn/libtorrent#5315)
    private static final int NO_LISTENER_PORT = 1;

    private UdpTrackerMessage() { }

    static ByteBuffer connect(int transaction) {
        return ByteBuffer.allocate(REQUEST_BYTES).putLong(PROTOCOL).putInt(CONNECT).putInt(transaction).flip();
    }

    /** @param target as {@link UdpTrackerUrl#target} @throws TrackerException if that is too long for one datagram */
    static ByteBuffer announce(long connection, int transaction, AnnounceRequest request, String target, boolean ipv6) throws TrackerException {
        byte[] url = target.getBytes(StandardCharsets.UTF_8);
        int options = url.length + 2 * ((url.length + MAX_OPTION - 1) / MAX_OPTION);
        if (ANNOUNCE_BYTES + options > DatagramPort.MAX_SENT_BYTES) {
            throw new TrackerException("discovery.url", "The tracker's address is too long for one UDP message, so it is not used. "
                    + "Ask the maker of the torrent for another tracker.");
        }
        ByteBuffer out = ByteBuffer.allocate(ANNOUNCE_BYTES + options)
                .putLong(connection).putInt(ANNOUNCE).putInt(transaction)
                .put(hash(request.hash())).put(request.peerId().toArray())
                .putLong(request.downloaded()).putLong(request.left()).putLong(request.uploaded())
                .putInt(event(request.event()))
                .putInt(0) // our address: the one it comes from
                .put(Arrays.copyOf(request.key().toArray(), KEY_BYTES))
                .putInt(Math.min(request.numWant(), mostPeers(ipv6)))
                .putShort((short) (request.port() == 0 ? NO_LISTENER_PORT : request.port()));
        for (int at = 0; at < url.length; at += MAX_OPTION) {
            int length = Math.min(MAX_OPTION, url.length - at);
            out.put(URL_DATA).put((byte) length).put(url, at, length);
        }
        return out.flip();
    }

    static ByteBuffer scrape(long connection, int transaction, InfoHash hash) {
        return ByteBuffer.allocate(REQUEST_BYTES + HASH_BYTES).putLong(connection).putInt(SCRAPE).putInt(transaction).put(hash(hash)).flip();
    }

    /** As many as one datagram brings that we look at. */
    private static int mostPeers(boolean ipv6) {
        return (DatagramPort.MAX_RECEIVED_BYTES - ANNOUNCE_REPLY_BYTES) / (ipv6 ? IPV6_ENTRY : IPV4_ENTRY);
    }

    /** Trackers know a version 2 torrent by the first 20 bytes of its hash (BEP 52). */
    private static byte[] hash(InfoHash hash) {
        return Arrays.copyOf(hash.bytes(), HASH_BYTES);
    }

    private static int event(AnnounceEvent event) {
        return switch (event) {
            case NONE -> 0;
            case COMPLETED -> 1;
            case STARTED -> 2;
            case STOPPED -> 3;
        };
    }

    /** @return the connection id; empty when it is too short for one */
    static Optional<Long> connection(ByteBuffer reply) {
        return reply.remaining() < CONNECT_REPLY_BYTES ? Optional.empty() : Optional.of(reply.getLong(reply.position() + HEADER_BYTES));
    }

    /** @param ipv6 the tracker is at such an address, thus its peers are @return empty when it is too short */
    static Optional<AnnounceResponse> announced(ByteBuffer reply, boolean ipv6) {
        if (reply.remaining() < ANNOUNCE_REPLY_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = reply.slice();
        in.position(HEADER_BYTES);
        Duration interval = interval(in.getInt());
        int leechers = Math.max(-1, in.getInt());
        int seeds = Math.max(-1, in.getInt());
        byte[] compact = new byte[in.remaining()];
        in.get(compact);
        return Optional.of(new AnnounceResponse(TrackerReply.compactPeers(compact, ipv6), interval, seeds, leechers, -1, "",
                AnnounceResponse.SHORTEST_INTERVAL, ""));
    }

    private static Duration interval(int seconds) {
        long shortest = AnnounceResponse.SHORTEST_INTERVAL.toSeconds();
        long longest = AnnounceResponse.LONGEST_INTERVAL.toSeconds();
        return Duration.ofSeconds(Math.max(shortest, Math.min(longest, seconds)));
    }

    /** @return the numbers of the one torrent that was asked for; empty when it is too short */
    static Optional<ScrapeResponse> scraped(ByteBuffer reply) {
        if (reply.remaining() < SCRAPE_REPLY_BYTES) {
            return Optional.empty();
        }
        int at = reply.position() + HEADER_BYTES;
        return Optional.of(new ScrapeResponse(
                Math.max(-1, reply.getInt(at)), Math.max(-1, reply.getInt(at + 8)), Math.max(-1, reply.getInt(at + 4))));
    }

    /** What it says of an error, made safe to show. */
    static String error(ByteBuffer reply) {
        ByteBuffer in = reply.slice();
        in.position(HEADER_BYTES);
        return TrackerReply.shown(StandardCharsets.UTF_8.decode(in).toString());
    }
}
