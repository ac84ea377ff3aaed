package org.sallyport.core.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;

/**
 * Asks UDP trackers (BEP 15) by the one UDP port, which it keeps open while somebody {@link #hold holds} it. A question that is lost is
 * repeated after 15 s and given up after 30 s, connection included. Transaction ids are random and count together with the address they were
 * sent to; whatever else comes is ignored. Names are looked up on the threads that the caller gives, and every address is put to the
 * {@link SourceGate}. Network loop only.
 */
final class UdpTrackers {
    /** BEP 15: 15 · 2ⁿ seconds, as often as the patience allows. */
    private static final Duration REPEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** BEP 15: a connection id may be used for a minute after it came. */
    private static final Duration CONNECTION_LIFE = Duration.ofSeconds(60);
    private static final Duration LOOK_UP = Duration.ofSeconds(10);
    private static final int MAX_CONNECTIONS = 256;
    /** Questions under way at once; a library of a thousand torrents with dead trackers must not fill the memory. */
    private static final int MAX_TRANSACTIONS = 4096;
    private static final int MAX_ADDRESSES = 8;

    private final SourceGate gate;
    private final NameLookup names;
    private final TrackerSocket socket;
    private final ScheduledExecutorService loop;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Map<Integer, Sent> transactions = new HashMap<>();
    private final Map<InetSocketAddress, Connection> connections = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Connection> eldest) {
            return size() > MAX_CONNECTIONS;
        }
    };
    private int holders;

    /** A datagram that waits for its answer. @param action of BEP 15 @param cached the connection id was not asked for this time */
    private record Sent(UdpQuestion<?> question, InetSocketAddress to, int action, boolean cached) { }

    private record Connection(long id, Instant until) { }

    /** @param random must not be guessable: who knows a transaction id can answer in the tracker's name */
    UdpTrackers(SourceGate gate, NameLookup names, TrackerSocket socket, ScheduledExecutorService loop, InstantSource time, RandomGenerator random) {
        this.gate = gate;
        this.names = names;
        this.socket = socket;
        this.loop = loop;
        this.time = time;
        this.random = random;
    }

    /** Keeps the port open until it is closed. */
    @FunctionalInterface
    interface Hold {
        void close();
    }

    Hold hold() {
        if (holders++ == 0) {
            socket.open(this::receive);
        }
        boolean[] held = {true};
        return () -> {
            if (held[0]) {
                held[0] = false;
                if (--holders == 0) {
                    socket.close();
                    connections.clear();
                }
            }
        };
    }

    /** @param threads where the name is looked up @return ends on the loop, with a {@link TrackerException} when there is no usable answer */
    CompletableFuture<AnnounceResponse> announce(String url, AnnounceRequest request, Executor threads) {
        return ask(url, request.hash(), threads, (target, addresses) -> new UdpQuestion<>(UdpTrackerMessage.ANNOUNCE, addresses,
                (connection, transaction, ipv6) -> UdpTrackerMessage.announce(connection, transaction, request, target, ipv6),
                UdpTrackerMessage::announced));
    }

    /** The tracker's numbers; as {@link #announce}. */
    CompletableFuture<ScrapeResponse> scrape(String url, InfoHash hash, Executor threads) {
        return ask(url, hash, threads, (target, addresses) -> new UdpQuestion<>(UdpTrackerMessage.SCRAPE, addresses,
                (connection, transaction, ipv6) -> UdpTrackerMessage.scrape(connection, transaction, hash),
                (reply, ipv6) -> UdpTrackerMessage.scraped(reply)));
    }

    private interface Maker<T> {
        UdpQuestion<T> make(String target, List<InetSocketAddress> addresses);
    }

    private <T> CompletableFuture<T> ask(String url, InfoHash hash, Executor threads, Maker<T> maker) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                UdpTrackerUrl parsed = UdpTrackerUrl.parse(url);
                return maker.make(parsed.target(), resolve(url, parsed, hash));
            } catch (TrackerException e) {
                throw new CompletionException(e);
            }
        }, threads).thenComposeAsync(question -> socket.opened().handleAsync((done, failure) -> {
            begin(question);
            return question.answer();
        }, loop).thenCompose(answer -> answer), loop);
    }

    private List<InetSocketAddress> resolve(String url, UdpTrackerUrl parsed, InfoHash hash) throws TrackerException {
        List<InetAddress> all;
        try {
            all = names.resolve(parsed.host(), LOOK_UP);
        } catch (CheckedAddresses.RefusedAddressException e) {
            throw new TrackerException(e.refusal(), e);
        } catch (UnknownHostException e) {
            throw new TrackerException("The tracker's name could not be looked up: " + e.getMessage() + ".", e);
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : all.subList(0, Math.min(all.size(), MAX_ADDRESSES))) {
            Optional<Refusal> refusal = gate.check(hash, url, address);
            if (refusal.isPresent()) {
                // one bad address spoils the name: a mix of public and inner ones is how rebinding looks
                throw new TrackerException(refusal.get());
            }
            addresses.add(new InetSocketAddress(address, parsed.port()));
        }
        if (addresses.isEmpty()) {
            throw new TrackerException("The tracker's name could not be looked up: it has no address.");
        }
        return addresses;
    }

    private void begin(UdpQuestion<?> question) {
        if (transactions.size() >= MAX_TRANSACTIONS) {
            question.fail(new TrackerException("Too many trackers are being asked at once; this one is tried again later."));
            return;
        }
        question.answer().whenComplete((done, failure) -> transactions.values().removeIf(sent -> sent.question() == question));
        var end = loop.schedule(() -> question.failUnanswered("The tracker did not answer within " + PATIENCE.toSeconds() + " seconds."),
                PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        question.answer().whenComplete((done, failure) -> end.cancel(false));
        attempt(question);
    }

    private void attempt(UdpQuestion<?> question) {
        if (question.isOver()) {
            return;
        }
        InetSocketAddress to = question.address();
        Connection known = connections.get(to);
        if (known != null && known.until().isAfter(time.instant())) {
            send(question, to, known.id(), true);
        } else {
            connections.remove(to);
            int transaction = transaction();
            put(transaction, new Sent(question, to, UdpTrackerMessage.CONNECT, false), UdpTrackerMessage.connect(transaction));
        }
        if (!question.isOver()) {
            repeatLater(question);
        }
    }

    private void repeatLater(UdpQuestion<?> question) {
        long wait = REPEAT.toNanos() << Math.min(question.attempt(), 8);
        question.timer(loop.schedule(() -> {
            question.nextAttempt();
            attempt(question);
        }, wait, TimeUnit.NANOSECONDS));
    }

    private void send(UdpQuestion<?> question, InetSocketAddress to, long connection, boolean cached) {
        int transaction = transaction();
        try {
            put(transaction, new Sent(question, to, question.action(), cached), question.write(connection, transaction, isIpv6(to)));
        } catch (TrackerException e) {
            question.fail(e);
        }
    }

    private void put(int transaction, Sent sent, ByteBuffer datagram) {
        transactions.put(transaction, sent);
        // that the port is shut is told where it is; a rule that says no is told once for the torrent
        socket.send(datagram, sent.to()).ifPresent(refusal -> sent.question().fail(refusal.rule().startsWith("udp.")
                ? new TrackerException(refusal.sentence()) : new TrackerException(refusal)));
    }

    private int transaction() {
        int next = random.nextInt();
        while (transactions.containsKey(next)) {
            next = random.nextInt();
        }
        return next;
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    /** @return whether it belongs to a question of ours */
    boolean receive(ByteBuffer datagram, InetSocketAddress from) {
        if (datagram.remaining() < UdpTrackerMessage.HEADER_BYTES) {
            return false;
        }
        int action = datagram.getInt(datagram.position());
        int transaction = datagram.getInt(datagram.position() + 4);
        Sent sent = transactions.get(transaction);
        if (sent == null || !sent.to().equals(from)) {
            return false; // somebody guesses, or it is late: as if it had not come
        }
        if (action == UdpTrackerMessage.ERROR) {
            transactions.remove(transaction);
            errorCame(sent, datagram);
        } else if (action == sent.action() && (action == UdpTrackerMessage.CONNECT ? connected(sent, transaction, datagram)
                : sent.question().read(datagram, isIpv6(from)))) {
            transactions.remove(transaction);
        } else {
            sent.question().garbageCame();
        }
        return true;
    }

    private boolean connected(Sent sent, int transaction, ByteBuffer datagram) {
        Optional<Long> id = UdpTrackerMessage.connection(datagram);
        id.ifPresent(connection -> {
            transactions.remove(transaction);
            connections.put(sent.to(), new Connection(connection, time.instant().plus(CONNECTION_LIFE)));
            if (!sent.question().isOver()) {
                send(sent.question(), sent.to(), connection, false);
            }
            if (!sent.question().isOver()) {
                repeatLater(sent.question());
            }
        });
        return id.isPresent();
    }

    /** A tracker that was started anew does not know our connection any more; anything else is its last word. */
    private void errorCame(Sent sent, ByteBuffer datagram) {
        if (sent.cached() && sent.question().mayRenew()) {
            connections.remove(sent.to());
            attempt(sent.question());
        } else {
            sent.question().fail(TrackerReply.saidNo(UdpTrackerMessage.error(datagram)));
        }
    }

    int waiting() {
        return transactions.size();
    }
}
