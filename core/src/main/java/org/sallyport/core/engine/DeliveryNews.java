package org.sallyport.core.engine;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.storage.Origin;

/** Tells what becomes of a torrent's files on their way out of quarantine. */
final class DeliveryNews {
    private final Services services;
    private final EventLog events;
    private final TorrentFiles files;

    DeliveryNews(Services services, TorrentFiles files) {
        this.services = services;
        this.events = services.events();
        this.files = files;
    }

    private Metainfo metainfo() {
        return files.metainfo();
    }

    void verified() {
        events.info("torrent.verified", metainfo().hash(), "\"" + metainfo().name() + "\" is complete and every part is right.");
    }

    void delivered(int held) {
        String but = held == 0 ? "" : held == 1 ? ", but for a file that is held in quarantine"
                : ", but for " + held + " files that are held in quarantine";
        events.tell(Severity.INFO, "torrent.released", "\"" + metainfo().name() + "\" is in its folder" + but + ".",
                Map.of("hash", metainfo().hash().hex(), "held", Integer.toString(held)));
    }

    void verdict(FileEntry file, SavedVerdict row) {
        String reason = row.verdict().reason();
        tell(row.verdict().kind() == Verdict.Kind.INFECTED ? Severity.TROUBLE : Severity.INFO, "file.verdict",
                "\"" + file.path() + "\": " + (reason.isEmpty() ? "clean" : reason), file, row, Map.of());
    }

    void released(FileEntry file, SavedVerdict row) {
        tell(Severity.INFO, "file.released", "\"" + file.path() + "\" left quarantine.", file, row, Map.of());
    }

    void held(FileEntry file, SavedVerdict row, Refusal why) {
        tell(Severity.REFUSED, "file.held", "\"" + file.path() + "\" is held in quarantine. " + why.sentence(), file, row,
                Map.of("rule", why.rule()));
    }

    void deleted(FileEntry file, SavedVerdict row) {
        tell(Severity.INFO, "file.deleted", "\"" + file.path() + "\" was deleted in quarantine, and is not downloaded again.", file, row, Map.of());
    }

    /** @param millis from what was found being known until the gate was shut and the connections were closed */
    void shut(FileEntry file, SavedVerdict row, long millis) {
        String sentence = "Nothing of \"" + metainfo().name() + "\" is sent any more: malware was found in \"" + file.path() + "\".";
        tell(Severity.REFUSED, "share.infected", sentence, file, row,
                Map.of("rule", "policy.serve-infected", "closedAfterMs", Long.toString(millis)));
    }

    void changed(FileEntry file) {
        events.tell(Severity.INFO, "file.changed", "\"" + file.path()
                + "\" was changed after it was looked at, so what was found then does not count any more.",
                Map.of("hash", metainfo().hash().hex(), "path", files.layout().released(file.index()).toString(), "file", file.path()));
    }

    private void tell(Severity severity, String id, String sentence, FileEntry file, SavedVerdict row, Map<String, String> more) {
        Map<String, String> facts = new HashMap<>(more);
        facts.put("hash", metainfo().hash().hex());
        facts.put("path", files.layout().released(file.index()).toString());
        facts.put("file", file.path());
        facts.put("verdict", jsonName(row.verdict().kind()));
        facts.put("reason", row.verdict().reason());
        facts.put("sha256", row.sha256());
        facts.put("engine", row.engine());
        events.tell(severity, id, sentence, facts);
    }

    /** As in cli.md: clean, suspicious, infected, notScanned. */
    private static String jsonName(Verdict.Kind kind) {
        return kind == Verdict.Kind.NOT_SCANNED ? "notScanned" : kind.name().toLowerCase(Locale.ROOT);
    }

    /** What others may read on the file: of a page or tracker only the host, because the address may hold a key of the user. */
    Origin origin() {
        Metainfo metainfo = metainfo();
        String magnet = "magnet:?xt=urn:btih:" + metainfo.hash().hex();
        String page = host(services.origins().url(metainfo.hash()));
        return page.isEmpty() ? new Origin(magnet, tracker(metainfo, magnet)) : new Origin(magnet, page);
    }

    private static String tracker(Metainfo metainfo, String otherwise) {
        return metainfo.tiers().stream().flatMap(List::stream).map(DeliveryNews::host).filter(host -> !host.isEmpty()).findFirst().orElse(otherwise);
    }

    private static String host(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() == null ? "" : uri.getScheme() + "://" + uri.getHost() + "/";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
