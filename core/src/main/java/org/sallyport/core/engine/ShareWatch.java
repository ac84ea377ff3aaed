package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.UploadPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after what is shared: ends what has expired, and now and then looks whether own files are still what was shared, what else has
 * appeared beside them, and what has become of the allowed folders. Network thread only; disk threads do the looking.
 */
final class ShareWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ShareWatch.class);
    private static final int MAX_FILES = 100_000;
    /** Told one by one; more than that at once are told as a number. */
    private static final int MAX_TOLD = 20;

    private final Services services;
    private final Roster roster;
    private long nextLookNanos = System.nanoTime();
    private boolean looking;

    private record Look(FileSurvey found, Optional<Refusal> place, Set<String> newFiles) { }

    ShareWatch(Services services, Roster roster) {
        this.services = services;
        this.roster = roster;
    }

    /** Once a second. */
    void tick(long now) {
        Instant time = services.clock().instant();
        for (TorrentStory story : roster.noted()) {
            if (!story.torrent().sharing().expires().isAfter(time) && story.torrent().sharing().upload() != UploadPolicy.NEVER) {
                expire(story.torrent());
            }
        }
        if (!looking && now - nextLookNanos >= 0) {
            nextLookNanos = now + (isStarting() ? 0 : services.surroundings().shareLook().toNanos());
            look();
        }
    }

    /** Shares that are about to run are looked at as soon as they do. */
    private boolean isStarting() {
        return roster.awake().stream().map(TorrentStory::torrent).anyMatch(torrent -> torrent.sharing().shared() && torrent.course().running()
                && !torrent.course().queued() && !torrent.trouble().inTrouble() && torrent.session().isEmpty());
    }

    private void expire(ManagedTorrent torrent) {
        services.events().info("share.expired", torrent.hash(), "The time for which \"" + torrent.metainfo().name()
                + "\" was shared is over; nobody gets it any more, and the files stay.");
        if (!torrent.sharing().shared()) {
            roster.find(torrent.hash()).ifPresent(ManagedTorrent::stopSharing);
            return;
        }
        torrent.withdraw();
        roster.remove(torrent.hash());
        services.places().unchoose(torrent.layout().root());
        services.disk().threads().housekeeping().execute(torrent.files().moves()::letGo);
        services.journal().remove(torrent.hash()).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("an expired share is still in the saved list; the next start takes it off", failure);
            }
        });
    }

    private void look() {
        looking = true;
        List<CompletableFuture<?>> looks = new ArrayList<>();
        looks.add(CompletableFuture.runAsync(services.places()::look, services.disk().threads().housekeeping()));
        for (TorrentStory story : roster.all()) {
            ManagedTorrent torrent = story.torrent();
            if (torrent.sharing().shared() && torrent.session().isPresent()) {
                looks.add(look(torrent));
            }
        }
        CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)).whenCompleteAsync((done, failure) -> {
            looking = false;
            if (failure != null) {
                LOG.warn("shared files could not be looked at", failure);
            }
        }, services.loop());
    }

    private CompletableFuture<?> look(ManagedTorrent torrent) {
        String notes = torrent.files().notes();
        var sharing = torrent.sharing();
        return services.journal().newFiles(torrent.hash()).thenApplyAsync(known -> new Look(
                FileSurvey.of(torrent.metainfo(), torrent.layout(), notes, Map.of(), true),
                services.places().refusal(torrent.layout().root(), sharing),
                newFiles(torrent, known)), services.disk().threads().housekeeping()).thenAcceptAsync(look -> {
                    if (!torrent.course().gone() && torrent.session().isPresent()) {
                        tellNewFiles(torrent, look.newFiles());
                        torrent.course().looked(look.place());
                        torrent.course().endedBy(look.found());
                    }
                }, services.loop());
    }

    /** What lies in a shared folder and is not shared, by path in it. @param known told of before; saved again with what is new */
    private Set<String> newFiles(ManagedTorrent torrent, String known) {
        Path root = torrent.layout().root();
        Set<Path> ours = torrent.metainfo().files().stream().map(file -> torrent.layout().released(file.index())).collect(Collectors.toSet());
        Set<String> before = known.lines().collect(Collectors.toSet());
        Set<String> found = new TreeSet<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                private int files;

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!ours.contains(file)) {
                        found.add(ShareMaking.nameIn(root, file));
                    }
                    return ++files < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException trouble) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return Set.of(); // the look at the files themselves tells
        }
        Set<String> news = new TreeSet<>(found);
        news.removeAll(before);
        if (!news.isEmpty()) {
            // what was there before counts as told while the list is short enough: it may come again
            Set<String> all = new HashSet<>(before.size() + found.size() <= MAX_FILES ? before : Set.of());
            all.addAll(found);
            services.journal().saveNewFiles(torrent.hash(), String.join("\n", all));
        }
        return news;
    }

    private void tellNewFiles(ManagedTorrent torrent, Set<String> files) {
        String folder = torrent.metainfo().name();
        InfoHash hash = torrent.hash();
        files.stream().limit(MAX_TOLD).forEach(file -> tell(hash, file, "\"" + file + "\" appeared in the shared folder \"" + folder
                + "\" and is not shared: only what you chose is. If you did not put it there, look at it before you open it."));
        if (files.size() > MAX_TOLD) {
            tell(hash, "", (files.size() - MAX_TOLD) + " more files appeared in the shared folder \"" + folder + "\" and are not shared.");
        }
    }

    private void tell(InfoHash hash, String file, String sentence) {
        services.events().refused("share.new-file", new Refusal("share.new-file", sentence), hash.hex() + '/' + file,
                Map.of("hash", hash.hex(), "path", file));
    }
}
