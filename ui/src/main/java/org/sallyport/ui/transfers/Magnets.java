package org.sallyport.ui.transfers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.sallyport.core.model.TorrentSnapshot;

/** Magnet links (BEP 9) for the clipboard. */
final class Magnets {
    private Magnets() { }

    /** Info-hash and name; no trackers, because those of a private torrent may hold a passkey. */
    static String of(TorrentSnapshot torrent) {
        String name = URLEncoder.encode(torrent.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return "magnet:?xt=urn:btih:" + torrent.hash().hex() + "&dn=" + name;
    }
}
