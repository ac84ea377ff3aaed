package org.sallyport.core.transport;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.MseHandshake;

/** Lets in whom a test lets in, and remembers what it was asked. */
final class OpenHouse implements LinkHost {
    static final int PIECES = 20;
    static final Bytes PEER_ID = RawPeer.peerId("host");

    /** What {@link #acceptable} was asked with. */
    record Asked(InetAddress from, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork) { }

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<LinkLog> guests = new CopyOnWriteArrayList<>();
    private final Map<InfoHash, Supplier<LinkLog>> torrents = new ConcurrentHashMap<>();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<String> turnedAway = new CopyOnWriteArrayList<>();
    private volatile Predicate<Asked> rule = any -> true;
    private volatile Encryption encryption = Encryption.OFF;
    private volatile Function<String, Optional<TlsAnswer>> callers = name -> Optional.empty();

    /** Who answers in TLS, by the name in the ClientHello; runs on the network thread. */
    void answer(Function<String, Optional<TlsAnswer>> by) {
        callers = by;
    }

    /** The names that TLS callers gave, in order. */
    List<String> names() {
        return names;
    }

    /** {@code rule device} of callers in TLS that did not come in. */
    List<String> turnedAway() {
        return turnedAway;
    }

    /** What is wished of connections in the clear. */
    void encrypt(Encryption wish) {
        encryption = wish;
    }

    void allow(Predicate<Asked> only) {
        rule = only;
    }

    void share(InfoHash hash, Supplier<LinkLog> handler) {
        torrents.put(hash, handler);
    }

    List<Asked> asked() {
        return asked;
    }

    /** Who was welcomed, in order. */
    List<LinkLog> guests() {
        return guests;
    }

    @Override
    public boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork) {
        Asked question = new Asked(host, connections, halfOpen, halfOpenFromHost, halfOpenFromNetwork);
        asked.add(question);
        return rule.test(question);
    }

    @Override
    public Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs) {
        return Optional.ofNullable(torrents.get(theirs.hash())).map(handler -> {
            LinkLog log = handler.get();
            guests.add(log);
            return new Welcome(Handshake.ours(theirs.hash(), PEER_ID), PIECES, log);
        });
    }

    @Override
    public Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs, LinkSecurity security) {
        return welcome(host, port, theirs);
    }

    @Override
    public Encryption encryption() {
        return encryption;
    }

    @Override
    public Optional<InfoHash> torrentNamed(Bytes name) {
        return torrents.keySet().stream().filter(hash -> MseHandshake.nameOf(hash).equals(name)).findFirst();
    }

    @Override
    public Optional<TlsAnswer> callerOf(InetAddress host, String serverName) {
        names.add(serverName);
        return callers.apply(serverName);
    }

    @Override
    public void turnedAway(InetAddress host, DeviceId device, CloseReason reason) {
        turnedAway.add(reason.rule() + " " + device.text());
    }
}
