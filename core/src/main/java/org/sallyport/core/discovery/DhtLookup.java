package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** Asks from node to node until the 8 closest to a place have answered (BEP 5); what they say is bounded and checked. Network thread only. */
final class DhtLookup {
    private static final int PARALLEL = 4;
    private static final int MAX_CANDIDATES = 64;
    private static final int MAX_SEEN = 500;
    private static final int MAX_PEERS = 500;

    /** Asks one node about the place. */
    @FunctionalInterface
    interface Asking {
        void ask(PeerAddress node, DhtCalls.Asked asked);
    }

    /** A node that may be told that we are a peer. @param token its own */
    record Taker(NodeContact contact, Bytes token) { }

    private enum State { NEW, ASKED, ANSWERED, FAILED }

    private static final class Candidate {
        final NodeContact contact;
        State state = State.NEW;
        Bytes token = Bytes.EMPTY;

        Candidate(NodeContact contact) {
            this.contact = contact;
        }
    }

    private final boolean ipv6;
    private final Comparator<NodeId> order;
    private final Asking asking;
    private final Consumer<List<PeerAddress>> found;
    private final Consumer<DhtLookup> ended;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Set<PeerAddress> seen = new HashSet<>();
    private final Set<InetAddress> hosts = new HashSet<>();
    private final Set<PeerAddress> peers = new HashSet<>();
    private int asked;
    private int answers;
    private boolean stepping;
    private boolean over;

    /** @param found told of peers that were not named before @param ended told once, when nobody is left to ask */
    DhtLookup(NodeId target, boolean ipv6, Asking asking, Consumer<List<PeerAddress>> found, Consumer<DhtLookup> ended) {
        this.ipv6 = ipv6;
        this.order = NodeId.closestTo(target);
        this.asking = asking;
        this.found = found;
        this.ended = ended;
    }

    void begin(List<NodeContact> first) {
        first.forEach(this::offer);
        step();
    }

    /** How many nodes have answered. */
    int answers() {
        return answers;
    }

    /** Of the closest that have answered those that may be told of us: first those with an id that fits their address (BEP 42). */
    List<Taker> takers() {
        List<Candidate> closest = candidates.stream().filter(candidate -> candidate.state == State.ANSWERED && candidate.token.length() > 0).toList();
        return Stream.concat(closest.stream().filter(candidate -> candidate.contact.fits()),
                closest.stream().filter(candidate -> !candidate.contact.fits()))
                .limit(RoutingTable.BUCKET).map(candidate -> new Taker(candidate.contact, candidate.token)).toList();
    }

    private void offer(NodeContact contact) {
        InetAddress host = contact.address().host();
        boolean other = CompactNodes.isIpv6(contact.address()) != ipv6;
        if (other || seen.size() >= MAX_SEEN || !seen.add(contact.address()) || AddressScope.of(host) == AddressScope.GLOBAL && !hosts.add(host)) {
            return;
        }
        Candidate candidate = new Candidate(contact);
        int at = 0;
        while (at < candidates.size() && order.compare(candidates.get(at).contact.id(), contact.id()) <= 0) {
            at++;
        }
        candidates.add(at, candidate);
        if (candidates.size() > MAX_CANDIDATES) {
            Candidate last = candidates.get(candidates.size() - 1);
            if (last.state != State.ASKED) {
                candidates.remove(last);
            }
        }
    }

    private void step() {
        if (stepping) {
            return; // a question that cannot be sent fails at once, in the loop below
        }
        stepping = true;
        List<Candidate> next = next();
        while (!next.isEmpty() && asked < PARALLEL) {
            ask(next.get(0));
            next = next();
        }
        stepping = false;
        if (asked == 0 && !over) {
            over = true;
            ended.accept(this);
        }
    }

    /** Those of the closest, failed ones left out, that were not asked yet. */
    private List<Candidate> next() {
        return candidates.stream().filter(candidate -> candidate.state != State.FAILED).limit(RoutingTable.BUCKET)
                .filter(candidate -> candidate.state == State.NEW).toList();
    }

    private void ask(Candidate candidate) {
        candidate.state = State.ASKED;
        asked++;
        asking.ask(candidate.contact.address(), new DhtCalls.Asked() {
            @Override
            public void answered(DhtMessage.Answer answer) {
                asked--;
                // who gives himself another name than the one he was found under is near no place at all
                candidate.state = answer.from().equals(candidate.contact.id()) ? State.ANSWERED : State.FAILED;
                candidate.token = answer.token();
                answers++;
                take(candidate.contact.address().host(), answer);
                step();
            }

            @Override
            public void failed() {
                asked--;
                candidate.state = State.FAILED;
                step();
            }
        });
    }

    private void take(InetAddress teller, DhtMessage.Answer answer) {
        answer.nodes().stream().filter(node -> CompactNodes.mayName(teller, node.address())).forEach(this::offer);
        List<PeerAddress> fresh = answer.peers().stream()
                .filter(peer -> CompactNodes.mayName(teller, peer) && peers.size() < MAX_PEERS && peers.add(peer)).toList();
        if (!fresh.isEmpty()) {
            found.accept(fresh);
        }
    }
}
