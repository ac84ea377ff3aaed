package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionFactory;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.trust.Caller;
import org.sallyport.core.trust.TestDevice;
import org.sallyport.core.wire.Handshake;

/** A real port on loopback with a network thread of its own, its host, and peers that a test dials it with. */
final class Doors implements AutoCloseable {
    static final InfoHash HASH = new InfoHash("0123456789abcdef0123456789abcdef01234567");
    static final InfoHash OTHER_HASH = new InfoHash("f123456789abcdef0123456789abcdef01234567");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration OFTEN = Duration.ofMillis(5);
    /** A deadline that no test lives to see. */
    static final long NEVER = TimeUnit.HOURS.toMillis(1);

    final NetworkLoop loop = new NetworkLoop();
    final Limiter limiter = new Limiter(loop);
    final OpenHouse house = new OpenHouse();
    final PeerPort port;
    final int number;
    /** Whether who does not understand obfuscated calls may be called once more. */
    final AtomicBoolean again = new AtomicBoolean(true);
    private final List<AutoCloseable> opened = new ArrayList<>();

    Doors(long handshakeMillis) throws IOException {
        this(handshakeMillis, NEVER);
    }

    Doors(long handshakeMillis, long stallMillis) throws IOException {
        this(new Limits(handshakeMillis, stallMillis, NEVER, 1000));
    }

    Doors(Limits limits) throws IOException {
        port = new PeerPort(loop, house, new NetworkGuard(loop), limiter, limits);
        number = port.open(0);
        house.share(HASH, LinkLog::new);
    }

    /** Waits for a condition of another thread. */
    static ConditionFactory soon() {
        return await().atMost(SOON).pollInterval(OFTEN);
    }

    PeerAddress address() {
        return PeerAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
    }

    /** A raw peer that has not said anything. */
    RawPeer stranger() throws IOException {
        return keep(RawPeer.connect(number));
    }

    /** A raw peer that has sent its handshake. */
    RawPeer greeter(InfoHash hash, String name) throws IOException {
        return keep(RawPeer.dial(address().socketAddress(), hash, RawPeer.peerId(name)));
    }

    /** A raw peer that has exchanged handshakes. */
    RawPeer guest(String name) throws IOException {
        RawPeer peer = greeter(HASH, name);
        assertThat(peer.readHandshake()).isEqualTo(RawPeer.handshake(HASH, OpenHouse.PEER_ID));
        return peer;
    }

    /** The handler of the guest, once it was opened. */
    LinkLog onlyGuest() {
        return guest(0);
    }

    /** The handler of a guest in the order they came, once it was opened. */
    LinkLog guest(int number) {
        soon().until(() -> house.guests().size() > number && house.guests().get(number).isOpened());
        return house.guests().get(number);
    }

    void dial(PeerAddress to, LinkLog handler) throws Exception {
        Bytes ours = RawPeer.peerId("dialler");
        run(() -> port.dial(to, Handshake.ours(HASH, ours), OpenHouse.PIECES, handler));
    }

    void dial(PeerAddress to, Encryption encryption, LinkLog handler) {
        run(() -> port.dial(to, encryption, again::get, Handshake.ours(HASH, RawPeer.peerId("dialler")), OpenHouse.PIECES, handler));
    }

    void dialTls(PeerAddress to, TlsTerms terms, LinkLog handler) {
        run(() -> port.dialTls(to, terms, Handshake.ours(HASH, RawPeer.peerId("dialler")), OpenHouse.PIECES, handler));
    }

    /** Answers in TLS as {@code self}, whose desk must be told by whom it may be called. */
    Doors answerAs(TestDevice self) {
        house.answer(name -> self.desk().find(name) instanceof Caller.Paired caller
                ? Optional.of(TlsAnswer.paired(self.tls(), caller.device())) : Optional.empty());
        return this;
    }

    int connections() {
        return get(port::connections);
    }

    void awaitConnections(int count) {
        soon().until(this::connections, now -> now == count);
    }

    /** Runs on the network thread and waits for it. */
    void run(Runnable work) {
        get(() -> {
            work.run();
            return true;
        });
    }

    <T> T get(Callable<T> work) {
        try {
            return loop.executor().submit(work).get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the network thread did not answer", e);
        }
    }

    <T extends AutoCloseable> T keep(T resource) {
        opened.add(resource);
        return resource;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        port.shut();
        awaitConnections(0); // what ends with the loop is not given back, and would look like a leak
        loop.close();
    }
}
