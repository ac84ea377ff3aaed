package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.persist.SavedMagnet;
import org.sallyport.core.screening.FileNames;
import org.sallyport.core.swarm.MetadataHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands about magnet links, and the way from a link of the list to its torrent. Command thread, unless it says otherwise. */
final class MagnetDesk implements PendingMagnet.Settler {
    private static final Logger LOG = LoggerFactory.getLogger(MagnetDesk.class);

    private final Services services;
    private final Roster roster;
    private final CommandThread commands;
    private final Admissions admissions;
    private final Library library;
    private final MetadataCache cache;
    private final MagnetLooks looks;

    /** Where torrents go that are known. */
    interface Library {
        /** Policy and path rule included. @throws RefusedException if it may not be added */
        InfoHash admit(Metainfo metainfo, AddRequest request, Set<MetadataHost.Known> peers)
                throws RefusedException, IOException, ExecutionException, TimeoutException;

        /** Something shows: network thread. */
        void publish();
    }

    MagnetDesk(Services services, Roster roster, CommandThread commands, Admissions admissions, Library library) {
        this.services = services;
        this.roster = roster;
        this.commands = commands;
        this.admissions = admissions;
        this.library = library;
        this.cache = new MetadataCache(services.clock());
        this.looks = new MagnetLooks(services, commands, cache);
    }

    /** Ends everything that is being looked at. Any thread. */
    void close() {
        looks.close();
    }

    /** From the list as it was kept, before anything runs. Network thread. */
    void restore(SavedMagnet saved) {
        try {
            AddRequest request = MagnetChoices.read(saved.link(), saved.request(), saved.running());
            Magnet magnet = Magnet.parse(saved.link());
            if (roster.find(magnet.hash()).isEmpty()) {
                roster.magnets().put(new PendingMagnet(services, magnet, request, saved, this));
            }
        } catch (RefusedException | RuntimeException e) {
            LOG.error("the saved magnet link {} cannot be read any more", saved.hash().shortHex(), e);
            services.events().tell(Severity.TROUBLE, "torrent.unreadable", "A saved magnet link cannot be read any more. Add it again.",
                    Map.of("hash", saved.hash().hex()));
        }
    }

    Outcome<InfoHash> add(String link, AddRequest request) throws RefusedException, IOException, ExecutionException, TimeoutException {
        Magnet magnet = Magnet.parse(link);
        InfoHash hash = magnet.hash();
        if (commands.onLoop(() -> roster.find(hash).isPresent() || roster.magnets().find(hash).isPresent())) {
            throw new RefusedException("engine.duplicate", "\"" + magnet.safeName() + "\" is in the list already.");
        }
        Optional<Bytes> known = cache.find(hash);
        if (known.isPresent()) {
            Metainfo metainfo = magnet.with(known.get().toArray());
            return Outcome.done(library.admit(metainfo, chosen(magnet, metainfo, request), addresses(magnet)));
        }
        admissions.decide(magnet);
        Files.createDirectories(request.folder());
        AddRequest placed = request.withFolder(request.folder().toAbsolutePath().normalize());
        SavedMagnet saved = new SavedMagnet(hash, link.strip(), !request.paused(), services.clock().instant(), MagnetChoices.write(placed));
        join("the list of torrents could not be saved", services.journal().insert(saved));
        commands.onLoop(() -> {
            roster.magnets().put(new PendingMagnet(services, magnet, placed, saved, this));
            library.publish();
            return true;
        });
        services.events().info("torrent.added", hash, "\"" + magnet.safeName() + "\" was added; its list of files comes from others.");
        return Outcome.done(hash);
    }

    private static Set<MetadataHost.Known> addresses(Magnet magnet) {
        Set<MetadataHost.Known> known = new HashSet<>();
        magnet.peers().forEach(peer -> known.add(new MetadataHost.Known(peer, PeerSource.MAGNET)));
        return known;
    }

    /** Files that the link selects count when the user chose none (BEP 53); a link is a stranger's, so the intent holds for them. */
    private static AddRequest chosen(Magnet magnet, Metainfo metainfo, AddRequest request) throws RefusedException {
        if (!request.wanted().isEmpty() || request.existing()) {
            return request;
        }
        Set<Integer> selected = new HashSet<>(magnet.selected());
        selected.retainAll(metainfo.files().stream().filter(file -> !file.pad()).map(FileEntry::index).toList());
        return request.withWanted(Set.copyOf(FileChoice.within(request.options().intent(), metainfo, List.copyOf(selected))));
    }

