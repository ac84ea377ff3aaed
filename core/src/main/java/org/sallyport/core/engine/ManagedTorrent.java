package org.sallyport.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.swarm.MetadataHost;
import org.sallyport.core.transport.Meter;

/** One torrent of the library: what it is, what the user chose for it, and what it does now. Network thread only. */
final class ManagedTorrent {
    private final Services services;
    private final Metainfo metainfo;
    private final NameLook names;
    private final TorrentLedger ledger;
    private final TorrentFiles files;
    private final FileVerdicts verdicts;
    private final Meter meter;
    private final Offer offer;
    private final Exchange exchange;
    private final TorrentCourse course;
    private Runnable whenComplete = () -> { };

    ManagedTorrent(Services services, Metainfo metainfo, SavedTorrent saved) {
        this(services, metainfo, saved, SavedEdits.NONE);
    }

    ManagedTorrent(Services services, Metainfo metainfo, SavedTorrent saved, SavedEdits edits) {
        this.services = services;
        this.metainfo = metainfo;
        this.names = new NameLook(metainfo);
        this.ledger = new TorrentLedger(metainfo, services, saved, edits);
        this.files = TorrentFiles.of(metainfo, saved, edits, services.disk());
        this.verdicts = new FileVerdicts(metainfo);
        this.meter = services.limiter().meter();
        this.offer = new Offer(services, metainfo.hash(), ledger, verdicts, files.storage().gate());
        this.exchange = new Exchange(this::newSession);
        this.course = new TorrentCourse(services, files, ledger, verdicts, offer, exchange);
    }

    private Session newSession() {
        limitRates();
        return new Session(this, services, files.storage());
    }

    /** Hears when the download is over: its turn is free for another. */
    void onComplete(Runnable listener) {
        whenComplete = listener;
    }

    /** Every wanted piece is verified. */
    void becameComplete() {
        course.becameComplete();
        whenComplete.run();
    }

    /** What the user chose, and how far it has come. */
    TorrentLedger ledger() {
        return ledger;
    }

    /** What was found out about its files. */
    FileVerdicts verdicts() {
        return verdicts;
    }

    TorrentFiles files() {
        return files;
    }

    /** What others may get of it. */
    Offer offer() {
        return offer;
    }

    Exchange exchange() {
        return exchange;
    }

    /** What it does now. */
    TorrentCourse course() {
        return course;
    }

    NameLook names() {
        return names;
    }

    /** Where it came from and who made it, as far as that was looked up. Any thread. */
    Provenance provenance() {
        return services.origins().seen(metainfo, services.disk().threads().housekeeping());
    }

    Meter meter() {
        return meter;
    }

    InfoHash hash() {
        return metainfo.hash();
    }

    Metainfo metainfo() {
        return metainfo;
    }

    /** As the user calls it. */
    String name() {
        return ledger.name();
    }

    SavedTorrent saved() {
        return ledger.saved();
    }

    Sharing sharing() {
        return saved().sharing();
    }

    TorrentProgress progress() {
        return ledger.progress();
    }

    Layout layout() {
        return files.layout();
    }

    Optional<Session> session() {
        return exchange.session();
    }

    TroubleWatch trouble() {
        return course.alarm().watch();
    }

    /** Why nobody exchanges anything now; empty when it is not so. */
    String suspended() {
        return services.bandwidth().stopped() ? services.bandwidth().state().sentence() : "";
    }

    /** The network interface that is away, so that it reaches nobody; empty when there is none. */
    String awaitedNetwork() {
        return services.port().awaitedNetwork();
    }

    /** Addresses that gave its metadata, or may have: known when it first runs. Those of a private torrent come from its trackers only (BEP 27). */
    void acquaint(Set<MetadataHost.Known> peers) {
        exchange.acquaint(sharing().trustedOnly() || metainfo.privateTorrent() ? Set.of() : peers);
    }

    /** Addresses to dial whenever it runs. */
    void name(List<PeerAddress> peers) {
        exchange.name(peers);
    }

    /** In force at once, but for where its files are. @return done when it is kept */
    CompletableFuture<Boolean> edit(SavedEdits now) {
        CompletableFuture<Boolean> kept = ledger.edit(now);
        session().ifPresent(s -> s.retrack(ledger.tiers()));
        return kept;
    }

    /** Its files are elsewhere now, or called otherwise: this one ends, and the other goes on where it stopped. */
    ManagedTorrent successor(String folder, String rootName, SavedEdits now) {
        ManagedTorrent next = new ManagedTorrent(services, metainfo, ledger.reached().withPlace(folder, rootName), now);
        next.exchange.inherit(exchange);
        next.course.inherit(course);
        course.end();
        return next;
    }

    /** Who may get it from now on; in force at once, also for what is on its way. */
    void share(Sharing sharing) {
        ledger.keep(saved().withSharing(sharing));
        course.offerChanged();
    }

    /** Nobody gets a byte of it any more, also not what waits in a connection; a download that is not complete goes on. */
    void stopSharing() {
        share(Offer.ended(sharing()));
        if (course.complete()) {
            course.pause();
        } else {
            exchange.end();
            course.activate();
        }
    }

    /**
     * Replaces what the user chose, checked already; in force at once. A complete torrent that had ended goes on when with that it
     * lacks something: a file is wanted after all.
     */
    void choose(TorrentOptions options) {
        TorrentOptions before = saved().options();
        ledger.choose(options, course.complete());
        limitRates();
        session().ifPresent(now -> now.choose(before, options));
        course.chosen();
    }

    private void limitRates() {
        meter.limit(saved().options().downLimit(), saved().options().upLimit());
    }

    /** Devices were paired, removed, or are somewhere else. */
    void devicesChanged() {
        session().ifPresent(Session::devicesChanged);
    }

    /** Once a second. */
    void tick(long now) {
        session().ifPresent(s -> s.tick(now));
        course.tick(now);
    }

    /** Stops for good. @return done when trackers know, at the latest after their deadline */
    CompletableFuture<Void> leave() {
        course.end();
        return exchange.end();
    }

    /** The same, because nobody may have it any more: nothing of it goes out. */
    CompletableFuture<Void> withdraw() {
        course.end();
        return exchange.cut();
    }
}
