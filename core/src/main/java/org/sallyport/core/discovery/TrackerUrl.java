package org.sallyport.core.discovery;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.sallyport.core.metainfo.PercentText;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;

/**
 * A checked {@code http} or {@code https} URL and the queries made of it. The raw text is never decoded and encoded again:
 * a pass key in it reaches the tracker as it was written.
 */
record TrackerUrl(URI uri) {
    private static final int MAX_CHARS = 2048;
    // a redirect usually carries our query along
    private static final int MAX_REDIRECT_CHARS = 2 * MAX_CHARS;
    private static final int MAX_TRACKER_ID = 256;
    private static final int HASH_BYTES = 20;
    // libtorrent and qBittorrent announce 1 when nothing listens: many trackers refuse 0 (arvidn/libtorrent#5315)
    private static final int NO_LISTENER_PORT = 1;

    /** @throws TrackerException with a refusal when it is not a plain web address we would ask */
    static TrackerUrl parse(String text) throws TrackerException {
        return parse(text, MAX_CHARS);
    }

    private static TrackerUrl parse(String text, int maxChars) throws TrackerException {
        if (text.length() > maxChars) {
            throw new TrackerException(unusable("is longer than " + maxChars + " characters"));
        }
        try {
            return checked(new URI(text));
        } catch (URISyntaxException e) {
            throw new TrackerException(unusable("is not a valid web address"), e);
        }
    }

    private static TrackerUrl checked(URI uri) throws TrackerException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new TrackerException("discovery.scheme", "Only http and https trackers are asked, so this address is not used.");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new TrackerException(unusable("names no usable host and port"));
        }
        if (uri.getRawUserInfo() != null) {
            throw new TrackerException(unusable("carries a name or password, which would be sent readable"));
        }
        return new TrackerUrl(uri);
    }

    private static Refusal unusable(String why) {
        return new Refusal("discovery.url", "The tracker's address " + why
                + ", so it is not used. Ask the maker of the torrent for another tracker.");
    }

    /** Where {@code location} of a redirect leads. Never down to readable http, never to another kind of address. */
    TrackerUrl redirectedTo(String location) throws TrackerException {
        TrackerUrl target = parse(resolved(location), MAX_REDIRECT_CHARS);
        if (secure() && !target.secure()) {
            throw new TrackerException("discovery.redirect-downgrade",
                    "The tracker sent us from a protected to an unprotected address, so we did not follow.");
        }
        return target;
    }

    private String resolved(String location) throws TrackerException {
        if (location.isBlank()) {
            throw new TrackerException("The tracker sent us on without saying where.");
        }
        try {
            return uri.resolve(new URI(location)).toString();
        } catch (URISyntaxException e) {
            throw new TrackerException(unusable("sends us on to something that is not a web address"), e);
        }
    }

    boolean secure() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** The host as a name or literal address, without the brackets of IPv6. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    /** What goes into the request line: path and query, raw. */
    String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** This URL with the query of an announce (BEP 3, 7, 23). @param trackerId ISO-8859-1, empty for none */
    TrackerUrl announce(AnnounceRequest request, String trackerId) throws TrackerException {
        StringBuilder query = new StringBuilder(400)
                .append("info_hash=").append(hash(request.hash()))
                .append("&peer_id=").append(PercentText.encode(request.peerId().toArray()))
                .append("&port=").append(request.port() == 0 ? NO_LISTENER_PORT : request.port())
                .append("&uploaded=").append(request.uploaded())
                .append("&downloaded=").append(request.downloaded())
                .append("&left=").append(request.left())
                .append("&compact=1&no_peer_id=1&numwant=").append(request.numWant())
                .append("&key=").append(HexFormat.of().withUpperCase().formatHex(request.key().toArray()));
        if (request.event() != AnnounceEvent.NONE) {
            query.append("&event=").append(request.event().word());
        }
        if (!trackerId.isEmpty() && trackerId.length() <= MAX_TRACKER_ID) {
            query.append("&trackerid=").append(PercentText.encode(trackerId.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return with(query.toString());
    }

    /** The scrape URL, by the rule of BEP 48: the text after the last slash begins with "announce". Empty when it does not. */
    Optional<String> scrapeText() {
        String text = withoutFragment();
        int name = text.lastIndexOf('/') + 1;
        return text.startsWith("announce", name)
                ? Optional.of(text.substring(0, name) + "scrape" + text.substring(name + "announce".length()))
                : Optional.empty();
    }

    TrackerUrl scrape(InfoHash hash) throws TrackerException {
        String text = scrapeText()
                .orElseThrow(() -> new TrackerException("This tracker cannot be asked for numbers only (its address has no scrape form)."));
        return parse(text).with("info_hash=" + hash(hash));
    }

    private TrackerUrl with(String query) throws TrackerException {
        String text = withoutFragment();
        String path = uri.getRawPath().isEmpty() && uri.getRawQuery() == null ? text + "/" : text;
        URI made = URI.create(path + (uri.getRawQuery() == null ? "?" : "&") + query);
        return new TrackerUrl(made);
    }

    private String withoutFragment() {
        String text = uri.toString();
        return uri.getRawFragment() == null ? text : text.substring(0, text.indexOf('#'));
    }

    /** Trackers know a version 2 torrent by the first 20 bytes of its hash (BEP 52). */
    private static String hash(InfoHash hash) {
        return PercentText.encode(Arrays.copyOf(hash.bytes(), HASH_BYTES));
    }

    /** Host and port only: the path may hold a pass key and belongs in no log. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost() + ":" + port();
    }
}
