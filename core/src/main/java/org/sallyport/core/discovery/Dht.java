package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.Outlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our node of the DHT, for both address families (BEP 5, 32, 42, 43). It has no socket and no thread of its own: packets go by the
 * {@link Way} it is given. Network thread only. Why not mldht: decision 0013.
 */
public final class Dht implements PeerFinder {
    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);
    /** {@link #saved} is never longer. */
    public static final int MAX_SAVED_BYTES = 64 << 10;
    private static final long TICK_MILLIS = 500;
    private static final int MAX_HINTS = 256;
    private static final int HINTS_A_TICK = 8;

    /** How packets leave, and whether others can reach us. */
    public interface Way {
        /** @param question an answer is expected; otherwise it is one itself */
        void send(PeerAddress to, byte[] packet, boolean question);

        /** Where others reach us, TCP and UDP; 0 while nobody can, so that we ask and do not answer (BEP 43). */
        int listenPort();

        /** A host asks more than is answered; told once until it has been quiet. */
        void tooMany(InetAddress from);
    }

    private final Way way;
    private final ScheduledExecutorService loop;
    private final InstantSource time;
    private final Random random;
    private final DhtBootstrap bootstrap;
    private final DhtCalls calls;
    private final DhtThrottle throttle = new DhtThrottle();
    private final PeerStore store = new PeerStore();
    private final DhtTokens tokens;
    private final DhtSearches searches;
    private final DhtFamilies families;
    private final DhtQuestions questions;
    /** Who may be a node, to be asked when there is time. */
    private final Deque<PeerAddress> hints = new ArrayDeque<>();
    private List<String> beginWith = List.of();
    /** Nodes of better times, for when all are gone: a computer that was asleep or away from the network. */
    private List<PeerAddress> remembered = List.of();
    private @Nullable ScheduledFuture<?> rhythm;
    private int ticks;

    /** @param threads where names are looked up, by the way that traffic may take */
    public Dht(Way way, ScheduledExecutorService loop, Executor threads, Outlet outlet) {
        this(way, loop, threads, new GuardedNames(outlet), new SteadyTime(), new SecureRandom());
    }

    Dht(Way way, ScheduledExecutorService loop, Executor threads, NameLookup.Names names, InstantSource time, Random random) {
        this.way = way;
        this.loop = loop;
        this.time = time;
        this.random = random;
        this.bootstrap = new DhtBootstrap(names, threads, loop);
        this.calls = new DhtCalls((to, packet) -> way.send(to, packet, true), random);
        this.tokens = new DhtTokens(random, now());
        this.searches = new DhtSearches(this::look, random);
        this.families = new DhtFamilies(random, now());
        this.questions = new DhtQuestions(way, calls, families, this::now, this::isOn, this::hint);
    }

    private long now() {
        return time.millis();
    }

    /** Takes part from now on. @param nodes host:port to begin with, may be empty @param saved of an earlier run; nothing, or anything */
    public void start(List<String> nodes, byte[] saved) {
        beginWith = List.copyOf(nodes);
        bootstrap.reset();
        if (rhythm != null) {
            return;
        }
        DhtNotes notes = DhtNotes.read(saved);
        families.recall(notes, now());
        remembered = notes.nodes().stream().map(NodeContact::address).toList();
        rhythm = loop.scheduleAtFixedRate(this::guardedTick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Takes part no more; searches wait for the next start. */
    public void stop() {
        if (rhythm != null) {
            rhythm.cancel(false);
            rhythm = null;
            hints.clear();
            calls.expire(Long.MAX_VALUE);
        }
    }

    /** How many torrents look, or wait for us to begin. */
    public int searches() {
        return searches.size();
    }

    public boolean isOn() {
        return rhythm != null;
    }

    /** Nodes of both families that were heard of lately. */
    public int nodes() {
        return families.four().table().good(now()) + families.six().table().good(now());
    }

    /** What {@link #start} takes in a later run. */
    public byte[] saved() {
        return DhtNotes.write(families.four(), families.six());
    }

    @Override
    public Search find(InfoHash hash, Consumer<List<PeerAddress>> found) {
        return searches.add(hash, false, found);
    }

    @Override
    public Search join(InfoHash hash, Consumer<List<PeerAddress>> found) {
        return searches.add(hash, true, found);
    }

    /** Perhaps there is a node: a peer said so (BEP 5 {@code PORT}), or a torrent. It is asked; nothing is kept of it before it answers. */
    public void hint(PeerAddress address) {
        if (hints.size() >= MAX_HINTS || !CompactNodes.isPossible(address)) {
            return;
        }
        if (!families.of(address).table().knows(address) && !hints.contains(address)) {
            hints.add(address);
        }
    }

    /**
     * The same of host:port, with a literal address or a name to be looked up, as a torrent has them.
     *
     * @param allowLocal they may also be on this computer or cable
     */
    public void hint(List<String> nodes, boolean allowLocal) {
        nodes.forEach(node -> bootstrap.find(node, address -> {
            if (allowLocal || AddressScope.of(address.host()).compareTo(AddressScope.PRIVATE) >= 0) {
                hint(address);
            }
        }));
    }

    /** A packet came in that may be for us. @return whether it was a message of the DHT, whatever became of it */
    public boolean received(byte[] packet, PeerAddress from) {
        long now = now();
        if (rhythm == null || !throttle.mayRead(now) || !CompactNodes.isPossible(from)) {
            return false;
        }
        return DhtReader.read(packet).map(message -> {
            if (message instanceof DhtMessage.Query query) {
                asked(query, from, packet.length, now);
            } else if (message instanceof DhtMessage.Answer answer) {
                calls.answered(from, answer);
            } else {
                calls.refused(from, message.transaction());
            }
            return true;
        }).orElse(false);
    }

    private void asked(DhtMessage.Query query, PeerAddress from, int length, long now) {
        if (way.listenPort() == 0 || !throttle.mayAsk(from.host(), now, () -> way.tooMany(from.host()))) {
            return;
        }
        DhtFamily family = families.of(from);
        NodeContact contact = new NodeContact(query.from(), from);
        boolean known = family.table().knows(from);
        int room = known ? DhtAnswers.MAX_ANSWER : DhtAnswers.AMPLIFICATION * length;
        if (known) {
            family.table().heard(contact, now);
        } else if (!query.readOnly() && family.table().hasRoomFor(contact) && !calls.isFull() && throttle.mayPing(now)) {
            room -= questions.ping(from); // both together are what his question made us send
        }
        Bytes answer = new DhtAnswers(families.four(), families.six(), tokens, store, random).answer(query, from, room, now);
        if (answer.length() > 0 && throttle.maySend(answer.length(), now)) {
            way.send(from, answer.toArray(), false);
        }
    }

    /** A task that throws is never run again; this one goes on. */
    private void guardedTick() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("the DHT stumbled", e);
        }
    }

    private void tick() {
        long now = now();
        calls.expire(now);
        for (int i = 0; i < HINTS_A_TICK && !hints.isEmpty() && !calls.isFull(); i++) {
            begin(hints.remove());
        }
        if (ticks++ % 10 == 0) { // every 5 s
            families.both().forEach(family -> tend(family, now));
            store.expire(now);
        }
        if (families.both().stream().anyMatch(family -> family.table().size() > 0)) {
            bootstrap.reset();
            searches.tick(now);
            if (ticks % 600 == 0) { // every 5 min
                remembered = families.both().stream().flatMap(family -> family.table().proven().stream().limit(MAX_HINTS / 4))
                        .map(NodeContact::address).toList();
            }
        } else if (bootstrap.tick(beginWith, this::hint, now)) {
            remembered.forEach(this::hint);
        }
    }

    /** Asks for the nodes around us: so a node tells of others at once. */
    private void begin(PeerAddress node) {
        questions.findNode(node, families.of(node).self(), new DhtCalls.Asked() {
            @Override
            public void answered(DhtMessage.Answer answer) {
                DhtFamily family = families.of(node);
                if (!family.explored) {
                    family.explored = true;
                    explore(family, family.self());
                    searches.wake();
                }
            }

            @Override
            public void failed() { }
        });
    }

    private void tend(DhtFamily family, long now) {
        family.table().questionable(now).ifPresent(node -> questions.ping(node.address()));
        if (family.table().size() == 0) {
            family.explored = false;
        } else if (!family.explored) {
            family.explored = true;
            explore(family, family.self());
            searches.wake();
        } else {
            family.table().neglected(now, random).ifPresent(place -> explore(family, place));
        }
    }

    private void explore(DhtFamily family, NodeId place) {
        DhtLookup lookup = new DhtLookup(place, family.ipv6, (node, asked) -> questions.findNode(node, place, asked), peers -> { }, over -> { });
        lookup.begin(family.table().closest(place, RoutingTable.BUCKET));
    }

    /** One search, in both families. */
    private void look(NodeId hash, boolean join, Consumer<List<PeerAddress>> found, IntConsumer ended) {
        int[] state = {2, 0};
        List<PeerAddress> here = families.both().stream().flatMap(family ->
                store.some(hash, family.ipv6, InetAddress.getLoopbackAddress(), DhtReader.MAX_PEERS / 2, random).stream()).toList();
        if (!here.isEmpty()) {
            found.accept(here); // nobody asks himself, and in a small network we may be the one who was told
        }
        for (DhtFamily family : families.both()) {
            DhtLookup lookup = new DhtLookup(hash, family.ipv6, (node, asked) -> questions.getPeers(node, hash, asked), found, over -> {
                if (join && way.listenPort() > 0) {
                    over.takers().forEach(taker -> questions.announce(taker, hash));
                }
                state[1] += over.answers();
                if (--state[0] == 0) {
                    ended.accept(state[1]);
                }
            });
            lookup.begin(family.table().closest(hash, RoutingTable.BUCKET));
        }
    }
}
