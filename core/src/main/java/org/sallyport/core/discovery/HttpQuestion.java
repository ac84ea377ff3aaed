package org.sallyport.core.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.sallyport.core.model.Bytes;

/**
 * One GET on one connection of its own: nothing that could grow is left behind. See {@link HttpLine} for what is not done on it.
 */
final class HttpQuestion {
    private static final int MAX_BODY = 1 << 20;

    private final String userAgent;
    private final TrackerSurroundings surroundings;

    HttpQuestion(String userAgent, TrackerSurroundings surroundings) {
        this.userAgent = userAgent;
        this.surroundings = surroundings;
    }

    /** @param location where a redirect leads, else empty; @param body at most 1 MiB, empty for a redirect */
    record Answer(int status, String location, Bytes body) {
        boolean redirects() {
            return List.of(301, 302, 303, 307, 308).contains(status);
        }
    }

    Answer ask(TrackerUrl url, CheckedAddresses addresses, Deadline deadline) throws IOException, TrackerException {
        // one second later than the deadline, which closes the socket itself and knows the better sentence
        return ask(url, addresses, deadline, deadline.left().plusSeconds(1), List.of(), HttpQuestion::read);
    }

    /** @param patience without a byte; the deadline holds besides @param headers besides the usual ones */
    <T> T ask(TrackerUrl url, CheckedAddresses addresses, Deadline deadline, Duration patience, List<Header> headers, HttpLine.Reader<T> reader)
            throws IOException, TrackerException {
        try (HttpLine line = new HttpLine(url, false, userAgent, surroundings, patience)) {
            return line.ask(url, addresses, deadline, headers, reader);
        }
    }

    private static Answer read(ClassicHttpResponse response) throws IOException, TrackerException {
        Header location = response.getFirstHeader("Location");
        Answer bare = new Answer(response.getCode(), location == null ? "" : location.getValue(), Bytes.EMPTY);
        HttpEntity entity = response.getEntity();
        if (bare.redirects() || entity == null) {
            return bare;
        }
        String encoding = entity.getContentEncoding() == null ? "identity" : entity.getContentEncoding().toLowerCase(Locale.ROOT);
        if (!encoding.isBlank() && !encoding.equals("identity")) {
            throw new TrackerException("discovery.encoding",
                    "The tracker sent a compressed answer nobody asked for, so it was not unpacked.");
        }
        if (entity.getContentLength() > MAX_BODY) {
            throw tooLong();
        }
        byte[] content = entity.getContent().readNBytes(MAX_BODY + 1);
        if (content.length > MAX_BODY) {
            throw tooLong();
        }
        return new Answer(bare.status(), bare.location(), Bytes.copyOf(content));
    }

    private static TrackerException tooLong() {
        return new TrackerException("discovery.body-size",
                "The tracker's answer is longer than 1 MiB, which no honest tracker sends, so it was cut off.");
    }
}
