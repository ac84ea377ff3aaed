package org.sallyport.core.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.transport.Outlet;

/**
 * Fetches .torrent files from web addresses under the guard that trackers pass, too: every address of every hop is put to the
 * {@link SourceGate}, redirects lead only outwards and never from https to http, at most three. Certificates and host names are verified
 * as the JDK does (invariant I4). Blocking. Bounds: 60 s in all, 10 s to connect, 20 s without a byte, 16 KiB of header, 10 MiB.
 */
public final class TorrentFetch implements AutoCloseable {
    /** Of a .torrent, see {@code BencodeLimits.TORRENT}. */
    private static final int MAX_BODY = 10 << 20;
    private static final int MAX_REDIRECTS = 3;
    private static final Duration WHOLE = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    /** No torrent is known yet; the rules look at the address. */
    private static final InfoHash NONE = new InfoHash("0".repeat(40));

    private final SourceGate gate;
    private final TrackerSurroundings surroundings;
    private final HttpQuestion question;
    private final NameLookup names;
    private final ScheduledExecutorService alarms;
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();

    /** @param userAgent what we call ourselves; @param outlet makes its sockets */
    public TorrentFetch(SourceGate gate, String userAgent, Outlet outlet) {
        this(gate, userAgent, TrackerSurroundings.of(outlet));
    }

    TorrentFetch(SourceGate gate, String userAgent, TrackerSurroundings surroundings) {
        this.gate = gate;
        this.surroundings = surroundings;
        this.question = new HttpQuestion(userAgent, surroundings);
        this.names = new NameLookup(surroundings.names());
        this.alarms = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("torrent-fetch-deadlines"));
    }

    /** The answer did not do; the message is a sentence for a person. */
    public static final class FetchException extends Exception {
        private static final long serialVersionUID = 1L;

        FetchException(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    /** One answer. @param location where it sends us on to; empty when {@code body} is it */
    private record Answer(String location, Bytes body) { }

    /** Carries a refusal through HttpClient. */
    private static final class UnfitException extends IOException {
        private static final long serialVersionUID = 1L;

        UnfitException(RefusedException reason) {
            super(reason);
        }

        RefusedException reason() {
            return (RefusedException) getCause();
        }
    }

    /**
     * What is there now.
     *
     * @throws RefusedException a rule of the guard, or {@code fetch.…}: what is there is not taken
     * @throws FetchException   when the server or the network fails
     */
    public Bytes fetch(String address) throws RefusedException, FetchException {
        try (Deadline deadline = new Deadline(WHOLE, alarms)) {
            open.add(deadline);
            try {
                return follow(TrackerUrl.parse(address), deadline);
            } catch (TrackerException e) {
                throw unfit(e);
            } catch (CheckedAddresses.RefusedAddressException e) {
                throw unfit(new TrackerException(e.refusal()));
            } catch (UnfitException e) {
                throw e.reason();
            } catch (IOException e) {
                throw broken(e, deadline);
            } finally {
                open.remove(deadline);
            }
        }
    }

    /** Breaks off what is under way. Idempotent. */
    @Override
    public void close() {
        open.forEach(Deadline::strike);
        names.close();
        alarms.shutdownNow();
    }

    private Bytes follow(TrackerUrl first, Deadline deadline) throws IOException, TrackerException {
        TrackerUrl url = first;
        AddressScope reached = AddressScope.LOOPBACK;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            CheckedAddresses addresses = new CheckedAddresses(gate, NONE, url, reached, names, surroundings.scopes(), deadline);
            Answer answer = question.ask(url, addresses, deadline, SILENCE, List.of(), TorrentFetch::read);
            if (answer.location().isEmpty()) {
                return answer.body();
            }
            reached = addresses.reached();
            url = url.redirectedTo(answer.location());
        }
        throw new TrackerException("discovery.redirect-count", "The tracker sent us on more than " + MAX_REDIRECTS
                + " times, so we stopped following.");
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        Header location = response.getFirstHeader("Location");
        if (List.of(301, 302, 303, 307, 308).contains(status) && location != null && !location.getValue().isBlank()) {
            return new Answer(location.getValue(), Bytes.EMPTY);
        }
        if (status != 200) {
            throw refused("fetch.status", "The web server answered with HTTP status " + status
                    + " instead of a .torrent file. Check the address, or try again later.");
        }
        HttpEntity entity = response.getEntity();
        String encoding = entity == null || entity.getContentEncoding() == null ? "identity" : entity.getContentEncoding().toLowerCase(Locale.ROOT);
        if (!encoding.isBlank() && !encoding.equals("identity")) {
            throw refused("fetch.encoding",
                    "The web server sent a compressed answer nobody asked for, so it was not unpacked. Fetch the file with your browser.");
        }
        if (entity == null || entity.getContentLength() > MAX_BODY) {
            throw tooLong();
        }
        try (InputStream content = entity.getContent()) {
            int begin = content.read();
            if (begin != 'd') { // the first byte of every .torrent: a web page is not read to its end
                throw refused("fetch.not-a-torrent",
                        "What is at this address is no .torrent file. It may be a page about one: open it with your browser, and look for the file.");
            }
            byte[] rest = content.readNBytes(MAX_BODY);
            if (rest.length == MAX_BODY) {
                throw tooLong();
            }
            byte[] all = new byte[rest.length + 1];
            all[0] = (byte) begin;
            System.arraycopy(rest, 0, all, 1, rest.length);
            return new Answer("", Bytes.copyOf(all));
        }
    }

    private static UnfitException tooLong() {
        return refused("fetch.size", "What is at this address is larger than 10 MiB, which no .torrent file is. It was not fetched.");
    }

    private static UnfitException refused(String rule, String sentence) {
        return new UnfitException(new RefusedException(rule, sentence));
    }

    /** The guards speak of trackers; a person reads of a web server here. */
    private static RefusedException unfit(TrackerException e) throws FetchException {
        String sentence = e.getMessage().replace(" The torrent goes on without it.", "")
                .replace("Ask the maker of the torrent for another tracker.", "Check it.")
                .replace("trackers", "web servers").replace("tracker", "web server").replace("Tracker", "Web server");
        if (e.refusal().isEmpty()) {
            throw new FetchException(sentence, e);
        }
        return new RefusedException(e.refusal().get().rule(), sentence);
    }

    private static FetchException broken(IOException e, Deadline deadline) throws RefusedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLException ssl && ssl.getMessage() != null
                    && ssl.getMessage().contains("ertificate")) {
                throw new RefusedException("fetch.certificate",
                        "The certificate of the web server cannot be trusted, so nothing was fetched: somebody may be in between. "
                        + "Check the address, or ask for the file in another way.");
            }
        }
        return new FetchException(deadline.passed() ? "The web server took too long. Try again later."
                : "The web server could not be reached, or broke off. Check the address and your connection.", e);
    }
}
