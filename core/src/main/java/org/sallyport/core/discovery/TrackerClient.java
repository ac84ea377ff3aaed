package org.sallyport.core.discovery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.transport.DatagramPort;
import org.sallyport.core.transport.Outlet;

/**
 * Asks HTTP and HTTPS trackers, and has who asks {@link UdpTrackers UDP ones}. Blocking: called on tracker threads, several at once.
 * Bounds: 30 s for a question with all
 * its redirects, 10 s to connect, 3 redirects, 16 KiB of header, 1 MiB of body. Every address is put to the
 * {@link SourceGate} before it is connected to. Certificates and host names are verified as the JDK does, and nothing
 * turns that off (invariant I4).
 */
public final class TrackerClient implements AutoCloseable {
    private static final int MAX_REDIRECTS = 3;

    private final SourceGate gate;
    private final TrackerSurroundings surroundings;
    private final HttpQuestion question;
    private final NameLookup names;
    private final Optional<UdpTrackers> udp;
    private final ScheduledExecutorService alarms;
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param userAgent what we call ourselves, such as {@code Sallyport/0.1}; @param outlet makes its sockets
     * @param datagrams by which UDP trackers are asked, on {@code loop}
     */
    public TrackerClient(SourceGate gate, String userAgent, Outlet outlet, DatagramPort datagrams, ScheduledExecutorService loop) {
        this(gate, userAgent, TrackerSurroundings.of(outlet), (names, time) ->
                new UdpTrackers(gate, names, TrackerSocket.of(datagrams), loop, time, new SecureRandom()));
    }

    /** Of HTTP trackers only. */
    TrackerClient(SourceGate gate, String userAgent, TrackerSurroundings surroundings) {
        this(gate, userAgent, surroundings, Optional.empty());
    }

    TrackerClient(SourceGate gate, String userAgent, TrackerSurroundings surroundings, UdpMaker udp) {
        this(gate, userAgent, surroundings, Optional.of(udp));
    }

    /** Makes what asks UDP trackers. */
    @FunctionalInterface
    interface UdpMaker {
        UdpTrackers make(NameLookup names, InstantSource time);
    }

    private TrackerClient(SourceGate gate, String userAgent, TrackerSurroundings surroundings, Optional<UdpMaker> udp) {
        this.gate = gate;
        this.surroundings = surroundings;
        this.question = new HttpQuestion(userAgent, surroundings);
        this.names = new NameLookup(surroundings.names());
        this.udp = udp.map(maker -> maker.make(names, new SteadyTime()));
        this.alarms = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("tracker-deadlines"));
    }

    /**
     * Tells a tracker of us and asks for peers (BEP 3, 7, 23).
     *
     * @param url       the tracker's, as the torrent gives it
     * @param trackerId of its last {@link AnnounceResponse}, empty for none
     * @throws TrackerException when there is no usable answer; with a refusal when we did not want to ask or to believe
     */
    public AnnounceResponse announce(String url, AnnounceRequest request, String trackerId) throws TrackerException {
        TrackerUrl asked = TrackerUrl.parse(url).announce(request, trackerId);
        return TrackerReply.announce(get(request.hash(), asked));
    }

    /**
     * Asks a tracker for its numbers only (BEP 48).
     *
     * @param url the tracker's announce URL
     * @throws TrackerException as {@link #announce}; also when the URL has no scrape form
     */
    public ScrapeResponse scrape(String url, InfoHash hash) throws TrackerException {
        return TrackerReply.scrape(get(hash, TrackerUrl.parse(url).scrape(hash)), hash);
    }

    /** Whether {@link #scrape} can ask this tracker at all. */
    static boolean canScrape(String url) {
        try {
            return TrackerUrl.parse(url).scrapeText().isPresent();
        } catch (TrackerException e) {
            return false;
        }
    }

    /** Who asks UDP trackers; network loop only. */
    Optional<UdpTrackers> udp() {
        return udp;
    }

    /** Breaks off what is being asked and asks no more. Idempotent. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Deadline::strike);
        names.close();
        alarms.shutdownNow();
    }

    private Bytes get(InfoHash hash, TrackerUrl url) throws TrackerException {
        if (closed) {
            throw new TrackerException("Trackers are not asked any more: the program is closing.");
        }
        try (Deadline deadline = new Deadline(surroundings.deadline(), alarms)) {
            open.add(deadline);
            try {
                return answer(follow(hash, url, deadline));
            } catch (IOException e) {
                throw explain(e, url, deadline);
            } finally {
                open.remove(deadline);
            }
        }
    }

    private HttpQuestion.Answer follow(InfoHash hash, TrackerUrl first, Deadline deadline) throws IOException, TrackerException {
        TrackerUrl url = first;
        AddressScope reached = AddressScope.LOOPBACK;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            CheckedAddresses addresses =
                    new CheckedAddresses(gate, hash, url, reached, names, surroundings.scopes(), deadline);
            HttpQuestion.Answer answer = question.ask(url, addresses, deadline);
            if (!answer.redirects()) {
                return answer;
            }
            reached = addresses.reached();
            url = url.redirectedTo(answer.location());
        }
        throw new TrackerException("discovery.redirect-count",
                "The tracker sent us on more than " + MAX_REDIRECTS + " times, so we stopped following.");
    }

    private static Bytes answer(HttpQuestion.Answer answer) throws TrackerException {
        if (answer.status() == 200) {
            return answer.body();
        }
        Optional<String> reason = TrackerReply.failureReason(answer.body());
        throw reason.map(TrackerReply::saidNo)
                .orElseGet(() -> new TrackerException("The tracker answered with HTTP status " + answer.status() + " instead of peers."));
    }

    private TrackerException explain(IOException e, TrackerUrl url, Deadline deadline) {
        if (e instanceof CheckedAddresses.RefusedAddressException refused) {
            return new TrackerException(refused.refusal(), e);
        }
        if (closed) {
            return new TrackerException("Trackers are not asked any more: the program is closing.", e);
        }
        if (e instanceof UnknownHostException) {
            return new TrackerException("The tracker's name could not be looked up: " + e.getMessage() + ".", e);
        }
        if (deadline.passed()) {
            return new TrackerException("The tracker did not finish its answer within " + seconds(deadline.total().toMillis()) + ".", e);
        }
        if (e instanceof MessageConstraintException) {
            return new TrackerException(new Refusal("discovery.header-size",
                    "The header of the tracker's answer is longer than 16 KiB, so it was cut off."), e);
        }
        if (e instanceof SSLException) {
            return unprotected(e);
        }
        return broken(e, url);
    }

    private TrackerException broken(IOException e, TrackerUrl url) {
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return new TrackerException("Nobody answers at the tracker's address " + url + ".", e);
        }
        if (e instanceof SocketTimeoutException) {
            return new TrackerException("The tracker could not be reached within " + seconds(surroundings.connect().toMillis()) + ".", e);
        }
        return new TrackerException("The connection to the tracker broke before its answer was complete.", e);
    }

    private static TrackerException unprotected(IOException e) {
        boolean certificate = e instanceof SSLPeerUnverifiedException;
        for (Throwable cause = e; cause != null && !certificate; cause = cause.getCause()) {
            certificate = cause instanceof CertificateException;
        }
        return certificate
                ? new TrackerException(new Refusal("discovery.certificate",
                        "The tracker cannot prove who it is: its certificate is not trusted or is for another name. It was told nothing. "
                                + "If it is yours, install its certificate in the system."), e)
                : new TrackerException("No protected connection to the tracker could be made.", e);
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " seconds" : millis + " milliseconds";
    }
}
