package org.sallyport.core.discovery;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/**
 * What is said in the own network, and when (BEP 14): each torrent every five minutes, at first also after one, for a datagram can get lost and
 * Transmission hears nothing in its first seconds; nothing more often than once a minute, at most {@value #MAX_HASHES} torrents at a time, new ones
 * first. Whoever is not in the own network is not listened to, nor we ourselves. Network loop only.
 */
public final class LocalSearch {
    static final Duration EACH = Duration.ofMinutes(5);
    static final Duration BETWEEN = Duration.ofMinutes(1);
    static final int MAX_HASHES = 100;
    /** Fits a datagram that no network takes apart. */
    static final int HASHES_PER_MESSAGE = 20;

    private static final String GREETING = "BT-SEARCH * HTTP/1.1";
    private static final String HOST = "239.192.152.143:6771";
    private static final int MAX_BYTES = 1400;
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private final InstantSource time;
    private final String cookie;
    private final Map<InfoHash, Instant> sayAgain = new HashMap<>();
    private Instant spoke = Instant.MIN;


    /** Somebody there has these torrents, or wants them. */
    public record Found(PeerAddress address, Set<InfoHash> hashes) {
        public Found {
            hashes = Set.copyOf(hashes);
        }
    }

    public LocalSearch(RandomGenerator random) {
        this(new SteadyTime(), random);
    }

    LocalSearch(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.cookie = String.format("%08x", random.nextInt());
    }

    /**
     * What to say now, one datagram each; none when it is not yet time.
     * @param torrents that strangers may hear of
     * @param port     where we listen; 0 for nowhere, and then there is nothing to say
     */
    public List<ByteBuffer> due(Collection<InfoHash> torrents, int port) {
        sayAgain.keySet().retainAll(Set.copyOf(torrents));
        Instant now = time.instant();
        if (port == 0 || !spoke.equals(Instant.MIN) && now.isBefore(spoke.plus(BETWEEN))) {
            return List.of();
        }
        List<InfoHash> due = torrents.stream().filter(hash -> hash.hex().length() == 40)
                .filter(hash -> !now.isBefore(sayAgain.getOrDefault(hash, now)))
                .sorted(Comparator.comparing(sayAgain::containsKey)).limit(MAX_HASHES).toList();
        List<ByteBuffer> messages = new ArrayList<>();
        for (int at = 0; at < due.size(); at += HASHES_PER_MESSAGE) {
            messages.add(message(due.subList(at, Math.min(due.size(), at + HASHES_PER_MESSAGE)), port));
        }
        due.forEach(hash -> sayAgain.put(hash, now.plus(sayAgain.containsKey(hash) ? EACH : BETWEEN)));
        if (!due.isEmpty()) {
            spoke = now;
        }
        return messages;
    }

    private ByteBuffer message(List<InfoHash> hashes, int port) {
        StringBuilder text = new StringBuilder(GREETING).append("\r\nHost: ").append(HOST).append("\r\nPort: ").append(port).append("\r\n");
        hashes.forEach(hash -> text.append("Infohash: ").append(hash.hex()).append("\r\n"));
        text.append("cookie: ").append(cookie).append("\r\n\r\n\r\n");
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** @return who speaks and of what; empty if it is us, somebody from outside, or nothing that can be understood */
    public Optional<Found> read(ByteBuffer message, InetSocketAddress from) {
        AddressScope scope = AddressScope.of(from.getAddress());
        if (message.remaining() > MAX_BYTES || scope == AddressScope.GLOBAL || from.getAddress().isMulticastAddress()) {
            return Optional.empty();
        }
        String[] lines = StandardCharsets.ISO_8859_1.decode(message).toString().split("\r\n");
        if (lines.length == 0 || !lines[0].equals(GREETING)) {
            return Optional.empty();
        }
        int port = 0;
        Set<InfoHash> hashes = new LinkedHashSet<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("cookie") && value.equals(cookie)) {
                return Optional.empty();
            } else if (name.equalsIgnoreCase("Port")) {
                port = PORT.matcher(value).matches() ? Integer.parseInt(value) : 0;
            } else if (name.equalsIgnoreCase("Infohash") && HASH.matcher(value).matches()) {
                hashes.add(InfoHash.parse(value));
            }
        }
        return hashes.isEmpty() || port < 1 || port > 65535 ? Optional.empty()
                : Optional.of(new Found(new PeerAddress(from.getAddress(), port), hashes));
    }
}
