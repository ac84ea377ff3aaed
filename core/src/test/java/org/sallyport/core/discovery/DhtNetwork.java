package org.sallyport.core.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.testkit.VirtualLoop;

/** A DHT in the memory of one test: real nodes on virtual wires, where time passes when the test says so, and strangers who say anything. */
final class DhtNetwork {
    final VirtualLoop loop = new VirtualLoop();
    private final Random random = new Random(5);
    private final Map<PeerAddress, BiConsumer<PeerAddress, byte[]>> hosts = new LinkedHashMap<>();
    private final Map<String, InetAddress> names = new LinkedHashMap<>();

    /** One of our nodes. */
    final class Member {
        final PeerAddress address;
        final Dht dht;
        final List<InetAddress> tooMany = new ArrayList<>();
        boolean reachable = true;

        Member(PeerAddress address) {
            this.address = address;
            this.dht = new Dht(new Dht.Way() {
                @Override
                public void send(PeerAddress to, byte[] packet, boolean question) {
                    post(address, to, packet);
                }

                @Override
                public int listenPort() {
                    return reachable ? address.port() : 0;
                }

                @Override
                public void tooMany(InetAddress from) {
                    tooMany.add(from);
                }
            }, loop, loop, DhtNetwork.this::resolve, loop, random);
            hosts.put(address, (from, packet) -> dht.received(packet, from));
        }

        Member start(String... nodes) {
            dht.start(List.of(nodes), new byte[0]);
            return this;
        }
    }

    /** A host that does as the test says: keeps what it gets. */
    final class Stranger {
        final PeerAddress address;
        final List<byte[]> got = new ArrayList<>();

        Stranger(String address) {
            this.address = PeerAddress.parse(address);
            hosts.put(this.address, (from, packet) -> got.add(packet));
        }

        /** Says it, and lets what comes of it happen. */
        Stranger say(Member to, byte[] packet) {
            post(address, to.address, packet);
            loop.run();
            return this;
        }

        Stranger say(Member to, Map<String, ?> message) {
            return say(to, Bencode.encode(message));
        }

        /** The answers and faults it got, not the questions. */
        List<BencodeDict> answers() {
            return got.stream().map(DhtNetwork::read).filter(message -> !message.text("y", "").equals("q")).toList();
        }

        List<BencodeDict> questions() {
            return got.stream().map(DhtNetwork::read).filter(message -> message.text("y", "").equals("q")).toList();
        }
    }

    Member member(String address) {
        return new Member(PeerAddress.parse(address));
    }

    /** What {@code name} stands for. */
    void name(String name, String host) {
        names.put(name, PeerAddress.parse(host + ":1").host());
    }

    private InetAddress[] resolve(String name) throws UnknownHostException {
        if (!names.containsKey(name)) {
            throw new UnknownHostException(name);
        }
        return new InetAddress[] {names.get(name)};
    }

    /** Puts a packet on the wire; the sender may say that it is somebody else. */
    void post(PeerAddress from, PeerAddress to, byte[] packet) {
        BiConsumer<PeerAddress, byte[]> host = hosts.get(to);
        if (host != null) {
            loop.execute(() -> host.accept(from, packet));
        }
    }

    /** {@code count} nodes that know each other, at 10.x.0.1 and so on. */
    List<Member> crowd(int count) {
        List<Member> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Member member = member("10." + (i / 200) + "." + i % 200 + ".1:7000");
            all.add(i == 0 ? member.start() : member.start(all.get(random.nextInt(i)).address.toString()));
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofMinutes(1));
        return all;
    }

    void pass(Duration time) {
        loop.advance(time);
    }

    static BencodeDict read(byte[] packet) {
        try {
            return Bencode.decodeDict(packet, DhtReader.LIMITS);
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }
}
