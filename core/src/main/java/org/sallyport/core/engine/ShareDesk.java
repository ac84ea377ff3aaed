package org.sallyport.core.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.screening.Sensitive;
import org.sallyport.core.storage.ComputerPlaces;
import org.sallyport.core.trust.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the user decides about what others get. */
final class ShareDesk implements Shares {
    /** Where it is kept what was chosen outside the allowed folders. */
    static final String CHOSEN = "share.chosen";

    private static final Logger LOG = LoggerFactory.getLogger(ShareDesk.class);

    private final Services services;
    private final Roster roster;
    private final Admissions admissions;
    private final Path workFolder;
    private final Threads threads;

    /** The engine's threads, for what is done here. */
    interface Threads {
        /** On the command thread, in turn with all other commands. */
        <T> CompletableFuture<Outcome<T>> command(Callable<Outcome<T>> work);

        /** Aside, because it reads whole files. */
        <T> CompletableFuture<Outcome<T>> slow(Callable<Outcome<T>> work);

        /** On the network thread, and then in the snapshot. */
        <T> T onLoop(Callable<T> work) throws ExecutionException, TimeoutException;
    }

    ShareDesk(Services services, Roster roster, Admissions admissions, Path workFolder, Threads threads) {
        this.services = services;
        this.roster = roster;
        this.admissions = admissions;
        this.workFolder = workFolder;
        this.threads = threads;
    }

    @Override
    public CompletableFuture<Outcome<AllowedFolder>> allow(Path folder) {
        return threads.command(() -> {
            Path real = folder.toAbsolutePath().toRealPath();
            if (!Files.isDirectory(real)) {
                return Outcome.failed("\"" + real.getFileName() + "\" is a file. Allow the folder it lies in.");
            }
            var refusal = services.places().refusal(real);
            if (refusal.isPresent()) {
                throw new RefusedException(refusal.get());
            }
            Optional<AllowedFolder> known = services.places().allowed().stream().filter(there -> there.path().equals(real)).findFirst();
            if (known.isPresent()) {
                return Outcome.done(known.get());
            }
            AllowedFolder added = new AllowedFolder(real, services.clock().instant(), "");
            saved(services.journal().run(db -> {
                db.allowFolder(added.path(), added.since());
                return true;
            }));
            services.places().allow(added);
            services.events().tell(Severity.INFO, "share.folder-allowed", "Files in " + real + " may be shared now; nothing is shared by that alone.",
                    Map.of("path", real.toString()));
            return threads.onLoop(() -> Outcome.done(added));
        });
    }

    private static <T> T saved(CompletableFuture<T> writing) throws IOException {
        try {
            return writing.join();
        } catch (CompletionException e) {
            throw new IOException("the decision could not be saved: " + e.getCause().getMessage(), e);
        }
    }

    @Override
    public CompletableFuture<Outcome<Path>> disallow(Path folder) {
        return threads.command(() -> {
            Path given = folder.toAbsolutePath().normalize();
            Path real = ComputerPlaces.real(given);
            Optional<Path> known = services.places().allowed().stream().map(AllowedFolder::path)
                    .filter(path -> path.equals(given) || path.equals(real)).findFirst();
            if (known.isEmpty()) {
                throw new RefusedException("share.not-allowed", given + " is not on the list of allowed folders, so there is nothing to take back.");
            }
            services.places().disallow(known.get());
            drop(torrent -> torrent.layout().root().startsWith(known.get())
                    && services.places().allowed().stream().noneMatch(other -> torrent.layout().root().startsWith(other.path())));
            saved(services.journal().run(db -> db.disallowFolder(known.get())));
            services.events().tell(Severity.INFO, "share.folder-disallowed", "Nothing in " + known.get() + " is shared any more.",
                    Map.of("path", known.get().toString()));
            return Outcome.done(known.get());
        });
    }

