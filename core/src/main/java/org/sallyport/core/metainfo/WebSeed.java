package org.sallyport.core.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.InfoHash;

/**
 * A web server that has the content of a torrent, and how to ask it.
 *
 * @param url   http or https, as the torrent gives it
 * @param kind  files by their names (BEP 19), or pieces by their numbers (BEP 17)
 */
public record WebSeed(String url, Kind kind) {
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    public enum Kind { FILES, PIECES }

    /**
     * Where it has a file (BEP 19); empty when no address can be made of its name.
     *
     * @param rawPath the torrent's name and what follows it, as the torrent writes them; the name alone for a single file
     */
    public Optional<String> addressOf(List<String> rawPath, boolean singleFile) {
        if (singleFile && !url.endsWith("/")) {
            return Optional.of(url);
        }
        StringBuilder address = new StringBuilder(url);
        if (!url.endsWith("/")) {
            address.append('/');
        }
        for (int i = 0; i < rawPath.size(); i++) {
            String element = rawPath.get(i);
            if (element.isEmpty() || element.equals(".") || element.equals("..")) {
                return Optional.empty();
            }
            address.append(i == 0 ? "" : "/").append(percent(element.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.of(address.toString());
    }

    /** Where it has a piece (BEP 17). */
    public String addressOf(InfoHash hash, int piece) {
        return url + (url.indexOf('?') < 0 ? '?' : '&') + "info_hash=" + percent(hash.bytes()) + "&piece=" + piece;
    }

    private static String percent(byte[] raw) {
        StringBuilder text = new StringBuilder(raw.length * 3);
        for (byte b : raw) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }
}
