package org.sallyport.core.discovery;

import java.net.URI;
import java.net.URISyntaxException;
import org.sallyport.core.model.Refusal;

/**
 * A checked {@code udp} URL.
 *
 * @param host   a name or literal address, without the brackets of IPv6
 * @param target raw path and query, which BEP 41 brings to the tracker; empty when there is nothing in it
 */
record UdpTrackerUrl(String host, int port, String target) {
    private static final int MAX_CHARS = 2048;
    private static final String SCHEME = "udp://";

    static boolean isUdp(String url) {
        return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** @throws TrackerException with a refusal when it is not an address we would ask */
    static UdpTrackerUrl parse(String text) throws TrackerException {
        if (text.length() > MAX_CHARS) {
            throw new TrackerException(unusable("is longer than " + MAX_CHARS + " characters"));
        }
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            if (!isUdp(text) || host == null || uri.getPort() < 1 || uri.getPort() > 65535) {
                throw new TrackerException(unusable("names no usable host and port"));
            }
            if (uri.getRawUserInfo() != null) {
                throw new TrackerException(unusable("carries a name or password, which would be sent readable"));
            }
            String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            return new UdpTrackerUrl(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, uri.getPort(), path.equals("/") ? "" : path);
        } catch (URISyntaxException e) {
            throw new TrackerException(unusable("is not a valid address"), e);
        }
    }

    private static Refusal unusable(String why) {
        return new Refusal("discovery.url",
                "The tracker's address " + why + ", so it is not used. Ask the maker of the torrent for another tracker.");
    }

    /** Without the target: it may hold a pass key and belongs in no log. */
    @Override
    public String toString() {
        return SCHEME + host + ":" + port;
    }
}
