package org.sallyport.core.metainfo;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tracker and web seed addresses of a torrent: those that may be used, in tiers, and how many were left out. */
final class SourceUrls {
    static final int MAX_URLS = 50;
    static final int MAX_URL_CHARS = 2048;
    static final Set<String> TRACKER_SCHEMES = Set.of("http", "https", "udp");
    static final Set<String> WEB_SEED_SCHEMES = Set.of("http", "https");
    /** Bounds the work on a list made of refuse. */
    private static final int MAX_LOOKED_AT = 1000;

    private final Set<String> schemes;
    private final Set<String> kept = new HashSet<>();
    private int lookedAt;
    private int leftOut;

    private SourceUrls(Set<String> schemes) {
        this.schemes = schemes;
    }

    static List<List<String>> tiers(BencodeDict torrent, List<String> notes) {
        SourceUrls urls = new SourceUrls(TRACKER_SCHEMES);
        List<List<String>> tiers = new ArrayList<>();
        torrent.list("announce-list").ifPresent(lists -> {
            for (int i = 0; i < lists.size(); i++) {
                lists.list(i).ifPresentOrElse(tier -> urls.addKept(tier, tiers), () -> urls.leftOut++);
            }
        });
        // BEP 12: announce counts only without a usable list
        if (tiers.isEmpty() && torrent.has("announce")) {
            List<String> only = new ArrayList<>();
            urls.keep(torrent.text("announce", ""), only);
            if (!only.isEmpty()) {
                tiers.add(List.copyOf(only));
            }
        }
        urls.note("trackers", "http, https and udp", notes);
        return List.copyOf(tiers);
    }

    /** BEP 19 as a list or one text; BEP 17 as a list. */
    static List<WebSeed> webSeeds(BencodeDict torrent, List<String> notes) {
        List<WebSeed> seeds = new ArrayList<>();
        for (WebSeed.Kind kind : WebSeed.Kind.values()) {
            String key = kind == WebSeed.Kind.FILES ? "url-list" : "httpseeds";
            SourceUrls urls = new SourceUrls(WEB_SEED_SCHEMES);
            List<String> kept = new ArrayList<>();
            torrent.list(key).ifPresent(list -> urls.keepAll(list, kept));
            if (!torrent.text(key, "").isBlank()) {
                urls.keep(torrent.text(key, ""), kept);
            }
            urls.note("web seeds", "http and https", notes);
            kept.forEach(url -> seeds.add(new WebSeed(url, kind)));
        }
        return List.copyOf(seeds);
    }

    /** Whether an address may be used: one of the schemes, a host, no user name, no spaces or controls, not too long. */
    static boolean isUsable(String url, Set<String> schemes) {
        if (url.length() > MAX_URL_CHARS || !url.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return false;
        }
        try {
            URI uri = new URI(url);
            // a user name only serves to make the host look like another
            return uri.getScheme() != null && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null && !uri.getHost().isEmpty() && uri.getRawUserInfo() == null
                    && uri.getPort() != 0 && uri.getPort() <= 65535;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private void addKept(BencodeList list, List<List<String>> tiers) {
        List<String> tier = new ArrayList<>();
        keepAll(list, tier);
        if (!tier.isEmpty()) {
            tiers.add(List.copyOf(tier));
        }
    }

    private void keepAll(BencodeList list, List<String> into) {
        for (int i = 0; i < list.size(); i++) {
            keep(list.text(i, ""), into);
        }
    }

    private void keep(String raw, List<String> into) {
        String url = raw.strip();
        if (kept.contains(url)) {
            return;
        }
        if (kept.size() == MAX_URLS || ++lookedAt > MAX_LOOKED_AT || !isUsable(url, schemes)) {
            leftOut++;
            return;
        }
        kept.add(url);
        into.add(url);
    }

    private void note(String what, String allowed, List<String> notes) {
        if (leftOut > 0) {
            notes.add("Left out " + leftOut + " " + what + ": only " + allowed + " addresses of at most " + MAX_URL_CHARS
                    + " characters are used, and at most " + MAX_URLS + " of them.");
        }
    }
}
