package org.sallyport.core.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.transport.Outlet;

/**
 * Fetches parts of files from web servers (BEP 19, BEP 17) under the guard that trackers pass, too: every address of every hop is put to
 * the {@link SourceGate}, redirects lead only outwards, at most three. Blocking: one thread for a question, several at once. Bounds: 10 s to
 * connect, 20 s without a byte, 10 minutes in all and at least 1 KiB/s, 16 KiB of header, and never more bytes than were asked for. A
 * connection on which all went well waits a few seconds for the next question to the same server, which passes the same guard.
 */
public final class WebSeedClient implements AutoCloseable {
    private static final int MAX_REDIRECTS = 3;
    private static final int CHUNK = 64 << 10;
    private static final Duration WHOLE = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    /** Servers keep a connection for so long at least, as a rule. */
    private static final Duration UNUSED = Duration.ofSeconds(15);
    /** So much of an answer that is not wanted is read, to keep the connection. */
    private static final int MOST_UNWANTED = 4 << 10;
    private static final long LEAST_PER_SECOND = 1 << 10;
    private static final long GRACE = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_PAUSE_SECONDS = TimeUnit.HOURS.toSeconds(1);
    private static final long USUAL_PAUSE_SECONDS = 60;

    private final SourceGate gate;
    private final TrackerSurroundings surroundings;
    private final NameLookup names;
    private final ScheduledExecutorService alarms;
    private final HttpLines lines;
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Takes what arrives, on the thread of the question; may wait there until there is room. */
    @FunctionalInterface
    public interface Taker {
        /** @param data valid during the call only @return whether more is wanted */
        boolean take(byte[] data, int length) throws InterruptedException;
    }

    /** Breaks one question off. Any thread. */
    public static final class Stop {
        private final AtomicReference<Deadline> deadline = new AtomicReference<>();
        private volatile boolean stopped;

        public void now() {
            stopped = true;
            watch(deadline.get());
        }

        public boolean isNow() {
            return stopped;
        }

        private void watch(@Nullable Deadline running) {
            deadline.set(running);
            if (stopped && running != null) {
                running.strike();
            }
        }
    }

    /** @param userAgent what we call ourselves; @param outlet makes its sockets */
    public WebSeedClient(SourceGate gate, String userAgent, Outlet outlet) {
        this(gate, userAgent, TrackerSurroundings.of(outlet));
    }

