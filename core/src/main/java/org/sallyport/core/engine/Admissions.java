package org.sallyport.core.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.persist.SavedProgress;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.persist.SeedTime;
import org.sallyport.core.policy.PolicyRequest;

/** Turns a request to add a torrent into one of the library: read, decided, placed, saved. Command thread. */
final class Admissions {
    private final Services services;
    private final FileChoice choice;

    Admissions(Services services) {
        this.services = services;
        this.choice = new FileChoice(services.policy());
    }

    /** Whether the library has a torrent. */
    interface Known {
        boolean has(InfoHash hash) throws ExecutionException, TimeoutException;

        /** Whether a torrent of the library is, or will be, at this place. */
        boolean occupies(Path root) throws ExecutionException, TimeoutException;
    }

    /** @param metainfo what the request names, read already */
    ManagedTorrent admit(Metainfo metainfo, AddRequest request, Known known) throws RefusedException, IOException, ExecutionException,
            TimeoutException {
        if (known.has(metainfo.hash())) {
            throw new RefusedException("engine.duplicate", "\"" + metainfo.name() + "\" is in the list already.");
        }
        decide(metainfo);
        Path folder = request.folder().toAbsolutePath().normalize();
        FileChoice.Chosen chosen = choice.of(request, metainfo);
        AddRequest decided = request.withChoice(chosen.options());
        SavedTorrent saved = request.existing() ? existing(decided, metainfo, folder) : fresh(decided, metainfo, folder, known);
        insert(saved);
        chosen.told().forEach(news -> services.events().refused("policy.denied", news, metainfo.hash().hex(), Map.of("hash", metainfo.hash().hex())));
        ManagedTorrent torrent = new ManagedTorrent(services, metainfo, saved);
        torrent.name(request.peers());
        if (request.existing() || torrent.layout().hasLeftovers()) {
            torrent.course().checkEverything();
        }
        return torrent;
    }

    /** Own files, read just now: they are right as long as they are what was noted. */
    ManagedTorrent share(ShareMaking.Made made, Sharing sharing) throws RefusedException, IOException {
        Metainfo metainfo = made.metainfo();
        decide(metainfo);
        SavedTorrent saved = new SavedTorrent(metainfo.hash(), Bytes.copyOf(metainfo.fileBytes()), made.root().getParent().toString(),
                made.root().getFileName().toString(), true, true, services.clock().instant(), Set.of(),
                TorrentOptions.DEFAULT, sharing, TorrentProgress.whole(metainfo), SeedTime.NONE);
        insert(saved);
        services.journal().saveFileNotes(metainfo.hash(), FileSurvey.notes(made.notes()));
        services.journal().saveNewFiles(metainfo.hash(), made.leftOut());
        return new ManagedTorrent(services, metainfo, saved);
    }

    private void insert(SavedTorrent saved) throws IOException {
        try {
            services.journal().insert(saved).join();
        } catch (CompletionException e) {
            throw new IOException("the list of torrents could not be saved: " + e.getCause().getMessage(), e);
        }
    }

    private void decide(Metainfo metainfo) throws RefusedException {
        decide(metainfo, metainfo.tiers());
        Authorship author = services.origins().author(metainfo);
        services.policy().decide(new PolicyRequest.AcceptAuthor(metainfo.hash(), author)).orThrow();
    }

    /** Whether policy agrees with a torrent that has these trackers. */
    void decide(Metainfo metainfo, List<List<String>> tiers) throws RefusedException {
        decide(metainfo.hash(), metainfo.name(), metainfo.totalBytes(), tiers);
    }

    /** Before anybody is asked for it, by what the link claims; what arrives is decided again. */
    void decide(Magnet magnet) throws RefusedException {
        decide(magnet.hash(), magnet.safeName(), magnet.sizeBytes(), magnet.tiers());
    }

    private void decide(InfoHash hash, String name, long bytes, List<List<String>> tiers) throws RefusedException {
        List<String> hosts = tiers.stream().flatMap(List::stream).map(Admissions::host).distinct().toList();
        services.policy().decide(new PolicyRequest.AddTorrent(hash, name, bytes, hosts)).orThrow();
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? url : host;
        } catch (IllegalArgumentException e) {
            return url;
        }
    }

    private SavedTorrent fresh(AddRequest request, Metainfo metainfo, Path folder, Known known)
            throws IOException, RefusedException, ExecutionException, TimeoutException {
        Files.createDirectories(folder);
        return saved(request, metainfo, folder, freeName(folder, metainfo.name(), metainfo.singleFile(), known));
    }

    /** The torrent's name, or with a number when something else has it: nothing that is there is ever replaced. */
    private static String freeName(Path folder, String name, boolean file, Known known)
            throws RefusedException, ExecutionException, TimeoutException {
        int dot = file ? name.lastIndexOf('.') : -1;
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        for (int copy = 1; copy < 1000; copy++) {
            String candidate = copy == 1 ? name : stem + " (" + copy + ")" + ending;
            Path root = folder.resolve(candidate);
            if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS) && !known.occupies(root)) {
                return candidate;
            }
        }
        throw new RefusedException("engine.name-taken", "There are too many files called \"" + name + "\" in that folder. Choose another folder.");
    }

    /** Accepts the folder that holds the data, or the data itself under another name. */
    private SavedTorrent existing(AddRequest request, Metainfo metainfo, Path place) throws RefusedException {
        if (Files.exists(place.resolve(metainfo.name()))) {
            refuseBadPlace(place.resolve(metainfo.name()));
            return saved(request, metainfo, place, metainfo.name());
        }
        boolean fits = metainfo.singleFile() ? Files.isRegularFile(place) : Files.isDirectory(place);
        if (!fits || place.getParent() == null) {
            throw new RefusedException("engine.no-data", "\"" + metainfo.name() + "\" is not in " + place.getFileName()
                    + ". Give the folder that holds it, or the file itself.");
        }
        refuseBadPlace(place);
        return saved(request, metainfo, place.getParent(), place.getFileName().toString());
    }

    private void refuseBadPlace(Path data) throws RefusedException {
        Optional<Refusal> refusal = services.places().refusal(data);
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    private SavedTorrent saved(AddRequest request, Metainfo metainfo, Path folder, String rootName) throws RefusedException {
        return new SavedTorrent(metainfo.hash(), Bytes.copyOf(metainfo.fileBytes()), folder.toString(), rootName, request.existing(),
                !request.paused(), services.clock().instant(), Set.of(), options(request, metainfo), request.sharing(),
                SavedProgress.none(metainfo.hash()), SeedTime.NONE);
    }

    private TorrentOptions options(AddRequest request, Metainfo metainfo) throws RefusedException {
        TorrentOptions options = request.options();
        boolean usual = request.usualGoal() && !request.existing();
        return OptionsCheck.passed(usual ? options.withGoal(services.settings().get().goal()) : options, metainfo);
    }
}