    /** Takes a link off the list. @return empty if there is none with this hash */
    Optional<Outcome<InfoHash>> remove(InfoHash hash) throws IOException, ExecutionException, TimeoutException {
        Optional<PendingMagnet> found = commands.onLoop(() -> roster.magnets().find(hash));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        join("The list of torrents could not be saved, so it stays in the list", services.journal().removeMagnet(hash));
        commands.onLoop(() -> {
            roster.magnets().remove(hash);
            library.publish();
            return true;
        });
        services.events().info("torrent.removed", hash, "\"" + found.get().name() + "\" was removed from the list.");
        return Optional.of(Outcome.done(hash));
    }

    /**
     * Says what becomes of files with risky names, for a link whose list of files was refused for them, and goes on. Nobody is asked for
     * the list again that arrived a short while ago.
     */
    Outcome<InfoHash> answer(InfoHash hash, AddRequest.Risky risky) throws RefusedException, ExecutionException, TimeoutException {
        Optional<PendingMagnet> asking = commands.onLoop(() -> roster.magnets().find(hash).filter(PendingMagnet::hasRiskyNames));
        if (asking.isEmpty()) {
            throw new RefusedException("names.nothing-asked", "This torrent does not wait for an answer about risky names. Look at the list again.");
        }
        Optional<Bytes> info = cache.find(hash);
        commands.onLoop(() -> {
            asking.get().answer(risky);
            info.ifPresentOrElse(known -> asking.get().arrived(known.toArray(), addresses(asking.get().magnet())), roster.magnets()::giveTurns);
            library.publish();
            return true;
        });
        services.events().info("magnet.answered", hash, "\"" + asking.get().name() + "\" goes on, "
                + (risky == AddRequest.Risky.ACCEPT ? "with its risky names." : "without the files that have risky names."));
        return Outcome.done(hash);
    }

    private static void join(String problem, CompletableFuture<Boolean> written) throws IOException {
        try {
            written.join();
        } catch (CompletionException e) {
            throw new IOException(problem + ": " + e.getCause().getMessage(), e);
        }
    }

    /** Any thread. */
    CompletableFuture<Outcome<TorrentPreview>> look(String link) {
        return looks.look(link, this::known, admissions::decide);
    }

    private Optional<TorrentPreview> known(InfoHash hash) throws ExecutionException, TimeoutException {
        return commands.onLoop(() -> roster.find(hash).map(ManagedTorrent::metainfo)).map(FileNames::preview);
    }

    /** Network thread; goes on between commands. */
    @Override
    public void settle(PendingMagnet magnet, byte[] info, Set<MetadataHost.Known> peers) {
        try {
            commands.execute(() -> become(magnet, info, peers));
        } catch (RejectedExecutionException closing) {
            magnet.settled();
        }
    }

    private void become(PendingMagnet pending, byte[] info, Set<MetadataHost.Known> peers) {
        try {
            Optional<AddRequest> request = commands.onLoop(() -> roster.magnets().find(pending.hash()).filter(there -> there == pending)
                    .map(PendingMagnet::request));
            if (request.isEmpty()) {
                return; // removed meanwhile
            }
            Metainfo metainfo = pending.magnet().with(info);
            cache.put(metainfo);
            services.events().tell(Severity.INFO, "torrent.metadata", "The list of files of \"" + metainfo.name() + "\" has arrived.",
                    Map.of("hash", pending.hash().hex(), "name", metainfo.name()));
            library.admit(metainfo, chosen(pending.magnet(), metainfo, request.get()), peers);
        } catch (RefusedException e) {
            Refusal refusal = e.refusal();
            services.events().refused("magnet.refused", refusal, pending.hash().hex(), Map.of("hash", pending.hash().hex()));
            show(() -> pending.refused(refusal));
        } catch (IOException e) {
            failed(pending, DiskTrouble.sentence(e));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.error("the magnet link {} could not become a torrent", pending.hash().shortHex(), e);
            failed(pending, "Something went wrong inside Sallyport; the log has the details. Start it again.");
        }
    }

    private void failed(PendingMagnet pending, String sentence) {
        show(() -> pending.failed(sentence));
    }

    private void show(Runnable news) {
        services.loop().execute(() -> {
            news.run();
            library.publish();
        });
    }
}
