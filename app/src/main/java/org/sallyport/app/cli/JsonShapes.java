package org.sallyport.app.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TrackerSnapshot;

/** The values of core as JSON objects. Scripts read these: names stay, new ones may be added. */
final class JsonShapes {
    private JsonShapes() { }

    static Map<String, Object> torrent(TorrentSnapshot t) {
        return Json.object(
                "hash", t.hash().hex(), "name", t.name(), "state", Words.camelCase(t.state()), "sentence", t.sentence(),
                "sizeBytes", t.sizeBytes(), "wantedBytes", t.wantedBytes(), "doneBytes", t.doneBytes(),
                "downloadedBytes", t.downloadedBytes(), "uploadedBytes", t.uploadedBytes(),
                "downRate", t.downRate(), "upRate", t.upRate(), "ratio", t.ratio(),
                "etaSeconds", t.etaSeconds() < 0 ? Json.NULL : t.etaSeconds(),
                "peers", t.peers(), "seeds", t.seeds(), "knownPeers", t.knownPeers(),
                "path", t.path().toString(), "addedAt", t.addedAt().toString(), "private", t.privateTorrent(),
                "trouble", t.trouble(), "upload", Words.camelCase(t.sharing().upload()),
                "verdict", Words.camelCase(t.verdict().kind()), "reason", t.verdict().reason(),
                "checks", Json.object("done", t.checks().done(), "files", t.checks().files(), "held", t.checks().held(), "now", t.checks().now()),
                "provenance", provenance(t.provenance()), "queuePosition", t.queuePosition(), "options", options(t.options()),
                "why", Json.object("code", t.why().code(), "sentence", t.why().sentence(), "action", t.why().action()));
    }

    private static Map<String, Object> options(TorrentOptions o) {
        SeedGoal goal = o.goal();
        return Json.object(
                "sequential", o.sequential(), "firstAndLast", o.firstAndLast(), "downLimit", o.downLimit(), "upLimit", o.upLimit(),
                "goal", Json.object("ratio", goal.ratio() < 0 ? Json.NULL : goal.ratio(), "minutes", count(goal.minutes()),
                        "idleMinutes", count(goal.idleMinutes()), "then", Words.camelCase(goal.then())),
                "superSeeding", o.superSeeding(), "forced", o.forced(), "dht", o.dht(), "exchange", o.exchange(),
                "labels", o.labels().stream().sorted().toList(), "intent", Words.camelCase(o.intent()));
    }

    /** @param intent of its torrent */
    static Map<String, Object> file(FileSnapshot f, Intent intent) {
        return Json.object(
                "index", f.index(), "path", f.path(), "sizeBytes", f.sizeBytes(), "doneBytes", f.doneBytes(),
                "wanted", f.wanted(), "priority", Words.camelCase(f.priority()), "released", f.released(),
                "verdict", Words.camelCase(f.verdict().kind()), "reason", f.verdict().reason(),
                "stage", Words.camelCase(f.check().stage()), "sha256", f.check().findings().sha256(), "checkedAt", time(f.check().findings().at()),
                "engine", f.check().findings().engine(), "definitions", time(f.check().findings().definitions()),
                "flags", flags(f.flags()), "risk", risk(f.flags()), "skipped", f.skipped(intent));
    }

    private static List<String> flags(List<NameFlag> flags) {
        return flags.stream().map(Words::camelCase).toList();
    }

    private static String risk(List<NameFlag> flags) {
        return NameFlag.gravest(flags).map(NameFlag::risk).map(Words::camelCase).orElse("none");
    }

    static Map<String, Object> peer(PeerSnapshot p) {
        return Json.object(
                "address", p.address(), "client", p.client(), "incoming", p.incoming(), "progress", p.progress(),
                "downRate", p.downRate(), "upRate", p.upRate(),
                "downloadedBytes", p.downloadedBytes(), "uploadedBytes", p.uploadedBytes(), "flags", p.flags(),
                "device", p.device(), "tls", p.tls(), "security", Words.camelCase(p.security()), "source", Words.camelCase(p.source()));
    }

    static Map<String, Object> tracker(TrackerSnapshot t) {
        return Json.object(
                "url", t.url(), "tier", t.tier(), "status", Words.camelCase(t.status()), "message", t.message(),
                "nextAnnounce", time(t.nextAnnounce()), "seeds", count(t.seeds()), "leechers", count(t.leechers()),
                "downloads", count(t.downloads()), "peersGiven", t.peersGiven());
    }

    static Map<String, Object> preview(TorrentPreview p) {
        return Json.object(
                "hash", p.hash().hex(), "name", p.name(), "hybrid", p.hybrid(), "private", p.privateTorrent(),
                "singleFile", p.singleFile(), "totalBytes", p.totalBytes(), "pieceLength", p.pieceLength(), "pieceCount", p.pieceCount(),
                "comment", p.comment(), "createdBy", p.createdBy(), "createdAt", time(p.createdAt()),
                "tiers", p.tiers(), "webSeeds", p.webSeeds(), "notes", p.notes(), "author", author(p.author()),
                "files", p.files().stream().map(f -> Json.object("index", f.index(), "path", f.path(), "sizeBytes", f.sizeBytes(),
                        "flags", flags(f.flags()), "risk", risk(f.flags()))).toList());
    }

    static Map<String, Object> author(Authorship a) {
        return Json.object("kind", Words.camelCase(a.kind()), "id", a.id(), "name", a.name(), "fingerprint", a.fingerprint(), "sentence",
                a.sentence());
    }

    static Map<String, Object> provenance(Provenance p) {
        return Json.object("line", p.line(), "device", p.device(), "url", p.url(), "author", author(p.author()));
    }

    static Map<String, Object> share(ShareSnapshot s) {
        return Json.object(
                "type", "share", "hash", s.hash().hex(), "name", s.name(), "path", s.path().toString(), "sizeBytes", s.bytes(), "files", s.files(),
                "audience", Words.camelCase(s.audience()), "devices", s.devices(), "since", s.since().toString(),
                "expires", s.expires().equals(Instant.MAX) ? Json.NULL : s.expires().toString(), "download", s.download(), "peers", s.peers(),
                "uploadedBytes", s.uploadedBytes(), "note", s.note(), "trouble", s.trouble());
    }

    static Map<String, Object> folder(AllowedFolder f) {
        return Json.object("type", "folder", "path", f.path().toString(), "since", f.since().toString(), "problem", f.problem());
    }

    static Map<String, Object> event(Event e) {
        return Json.object(
                "seq", e.seq(), "at", e.at().toString(), "severity", Words.camelCase(e.severity()),
                "id", e.id(), "sentence", e.sentence(), "facts", new java.util.TreeMap<>(e.facts()));
    }

    static Object time(Instant at) {
        return at.equals(Instant.EPOCH) ? Json.NULL : at.toString();
    }

    private static Object count(int value) {
        return value < 0 ? Json.NULL : value;
    }
}
