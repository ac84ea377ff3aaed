package org.sallyport.core.metainfo;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

/**
 * Reads magnet links. Split first, decoded afterwards: an address in one may have parameters of its own. One per link.
 * bt's reader decodes first, cuts such addresses and stumbles over an empty parameter, so this is an own one.
 */
final class MagnetReader {
    static final String SCHEME = "magnet:";
    private static final String V1 = "urn:btih:";
    private static final String V2 = "urn:btmh:";
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern BASE32 = Pattern.compile("[a-zA-Z2-7]{32}");
    private static final Pattern NUMBERED = Pattern.compile("(xt|tr)\\.[0-9]{1,4}");

    private final Set<InfoHash> hashes = new LinkedHashSet<>();
    private final Set<String> trackers = new LinkedHashSet<>();
    private final Set<String> webSeeds = new LinkedHashSet<>();
    private final Set<PeerAddress> peers = new LinkedHashSet<>();
    private final BitSet selected = new BitSet();
    private boolean version2;
    private String name = "";
    private long size;
    private int trackersLeftOut;
    private int webSeedsLeftOut;
    private int peersLeftOut;
    private boolean selectionBroken;

    private MagnetReader() { }

    static Magnet read(String text) throws RefusedException {
        if (text.length() > Magnet.MAX_CHARS) {
            throw new RefusedException("magnet.too-long", "This link is longer than " + (Magnet.MAX_CHARS >> 10)
                    + " KiB; no honest magnet link is. Copy it again from where you found it.");
        }
        String link = text.strip();
        if (!Magnet.looksLikeOne(link) || link.length() == SCHEME.length() || link.charAt(SCHEME.length()) != '?') {
            throw new RefusedException("magnet.not-one", "This is no magnet link: those begin with magnet:? and go on with the torrent's hash. "
                    + "Copy it again.");
        }
        MagnetReader reader = new MagnetReader();
        for (String parameter : link.substring(SCHEME.length() + 1).split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String key = parameter.substring(0, equals).toLowerCase(Locale.ROOT);
                reader.take(NUMBERED.matcher(key).matches() ? key.substring(0, 2) : key, parameter.substring(equals + 1));
            }
        }
        return reader.finish();
    }

    private void take(String key, String value) throws RefusedException {
        switch (key) {
            case "xt" -> topic(PercentText.decode(value).strip());
            case "dn" -> name = name.isEmpty() ? DisplayText.line(PercentText.decode(value.replace('+', ' ')), Magnet.MAX_NAME_CHARS) : name;
            case "xl" -> size = number(value, Long.MAX_VALUE);
            case "tr" -> trackersLeftOut += keep(value, SourceUrls.TRACKER_SCHEMES, trackers, Magnet.MAX_TRACKERS);
            case "ws" -> webSeedsLeftOut += keep(value, SourceUrls.WEB_SEED_SCHEMES, webSeeds, SourceUrls.MAX_URLS);
            case "x.pe" -> peer(PercentText.decode(value).strip());
            case "so" -> select(PercentText.decode(value));
            default -> { } // as, xs, kt, mt: not of BitTorrent
        }
    }

    private void topic(String urn) throws RefusedException {
        if (urn.regionMatches(true, 0, V2, 0, V2.length())) {
            version2 = true;
        } else if (urn.regionMatches(true, 0, V1, 0, V1.length())) {
            hashes.add(hash(urn.substring(V1.length())));
        }
        if (hashes.size() > 1) {
            throw new RefusedException("magnet.two-torrents", "This link names more than one torrent. Ask for a link for each of them.");
        }
    }

    private static InfoHash hash(String text) throws RefusedException {
        if (HEX.matcher(text).matches()) {
            return InfoHash.parse(text);
        }
        if (BASE32.matcher(text).matches()) {
            StringBuilder digits = new StringBuilder(text.length());
            for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
                digits.append(Character.forDigit(c >= 'a' ? c - 'a' : c - '2' + 26, 32)); // RFC 4648 counts letters first, Java digits
            }
            return new InfoHash(String.format("%040x", new BigInteger(digits.toString(), 32)));
        }
        throw new RefusedException("magnet.hash", "The hash in this link is not complete: it has 40 hexadecimal digits, or 32 letters and digits. "
                + "Copy the link again.");
    }

    /** @return how many were left out */
    private static int keep(String value, Set<String> schemes, Set<String> into, int max) {
        String url = PercentText.decode(value).strip();
        if (into.contains(url)) {
            return 0;
        }
        if (into.size() == max || !SourceUrls.isUsable(url, schemes)) {
            return 1;
        }
        into.add(url);
        return 0;
    }

    private void peer(String text) {
        try {
            PeerAddress address = PeerAddress.parse(text);
            if (peers.size() < Magnet.MAX_PEERS || peers.contains(address)) {
                peers.add(address);
                return;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // a name, or nonsense: counted below
        }
        peersLeftOut++;
    }

    /** BEP 53: numbers and ranges, {@code 0,2,4-6}. */
    private void select(String text) {
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            long from = number(dash < 0 ? part : part.substring(0, dash), FileList.MAX_FILES - 1);
            long to = dash < 0 ? from : number(part.substring(dash + 1), FileList.MAX_FILES - 1);
            if (from < 0 || to < from) {
                selectionBroken = true;
                continue;
            }
            selected.set((int) from, (int) to + 1); // bit by bit it would take minutes: thousands of ranges fit into a link
        }
    }

    /** −1 if it is none, or too large. */
    private static long number(String text, long max) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long number = Long.parseLong(digits);
        return number <= max ? number : -1;
    }

    private Magnet finish() throws RefusedException {
        if (hashes.isEmpty() && version2) {
            throw new RefusedException("magnet.v2-only",
                    "This link is for a version 2 torrent only. Support for version 2 comes later; ask for a link with a version 1 hash (btih).");
        }
        if (hashes.isEmpty()) {
            throw new RefusedException("magnet.no-hash", "This link has no torrent's hash in it (xt=urn:btih:…), so nothing can be found by it. "
                    + "Copy it again.");
        }
        return new Magnet(hashes.iterator().next(), name, Math.max(0, size), List.copyOf(trackers), List.copyOf(webSeeds), List.copyOf(peers),
                selected.stream().boxed().collect(Collectors.toUnmodifiableSet()), notes());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (version2) {
            notes.add("The link is for version 1 and version 2; Sallyport uses version 1.");
        }
        note(notes, trackersLeftOut, "trackers: only http, https and udp addresses are used", Magnet.MAX_TRACKERS);
        note(notes, webSeedsLeftOut, "web seeds: only http and https addresses are used", SourceUrls.MAX_URLS);
        note(notes, peersLeftOut, "peers: only addresses in numbers are used", Magnet.MAX_PEERS);
        if (selectionBroken) {
            notes.add("Part of the choice of files in the link could not be read and was left out.");
        }
        return notes;
    }

    private static void note(List<String> notes, int count, String what, int max) {
        if (count > 0) {
            notes.add("Left out " + count + " " + what + ", and at most " + max + " of them.");
        }
    }
}
