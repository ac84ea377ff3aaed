package org.sallyport.core.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.StorageException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is wrong with a torrent's files, stops it for that, and finds out when it can go on. Network thread only. */
final class FileAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(FileAlarm.class);

    private final Services services;
    private final Metainfo metainfo;
    private final Layout layout;
    private final TorrentLedger ledger;
    private final TroubleWatch watch;
    private final Owner owner;

    /** Does what follows from it, on the network thread. */
    interface Owner {
        boolean gone();

        /** Nothing is exchanged any more, and nothing believed of the files. */
        void halt();

        void activate();
    }

    FileAlarm(Services services, TorrentFiles files, TorrentLedger ledger, Owner owner) {
        this.services = services;
        this.metainfo = files.metainfo();
        this.layout = files.layout();
        this.ledger = ledger;
        this.watch = new TroubleWatch(services.surroundings().troubleWait());
        this.owner = owner;
    }

    TroubleWatch watch() {
        return watch;
    }

    /** Own files are shared as they were when the user shared them, or not at all. @return whether that ends it */
    boolean endedBy(FileSurvey found, Offer offer) {
        if (!ledger.saved().sharing().shared() || owner.gone()) {
            return false;
        }
        List<FileEntry> other = Stream.concat(found.missing().stream(), found.changed().stream()).toList();
        if (found.folderGone() || !other.isEmpty()) {
            changed(found.folderGone() ? "The folder it lies in" : "\"" + other.get(0).path() + "\"", !found.changed().isEmpty());
        } else if (offer.place().isPresent()) {
            refuse("policy.denied", offer.place().get(), Map.of("hash", metainfo.hash().hex()));
            halt(new StorageException(Kind.GATE, offer.place().get().sentence()));
        }
        return watch.inTrouble();
    }

    private void changed(String what, boolean there) {
        String sentence = what + (there ? " was changed, replaced or moved" : " is not there any more, or its size has changed")
                + " since \"" + metainfo.name() + "\" was shared, so nobody gets it now. If it is right, share it again.";
        if (halt(new StorageException(Kind.GATE, sentence))) {
            refuse("share.changed", new Refusal("share.changed", sentence), Map.of("hash", metainfo.hash().hex()));
        }
    }

    /** The gate shut itself: a file was not the one that may be read. */
    void breached(Refusal refusal, String file) {
        refuse("share.gate", refusal, Map.of("hash", metainfo.hash().hex(), "path", file));
        // a download's files may change: they are checked again, and shared again if they are right
        halt(new StorageException(ledger.saved().sharing().shared() ? Kind.GATE : Kind.CHANGED, refusal.sentence()));
    }

    private void refuse(String event, Refusal refusal, Map<String, String> facts) {
        services.events().refused(event, refusal, metainfo.hash().hex(), facts);
    }

    /** Existing files were read, and are not those of the torrent. */
    void differs() {
        int bad = metainfo.pieceCount() - ledger.progress().have().cardinality();
        fail(new StorageException(Kind.CHANGED, bad + " of " + metainfo.pieceCount()
                + " parts differ from the torrent, so it is not shared. Put the right files there, then check again."));
    }

    /** Something on disk went wrong: stop and wait until it can go on. */
    void fail(StorageException trouble) {
        if (ledger.saved().sharing().shared() && (trouble.kind() == Kind.MISSING || trouble.kind() == Kind.CHANGED)) {
            changed("A file", trouble.kind() == Kind.CHANGED);
        } else if (halt(trouble)) {
            LOG.warn("{} stopped: {}", metainfo.hash().shortHex(), trouble.getMessage());
            services.events().tell(Severity.TROUBLE, "torrent.trouble", "\"" + metainfo.name() + "\" stopped: " + trouble.getMessage(),
                    Map.of("hash", metainfo.hash().hex(), "reason", trouble.getMessage(), "kind", trouble.kind().name()));
        }
    }

    /** @return whether it is other trouble than was known */
    private boolean halt(StorageException trouble) {
        owner.halt();
        return watch.report(trouble, System.nanoTime());
    }

    /** Once a second while it is to run. */
    void tick(long now) {
        if (watch.due(now)) {
            tryAgain();
        }
    }

    private void tryAgain() {
        List<FileEntry> wanted = ledger.wantedFiles();
        long missing = ledger.progress().missingBytes();
        CompletableFuture.runAsync(() -> watch.test(layout, wanted, missing), services.disk().threads().housekeeping())
                .whenCompleteAsync((done, failure) -> {
                    if (failure == null && !owner.gone() && watch.recovered(System.nanoTime(), ledger.progress().version())) {
                        services.events().info("torrent.recovered", metainfo.hash(), "\"" + metainfo.name() + "\" goes on.");
                        owner.activate();
                    }
                }, services.loop());
    }
}