    @Override
    public CompletableFuture<Outcome<List<ShareConcern>>> examine(Path path) {
        return threads.slow(() -> Outcome.done(Sensitive.in(path)));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> add(ShareRequest request, Consumer<Double> progress) {
        return add(request, progress, false);
    }

    private CompletableFuture<Outcome<InfoHash>> add(ShareRequest request, Consumer<Double> progress, boolean besides) {
        ShareMaking making = new ShareMaking(services.places(), workFolder, request, progress);
        CompletableFuture<Outcome<InfoHash>> outcome = threads.<ShareMaking.Made>slow(() -> {
            checked(request.audience()); // before long work
            try {
                return Outcome.done(making.make());
            } catch (CancellationException e) {
                return Outcome.failed("Stopped; nothing was shared.");
            }
        }).thenCompose(made -> made.then(value -> threads.command(() -> put(value, checked(request.audience()), besides))));
        outcome.whenComplete((done, failure) -> making.cancelIf(outcome.isCancelled()));
        return outcome;
    }

    /** As {@link #add}, from wherever policy does not refuse it: that a person chose just this is the permission. */
    CompletableFuture<Outcome<InfoHash>> addChosen(ShareRequest request) {
        return threads.<Boolean>slow(() -> {
            boolean news = services.places().choose(ComputerPlaces.real(request.path()));
            saveChosen();
            return Outcome.done(news);
        }).thenCompose(chosen -> chosen.then(news -> add(request, progress -> { }, true).thenApply(outcome -> {
            if (news && !outcome.isDone()) {
                services.places().unchoose(ComputerPlaces.real(request.path()));
            }
            return outcome;
        })));
    }

    private void saveChosen() throws IOException {
        String text = services.places().chosen().stream().map(path -> path.toUri().toString()).collect(Collectors.joining("\n"));
        saved(services.journal().run(db -> {
            db.putMeta(CHOSEN, text);
            return true;
        }));
    }

    /** What {@link #CHOSEN} says; what cannot be read counts as not chosen. */
    static List<Path> paths(String text) {
        List<Path> paths = new ArrayList<>();
        text.lines().forEach(line -> {
            try {
                paths.add(Path.of(URI.create(line)));
            } catch (IllegalArgumentException | FileSystemNotFoundException e) {
                LOG.warn("a file that was sent to a device cannot be named any more", e);
            }
        });
        return paths;
    }

    private Sharing checked(Sharing audience) throws RefusedException {
        if (!audience.expires().isAfter(services.clock().instant())) {
            throw new RefusedException("share.expired", "The share would end before it begins. Choose a time that is still to come.");
        }
        Set<String> devices = new HashSet<>();
        for (String device : audience.devices()) {
            devices.add(device(device));
        }
        return new Sharing(audience.upload(), audience.trustedOnly(), devices, true, audience.note().strip(), audience.expires());
    }

    /** The one place where what a person wrote for a device becomes its id. */
    private static String device(String written) throws RefusedException {
        return DeviceId.parse(written).text();
    }

    /** @param besides the devices that it was sent to before may have it still */
    private Outcome<InfoHash> put(ShareMaking.Made made, Sharing decided, boolean besides) throws Exception {
        InfoHash hash = made.metainfo().hash();
        String name = made.metainfo().name();
        boolean download = threads.onLoop(() -> roster.find(hash).filter(there -> !there.sharing().shared()).isPresent());
        if (download) {
            throw new RefusedException("engine.duplicate", "\"" + name + "\" is in the list already as a download. Set who gets it there.");
        }
        Sharing sharing = besides ? threads.onLoop(() -> roster.find(hash).map(there -> joined(there.sharing(), decided)).orElse(decided)) : decided;
        // sharing the same files again replaces what was decided before, and how the files were
        drop(torrent -> torrent.hash().equals(hash) || torrent.layout().root().equals(made.root()));
        ManagedTorrent torrent = admissions.share(made, sharing);
        String whom = sharing.trustedOnly() ? "trusted devices" : "everybody";
        services.events().tell(Severity.INFO, "share.added", "\"" + name + "\" is shared with " + whom + ".",
                Map.of("hash", hash.hex(), "path", made.root().toString()));
        return threads.onLoop(() -> {
            roster.put(torrent);
            return Outcome.done(hash);
        });
    }

    /** Not with a share that ends, or that nobody gets any more: sending it to one device must not give it to others for longer. */
    private static Sharing joined(Sharing before, Sharing now) {
        boolean goesOn = before.shared() && before.trustedOnly() && before.upload() == now.upload() && before.expires().equals(now.expires());
        if (!goesOn) {
            return now;
        }
        Set<String> devices = new HashSet<>(before.devices());
        devices.addAll(now.devices());
        return new Sharing(now.upload(), true, before.devices().isEmpty() ? Set.of() : devices, true, now.note(), now.expires());
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> stop(InfoHash hash) {
        return threads.command(() -> {
            Optional<ManagedTorrent> found = threads.onLoop(() -> {
                Optional<ManagedTorrent> torrent = roster.find(hash);
                torrent.filter(t -> !t.sharing().shared()).ifPresent(ManagedTorrent::stopSharing);
                return torrent;
            });
            if (found.isEmpty()) {
                return TorrentAccess.unknown(hash);
            }
            if (found.get().sharing().shared()) {
                drop(torrent -> torrent.hash().equals(hash));
                services.places().unchoose(found.get().layout().root()); // to send just this was the permission
            }
            services.events().info("share.stopped", hash, "\"" + found.get().metainfo().name() + "\" is not shared any more; the files stay.");
            return Outcome.done(hash);
        });
    }

    /** Takes own shares off the list, at once for others and then on disk. */
    private void drop(Predicate<ManagedTorrent> which) throws ExecutionException, TimeoutException, IOException {
        List<ManagedTorrent> dropped = threads.onLoop(() -> {
            List<ManagedTorrent> ended = new ArrayList<>();
            for (TorrentStory story : List.copyOf(roster.all())) {
                if (story.torrent().sharing().shared() && which.test(story.torrent())) {
                    story.torrent().withdraw();
                    roster.remove(story.torrent().hash());
                    ended.add(story.torrent());
                }
            }
            return ended;
        });
        for (ManagedTorrent torrent : dropped) {
            services.disk().threads().housekeeping().execute(torrent.files().moves()::letGo);
            saved(services.journal().remove(torrent.hash()));
        }
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> upload(InfoHash hash, UploadPolicy policy) {
        return threads.command(() -> threads.onLoop(() -> {
            Optional<ManagedTorrent> found = roster.find(hash);
            found.ifPresent(torrent -> torrent.share(torrent.sharing().withUpload(policy)));
            return found.isPresent() ? Outcome.done(hash) : TorrentAccess.unknown(hash);
        }));
    }

    @Override
    public CompletableFuture<Outcome<Path>> writeTorrent(InfoHash hash, Path target) {
        return threads.command(() -> {
            Optional<ManagedTorrent> found = threads.onLoop(() -> roster.find(hash));
            if (found.isEmpty()) {
                return TorrentAccess.unknown(hash);
            }
            Path part = target.toAbsolutePath().resolveSibling("." + UUID.randomUUID() + ".part");
            try {
                Files.write(part, found.get().metainfo().fileBytes(), StandardOpenOption.CREATE_NEW);
                Files.move(part, target.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            return Outcome.done(target);
        });
    }
}