    WebSeedClient(SourceGate gate, String userAgent, TrackerSurroundings surroundings) {
        this.gate = gate;
        this.surroundings = surroundings;
        this.names = new NameLookup(surroundings.names());
        this.alarms = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("web-seed-deadlines"));
        this.lines = new HttpLines(url -> new HttpLine(url, true, userAgent, surroundings, SILENCE), alarms, UNUSED);
    }

    /**
     * Fetches; returns when all was taken, or when the taker wants no more.
     *
     * @throws WebSeedException when it cannot be had; what was taken before is no less right
     * @throws InterruptedException when the thread was asked to end
     */
    public void fetch(WebQuestion asked, Taker taker, Stop stop) throws WebSeedException, InterruptedException {
        if (closed) {
            throw new WebSeedException(WebSeedException.Kind.BROKEN, "Web servers are not asked any more: the program is closing.");
        }
        try (Deadline deadline = new Deadline(WHOLE, alarms)) {
            open.add(deadline);
            stop.watch(deadline);
            try {
                follow(asked, taker, deadline);
            } catch (TrackerException e) {
                throw WebSeedException.of(e);
            } catch (CheckedAddresses.RefusedAddressException e) {
                throw WebSeedException.of(new TrackerException(e.refusal()));
            } catch (StoppedException e) {
                e.rethrow();
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                throw new WebSeedException(WebSeedException.Kind.BROKEN, deadline.passed()
                        ? "The web server took too long." : "The connection to the web server broke, or could not be made.");
            } finally {
                open.remove(deadline);
            }
        }
    }

    /** Breaks off what is under way. Idempotent. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Deadline::strike);
        lines.close();
        names.close();
        alarms.shutdownNow();
    }

    private void follow(WebQuestion asked, Taker taker, Deadline deadline) throws IOException, TrackerException {
        TrackerUrl url = TrackerUrl.parse(asked.address());
        List<Header> headers = asked.ranged()
                ? List.of(new BasicHeader("Range", "bytes=" + asked.from() + "-" + (asked.from() + asked.length() - 1))) : List.of();
        AddressScope reached = AddressScope.LOOPBACK;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            CheckedAddresses addresses = new CheckedAddresses(gate, asked.hash(), url, reached, names, surroundings.scopes(), deadline);
            String location = lines.ask(url, addresses, deadline, headers, response -> read(asked, taker, response));
            if (location.isEmpty()) {
                return;
            }
            reached = addresses.reached();
            url = url.redirectedTo(location);
        }
        throw new TrackerException("discovery.redirect-count", "The tracker sent us on more than " + MAX_REDIRECTS + " times, so we stopped "
                + "following.");
    }

    /** @return where it sends us on to; empty when all is here */
    private static String read(WebQuestion asked, Taker taker, ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        Header location = response.getFirstHeader("Location");
        if (List.of(301, 302, 303, 307, 308).contains(status) && location != null) {
            passOver(response.getEntity());
            return location.getValue();
        }
        if (status == 503 || status == 429) {
            throw new StoppedException(new WebSeedException(pause(response)));
        }
        boolean part = status == 206 && asked.ranged();
        if (!part && status != 200) {
            boolean here = status >= 500 || status == 408;
            throw stopped(here ? WebSeedException.Kind.BROKEN : WebSeedException.Kind.REFUSED,
                    "The web server answered with HTTP status " + status + " instead of the file.");
        }
        if (part && !isFrom(response, asked.from())) {
            throw stopped(WebSeedException.Kind.REFUSED, "The web server sent another part of the file than was asked for, so it is not used.");
        }
        if (!part && asked.ranged() && asked.from() > 0) {
            throw stopped(WebSeedException.Kind.REFUSED, "The web server can only send whole files, so it is not used.");
        }
        HttpEntity entity = response.getEntity();
        String encoding = entity == null || entity.getContentEncoding() == null ? "identity" : entity.getContentEncoding().toLowerCase(Locale.ROOT);
        if (!encoding.isBlank() && !encoding.equals("identity")) {
            throw stopped(WebSeedException.Kind.REFUSED, "The web server sent a compressed file nobody asked for, so it was not unpacked.");
        }
        if (entity == null || entity.getContentLength() >= 0 && entity.getContentLength() < asked.length()) {
            throw stopped(WebSeedException.Kind.REFUSED, "The web server's file is shorter than the torrent says.");
        }
        if (pour(entity.getContent(), asked.length(), taker) && entity.getContentLength() == asked.length()) {
            passOver(entity);
        }
        return "";
    }

    /** To the end: only then the connection is of further use. */
    private static void passOver(@Nullable HttpEntity entity) throws IOException {
        if (entity != null && entity.getContentLength() >= 0) {
            entity.getContent().readNBytes(MOST_UNWANTED);
        }
    }

    /** @return whether all came; the taker may have wanted no more */
    private static boolean pour(InputStream content, long length, Taker taker) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long begun = System.nanoTime();
        long here = 0;
        while (here < length) {
            int read = content.read(chunk, 0, (int) Math.min(CHUNK, length - here));
            if (read < 0) {
                throw stopped(WebSeedException.Kind.BROKEN, "The web server stopped before the end.");
            }
            here += read;
            boolean more;
            long waiting = System.nanoTime();
            try {
                more = taker.take(chunk, read);
            } catch (InterruptedException e) {
                throw new StoppedException(e);
            }
            begun += System.nanoTime() - waiting; // our own waiting is not its slowness
            if (!more) {
                return false;
            }
            long nanos = System.nanoTime() - begun;
            if (nanos > GRACE && here < LEAST_PER_SECOND * TimeUnit.NANOSECONDS.toSeconds(nanos)) {
                throw stopped(WebSeedException.Kind.BROKEN, "The web server is too slow to be of use.");
            }
        }
        return true;
    }

    private static boolean isFrom(ClassicHttpResponse response, long from) {
        Header range = response.getFirstHeader("Content-Range");
        return range != null && range.getValue().strip().toLowerCase(Locale.ROOT).startsWith("bytes " + from + "-");
    }

    /** The header of HTTP, or the text of BEP 17. */
    private static Duration pause(ClassicHttpResponse response) throws IOException {
        Header after = response.getFirstHeader("Retry-After");
        OptionalLong told = after == null ? OptionalLong.empty() : seconds(after.getValue());
        if (told.isEmpty() && response.getEntity() != null) {
            told = seconds(new String(response.getEntity().getContent().readNBytes(16), StandardCharsets.ISO_8859_1));
        }
        return Duration.ofSeconds(Math.max(1, Math.min(LONGEST_PAUSE_SECONDS, told.orElse(USUAL_PAUSE_SECONDS))));
    }

    private static OptionalLong seconds(String text) {
        String digits = text.strip();
        boolean number = !digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    private static StoppedException stopped(WebSeedException.Kind kind, String sentence) {
        return new StoppedException(new WebSeedException(kind, sentence));
    }

    /** Carries the reason through HttpClient. */
    private static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1L;

        StoppedException(Exception reason) {
            super(reason);
        }

        void rethrow() throws WebSeedException, InterruptedException {
            if (getCause() instanceof WebSeedException known) {
                throw known;
            }
            throw new InterruptedException();
        }
    }
}
