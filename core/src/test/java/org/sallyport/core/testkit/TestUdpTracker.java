package org.sallyport.core.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/** A real UDP tracker (BEP 15, 41) on loopback, with a memory of its own. Thread-safe; close it. */
public final class TestUdpTracker implements AutoCloseable {
    private static final long PROTOCOL = 0x41727101980L;
    private static final List<String> EVENTS = List.of("", "completed", "started", "stopped");

    private final DatagramSocket socket;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Set<Long> connections = ConcurrentHashMap.newKeySet();
    private final Map<InfoHash, Map<PeerAddress, Boolean>> swarms = new LinkedHashMap<>();
    private final List<Announce> announces = new CopyOnWriteArrayList<>();
    private final Random random = new Random();
    private volatile boolean deaf;
    private volatile String error = "";

    /** What a client said. @param urlData by BEP 41, empty for none */
    public record Announce(InfoHash hash, String event, long left, PeerAddress from, int wanted, String urlData) { }

    private TestUdpTracker(DatagramSocket socket) {
        this.socket = socket;
        thread.execute(this::serve);
    }

    public static TestUdpTracker start() {
        try {
            return new TestUdpTracker(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String announceUrl() {
        return "udp://127.0.0.1:" + socket.getLocalPort() + "/announce";
    }

    public List<Announce> announces() {
        return List.copyOf(announces);
    }

    public List<String> events() {
        return announces.stream().map(Announce::event).toList();
    }

    /** Answers nothing any more, or does again. */
    public void deaf(boolean value) {
        deaf = value;
    }

    /** As after a restart: nobody's connection id is known. */
    public void forgetConnections() {
        connections.clear();
    }

    /** Answers every announce with this error; none when empty. */
    public void refuse(String text) {
        error = text;
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (!socket.isClosed()) {
            try {
                packet.setLength(2048);
                socket.receive(packet);
                if (!deaf) {
                    byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), (InetSocketAddress) packet.getSocketAddress());
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private synchronized byte[] answer(ByteBuffer in, InetSocketAddress from) {
        long connection = in.getLong();
        int action = in.getInt();
        int transaction = in.getInt();
        if (action == 0 && connection == PROTOCOL) {
            long id = random.nextLong();
            connections.add(id);
            return ByteBuffer.allocate(16).putInt(0).putInt(transaction).putLong(id).array();
        }
        String problem = connections.contains(connection) ? error : "Connection ID missmatch.";
        if (!problem.isEmpty()) {
            byte[] text = problem.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(8 + text.length).putInt(3).putInt(transaction).put(text).array();
        }
        byte[] hash = new byte[20];
        in.get(hash);
        Map<PeerAddress, Boolean> swarm = swarms.computeIfAbsent(InfoHash.of(hash), h -> new LinkedHashMap<>());
        return action == 1 ? announced(in, from, transaction, InfoHash.of(hash), swarm)
                : numbers(ByteBuffer.allocate(20).putInt(2).putInt(transaction), swarm, true).array();
    }

    private byte[] announced(ByteBuffer in, InetSocketAddress from, int transaction, InfoHash hash, Map<PeerAddress, Boolean> swarm) {
        in.position(in.position() + 20);
        in.getLong();
        long left = in.getLong();
        in.getLong();
        String event = EVENTS.get(in.getInt());
        in.getInt();
        in.getInt();
        int wanted = in.getInt();
        PeerAddress sender = new PeerAddress(from.getAddress(), in.getShort() & 0xffff);
        announces.add(new Announce(hash, event, left, sender, wanted, urlData(in)));
        if (event.equals("stopped")) {
            swarm.remove(sender);
        } else {
            swarm.put(sender, left == 0);
        }
        List<PeerAddress> others = swarm.keySet().stream().filter(peer -> !peer.equals(sender)).limit(Math.max(0, wanted)).toList();
        ByteBuffer out = ByteBuffer.allocate(20 + others.size() * 6).putInt(1).putInt(transaction).putInt(1800);
        numbers(out, swarm, false).put(TestSwarms.compact(others));
        return out.array();
    }

    private static ByteBuffer numbers(ByteBuffer out, Map<PeerAddress, Boolean> swarm, boolean scrape) {
        int seeds = (int) swarm.values().stream().filter(seed -> seed).count();
        return scrape ? out.putInt(seeds).putInt(7).putInt(swarm.size() - seeds) : out.putInt(swarm.size() - seeds).putInt(seeds);
    }

    private static String urlData(ByteBuffer in) {
        StringBuilder text = new StringBuilder();
        while (in.remaining() >= 2 && in.get(in.position()) == 2) {
            in.get();
            byte[] part = new byte[in.get() & 0xff];
            in.get(part);
            text.append(new String(part, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    @Override
    public void close() {
        socket.close();
        thread.shutdownNow();
    }
}
