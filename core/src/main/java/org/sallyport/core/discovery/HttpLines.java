package org.sallyport.core.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/** Connections to web servers that wait for their next question: few, and not for long. Any thread. */
final class HttpLines implements AutoCloseable {
    static final int MOST = 8;

    private final BlockingDeque<Resting> resting = new LinkedBlockingDeque<>(MOST);
    private final Function<TrackerUrl, HttpLine> maker;
    private final ScheduledExecutorService alarms;
    private final Duration longest;
    private volatile boolean closed;

    /** @param maker of lines to be kept @param longest after so long a connection is closed that nobody used */
    HttpLines(Function<TrackerUrl, HttpLine> maker, ScheduledExecutorService alarms, Duration longest) {
        this.maker = maker;
        this.alarms = alarms;
        this.longest = longest;
    }

    /**
     * Asks on a connection that waits, if there is one to that server and the question may go there. A server may have closed it just now:
     * then, nothing having come, on another.
     *
     * @param headers besides the usual ones @param reader reads to the end what it takes; else the connection is of no further use
     */
    <T> T ask(TrackerUrl url, CheckedAddresses addresses, Deadline deadline, List<Header> headers, HttpLine.Reader<T> reader)
            throws IOException, TrackerException {
        Optional<HttpLine> waiting = take(url);
        if (waiting.flatMap(HttpLine::connectedTo).filter(addresses::admits).isPresent()) {
            Heard<T> heard = new Heard<>(reader);
            try {
                return on(waiting.get(), url, addresses, deadline, headers, heard);
            } catch (IOException e) {
                if (heard.anything || deadline.passed()) {
                    throw e;
                }
            }
        } else {
            waiting.ifPresent(HttpLine::close);
        }
        return on(maker.apply(url), url, addresses, deadline, headers, reader);
    }

    private <T> T on(HttpLine line, TrackerUrl url, CheckedAddresses addresses, Deadline deadline, List<Header> headers, HttpLine.Reader<T> reader)
            throws IOException, TrackerException {
        boolean well = false;
        try {
            T read = line.ask(url, addresses, deadline, headers, reader);
            well = !deadline.passed();
            return read;
        } finally {
            if (well) {
                giveBack(line);
            } else {
                line.close();
            }
        }
    }

    private Optional<HttpLine> take(TrackerUrl url) {
        for (Resting each : resting) {
            if (each.line.leadsTo(url) && resting.remove(each)) {
                return Optional.of(each.line);
            }
        }
        return Optional.empty();
    }

    private void giveBack(HttpLine line) {
        Resting now = new Resting(line);
        if (!line.rest() || !resting.offerFirst(now)) {
            line.close();
            return;
        }
        try {
            alarms.schedule(() -> end(now), longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            end(now);
        }
        if (closed) {
            end(now);
        }
    }

    private void end(Resting which) {
        if (resting.remove(which)) {
            which.line.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        resting.forEach(this::end);
    }

    /** No record: one that came back is another one. */
    private static final class Resting {
        private final HttpLine line;

        Resting(HttpLine line) {
            this.line = line;
        }
    }

    /** Remembers that there was an answer. */
    private static final class Heard<T> implements HttpLine.Reader<T> {
        private final HttpLine.Reader<T> reader;
        private boolean anything;

        Heard(HttpLine.Reader<T> reader) {
            this.reader = reader;
        }

        @Override
        public T read(ClassicHttpResponse response) throws IOException, TrackerException {
            anything = true;
            return reader.read(response);
        }
    }
}
