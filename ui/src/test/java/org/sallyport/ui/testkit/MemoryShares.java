package org.sallyport.ui.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sallyport.core.engine.ShareRequest;
import org.sallyport.core.engine.Shares;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.SharesState;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;

/** Shares without reading a file: rules and answers as the contract of {@link Shares} has them. */
public final class MemoryShares implements Shares {
    private final Host host;
    private final Map<InfoHash, ShareSnapshot> shares = new LinkedHashMap<>();
    private final Map<Path, AllowedFolder> folders = new LinkedHashMap<>();
    private final Map<Path, List<ShareConcern>> concerns = new ConcurrentHashMap<>();
    private final List<ShareRequest> requests = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch readingMayEnd = new CountDownLatch(0);
    private volatile CountDownLatch examiningMayEnd = new CountDownLatch(0);

    /** The engine around it. */
    interface Host {
        /** Runs a command on the thread of the engine. */
        <T> CompletableFuture<T> run(Supplier<T> work);

        /** Shows what has changed. */
        void publish();

        /** Notes a command. */
        void note(String command);

        /** Changes who may get a torrent of the list. @return empty when it is not on it */
        Optional<Sharing> change(InfoHash hash, UnaryOperator<Sharing> change);

        /** Why commands of this name are refused from now on; empty when they are not. */
        Optional<Refusal> refusal(String command);

        /** What a device is called. */
        String nameOf(String device);
    }

    MemoryShares(Host host) {
        this.host = host;
    }

    /** At one moment; on the thread of the engine. */
    SharesState state() {
        return new SharesState(List.copyOf(shares.values()), List.copyOf(folders.values()));
    }

    /** Puts a share on the list, also one that no command would make. */
    public void with(ShareSnapshot share) {
        now(() -> shares.put(share.hash(), share));
    }

    /** Puts a folder on the list. @param problem empty, or why nothing of it is shared now */
    public void withFolder(Path folder, String problem) {
        now(() -> folders.put(folder, new AllowedFolder(folder, Torrents.ADDED, problem)));
    }

    /** What examining {@code path} finds. */
    public void concern(Path path, ShareConcern... found) {
        concerns.put(path, List.of(found));
    }

    /** Makes reading wait until the latch is open. */
    public void holdReading(CountDownLatch mayEnd) {
        readingMayEnd = mayEnd;
    }

    /** Makes examining wait until the latch is open. */
    public void holdExamining(CountDownLatch mayEnd) {
        examiningMayEnd = mayEnd;
    }

    private static String awaited(CountDownLatch mayEnd) {
        try {
            return mayEnd.await(20, TimeUnit.SECONDS) ? "" : "Nobody let it end.";
        } catch (InterruptedException e) {
            return "Interrupted.";
        }
    }

    /** Those that were asked for, in order. */
    public List<ShareRequest> requests() {
        return requests;
    }

    private void now(Supplier<Object> change) {
        host.run(() -> {
            change.get();
            host.publish();
            return "";
        }).join();
    }

    @Override
    public CompletableFuture<Outcome<AllowedFolder>> allow(Path folder) {
        return host.run(() -> {
            host.note("allow " + folder);
            if (folder.getNameCount() < 2 || folder.equals(Path.of(System.getProperty("user.home")))) {
                return Outcome.<AllowedFolder>refused("share.root-home",
                        "Not allowed: this folder holds everything you have, private things too. "
                                + "Choose a folder that holds only what you want to share.");
            }
            AllowedFolder allowed = new AllowedFolder(folder, Instant.now(), "");
            folders.put(folder, allowed);
            host.publish();
            return Outcome.done(allowed);
        });
    }

    @Override
    public CompletableFuture<Outcome<Path>> disallow(Path folder) {
        return host.run(() -> {
            host.note("disallow " + folder);
            if (folders.remove(folder) == null) {
                return Outcome.<Path>refused("share.not-allowed", "Sharing from this folder was not allowed. Nothing was changed.");
            }
            shares.values().removeIf(share -> !share.download() && share.path().startsWith(folder));
            host.publish();
            return Outcome.done(folder);
        });
    }

    @Override
    public CompletableFuture<Outcome<List<ShareConcern>>> examine(Path path) {
        CountDownLatch mayEnd = examiningMayEnd;
        host.note("examine " + path);
        return CompletableFuture.supplyAsync(() -> awaited(mayEnd)).thenCompose(problem -> host.run(() -> {
            if (!problem.isEmpty()) {
                return Outcome.<List<ShareConcern>>failed(problem);
            }
            return Files.exists(path) ? Outcome.done(concerns.getOrDefault(path, List.of()))
                    : Outcome.<List<ShareConcern>>failed("There is nothing at " + path + ". Choose a file or folder that is there.");
        }));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> add(ShareRequest request, Consumer<Double> progress) {
        requests.add(request);
        CountDownLatch mayEnd = readingMayEnd;
        return CompletableFuture.supplyAsync(() -> {
            progress.accept(0.42);
            return awaited(mayEnd);
        }).thenCompose(problem -> host.run(() -> problem.isEmpty() ? added(request) : Outcome.failed(problem)));
    }

    private Outcome<InfoHash> added(ShareRequest request) {
        host.note("share " + request.path());
        if (folders.keySet().stream().noneMatch(request.path()::startsWith)) {
            return Outcome.refused("share.not-allowed",
                    "Not shared: it does not lie in a folder from which you allowed sharing. Allow its folder first.");
        }
        if (!request.despite() && !concerns.getOrDefault(request.path(), List.of()).isEmpty()) {
            return Outcome.refused("share.concern", "Not shared: something in it looks private. Look at what it is first.");
        }
        String name = request.path().getFileName().toString();
        List<String> devices = new ArrayList<>();
        request.audience().devices().forEach(device -> devices.add(host.nameOf(device)));
        ShareSnapshot share = new ShareSnapshot(Torrents.hash(name), name, request.path(), 4_100_000, 3,
                request.audience().trustedOnly() ? ShareSnapshot.Audience.DEVICES : ShareSnapshot.Audience.PUBLIC, devices, Instant.now(),
                request.audience().expires(), false, 0, 0, request.audience().note(), "");
        shares.put(share.hash(), share);
        host.publish();
        return Outcome.done(share.hash());
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> stop(InfoHash hash) {
        return host.run(() -> {
            host.note("stop " + hash.hex());
            if (shares.remove(hash) == null) {
                return Outcome.<InfoHash>refused("library.unknown", "This is not shared any more.");
            }
            host.change(hash, sharing -> sharing.withUpload(UploadPolicy.NEVER));
            host.publish();
            return Outcome.done(hash);
        });
    }

    @Override
    public CompletableFuture<Outcome<Path>> writeTorrent(InfoHash hash, Path target) {
        return host.run(() -> {
            host.note("writeTorrent " + hash.hex() + " " + target);
            return Outcome.done(target);
        });
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> upload(InfoHash hash, UploadPolicy policy) {
        return host.run(() -> {
            host.note("upload " + hash.hex() + " " + policy);
            Optional<Refusal> refusal = host.refusal("upload");
            if (refusal.isPresent()) {
                return Outcome.<InfoHash>refused(refusal.get());
            }
            if (host.change(hash, sharing -> sharing.withUpload(policy)).isEmpty()) {
                return Outcome.<InfoHash>refused("library.unknown", "This torrent is not on the list.");
            }
            host.publish();
            return Outcome.done(hash);
        });
    }
}
