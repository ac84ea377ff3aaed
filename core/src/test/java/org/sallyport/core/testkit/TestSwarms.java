package org.sallyport.core.testkit;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/** The memory of a {@link TestTracker}: peers by torrent, and the extras of its answers. Thread-safe. */
public final class TestSwarms {
    private final Map<InfoHash, Map<PeerAddress, Boolean>> members = new LinkedHashMap<>();
    private final Map<InfoHash, Integer> completed = new LinkedHashMap<>();
    private final Map<String, Object> extras = new LinkedHashMap<>();
    private boolean dictionaries;
    private boolean bare;

    public TestSwarms() {
        extras.put("interval", 1800);
    }

    public synchronized void add(InfoHash hash, PeerAddress peer, boolean seed) {
        members.computeIfAbsent(hash, h -> new LinkedHashMap<>()).put(peer, seed);
    }

    /** Empties a torrent's swarm. */
    public synchronized void forget(InfoHash hash) {
        members.remove(hash);
    }

    /** The peers of a torrent now. */
    public synchronized List<PeerAddress> peers(InfoHash hash) {
        return List.copyOf(members.getOrDefault(hash, Map.of()).keySet());
    }

    /** Sets a key of every announce answer, such as {@code interval}, {@code failure reason}, {@code tracker id}. */
    public synchronized void say(String key, Object value) {
        extras.put(key, value);
    }

    /** Leaves a key out of the answers again. */
    public synchronized void keepQuiet(String key) {
        extras.remove(key);
    }

    /** Answers with a list of dictionaries (BEP 3) instead of the compact form. */
    public synchronized void useDictionaries() {
        dictionaries = true;
    }

    /** Leaves seeds, leechers and downloads to the scrape. */
    public synchronized void tellNumbersInScrapeOnly() {
        bare = true;
    }

    synchronized byte[] announce(TrackerRequest request) {
        InfoHash hash = InfoHash.of(request.bytes("info_hash"));
        PeerAddress sender = new PeerAddress(request.from(), (int) request.number("port"));
        Map<String, Object> answer = new TreeMap<>(extras);
        if (answer.containsKey("failure reason")) {
            return Bencode.encode(answer);
        }
        Map<PeerAddress, Boolean> swarm = members.computeIfAbsent(hash, h -> new LinkedHashMap<>());
        if (request.text("event").equals("stopped")) {
            swarm.remove(sender);
        } else {
            swarm.put(sender, request.number("left") == 0);
        }
        if (request.text("event").equals("completed")) {
            completed.merge(hash, 1, Integer::sum);
        }
        List<PeerAddress> others = new ArrayList<>(swarm.keySet());
        others.remove(sender);
        if (!bare) {
            numbers(hash).forEach(answer::putIfAbsent);
        }
        if (dictionaries) {
            answer.put("peers", others.stream().map(p -> Map.of("ip", p.host().getHostAddress(), "port", p.port())).toList());
        } else {
            answer.putIfAbsent("peers", compact(others.stream().filter(p -> p.host() instanceof Inet4Address).toList()));
            answer.putIfAbsent("peers6", compact(others.stream().filter(p -> !(p.host() instanceof Inet4Address)).toList()));
        }
        return Bencode.encode(answer);
    }

    synchronized byte[] scrape(TrackerRequest request) {
        InfoHash hash = InfoHash.of(request.bytes("info_hash"));
        Map<String, Object> files = members.containsKey(hash)
                ? Map.of(new String(hash.bytes(), StandardCharsets.ISO_8859_1), numbers(hash)) : Map.of();
        return Bencode.encode(Map.of("files", files));
    }

    private Map<String, Object> numbers(InfoHash hash) {
        Map<PeerAddress, Boolean> swarm = members.getOrDefault(hash, Map.of());
        long seeds = swarm.values().stream().filter(seed -> seed).count();
        return new TreeMap<>(Map.of("complete", seeds, "incomplete", swarm.size() - seeds, "downloaded", completed.getOrDefault(hash, 0)));
    }

    /** BEP 23 and BEP 7. */
    public static byte[] compact(List<PeerAddress> peers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (PeerAddress peer : peers) {
            out.writeBytes(peer.host().getAddress());
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) peer.port()).array());
        }
        return out.toByteArray();
    }
}
