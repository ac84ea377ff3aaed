package org.sallyport.core.metainfo;

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
            address.append(i == 0 ? "" : "/").append(PercentText.encode(element));
        }
        return Optional.of(address.toString());
    }

    /** Where it has a piece (BEP 17). */
    public String addressOf(InfoHash hash, int piece) {
        return url + (url.indexOf('?') < 0 ? '?' : '&') + "info_hash=" + PercentText.encode(hash.bytes()) + "&piece=" + piece;
    }
}
