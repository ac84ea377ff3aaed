package org.sallyport.core.engine;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Findings;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Opening;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.QuarantineState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SavedVerdict.Fate;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.screening.FileNames;
import org.sallyport.core.screening.ScreenRequest;
import org.sallyport.core.screening.ScreenWatch;

/** What a person does with files in quarantine. */
final class QuarantineDesk implements Quarantine {
    private static final Verdict UNKNOWN = Verdict.notScanned("It was not looked at.");

    private final TorrentDesk desk;

    QuarantineDesk(TorrentDesk desk) {
        this.desk = desk;
    }

    private Services services() {
        return desk.services();
    }

    /** What is held in all torrents. Network thread. */
    QuarantineState state() {
        List<HeldFile> held = new ArrayList<>();
        for (TorrentStory story : desk.roster().noted()) {
            ManagedTorrent torrent = story.torrent();
            if (torrent.verdicts().held() > 0) {
                torrent.verdicts().all().stream().filter(row -> row.fate() == Fate.HELD).forEach(row -> held.add(held(torrent, row)));
            }
        }
        return new QuarantineState(held, services().screening().scanner());
    }

    private HeldFile held(ManagedTorrent torrent, SavedVerdict row) {
        int file = row.file();
        return new HeldFile(torrent.hash(), file, torrent.name(), torrent.layout().shown(file), torrent.metainfo().files().get(file).size(),
                FileVerdicts.findings(row), source(torrent), torrent.course().delivery().looksAt(file));
    }

    /** Where it came from, and who made it. */
    private String source(ManagedTorrent torrent) {
        Provenance origin = torrent.provenance();
        return place(torrent, origin) + "; " + new Provenance(origin.author(), "", "").line();
    }

    private static String place(ManagedTorrent torrent, Provenance origin) {
        if (!origin.device().isEmpty()) {
            return "From " + origin.device();
        }
        return torrent.sharing().trustedOnly() ? "From your trusted devices"
                : "From people on the internet" + (origin.url().isEmpty() ? "" : "; its torrent was added from " + origin.url());
    }

    @FunctionalInterface
    private interface Deed {
        CompletableFuture<Outcome<Verdict>> with(ManagedTorrent torrent, FileEntry file, SavedVerdict row) throws RefusedException;
    }

    private CompletableFuture<Outcome<Verdict>> held(InfoHash hash, int file, Deed deed) {
        return desk.command(hash, torrent -> {
            FileEntry entry = entry(torrent, file);
            SavedVerdict row = torrent.verdicts().of(file).filter(saved -> saved.fate() == Fate.HELD)
                    .orElseThrow(() -> new RefusedException("quarantine.unknown",
                            "That file is not held in quarantine any more. Look at the list again."));
            return deed.with(torrent, entry, row);
        }).thenCompose(begun -> begun.then(later -> later));
    }

    private static FileEntry entry(ManagedTorrent torrent, int file) throws RefusedException {
        if (file < 0 || file >= torrent.metainfo().files().size() || torrent.metainfo().files().get(file).pad()) {
            throw new RefusedException("quarantine.unknown", "The torrent has no such file. Look at the list again.");
        }
        return torrent.metainfo().files().get(file);
    }

    @Override
    public CompletableFuture<Outcome<Verdict>> rescan(InfoHash hash, int file) {
        services().screening().askSometime();
        return held(hash, file, (torrent, entry, row) -> torrent.course().delivery().rescan(entry));
    }

    @Override
    public CompletableFuture<Outcome<Verdict>> release(InfoHash hash, int file, boolean insisted) {
        return held(hash, file, (torrent, entry, row) -> {
            allow(new PolicyRequest.ReleaseHeld(hash, entry.path(), row.verdict(), insisted), hash, entry);
            return torrent.course().delivery().free(entry, row);
        });
    }

    @Override
    public CompletableFuture<Outcome<Verdict>> delete(InfoHash hash, int file) {
        return held(hash, file, (torrent, entry, row) -> {
            TorrentOptions options = torrent.saved().options();
            torrent.choose(options.withPriorities(with(options.priorities(), file)));
            return torrent.course().delete(entry, row);
        });
    }

    private static Map<Integer, FilePriority> with(Map<Integer, FilePriority> priorities, int skipped) {
        Map<Integer, FilePriority> more = new HashMap<>(priorities);
        more.put(skipped, FilePriority.SKIP);
        return more;
    }

    private void allow(PolicyRequest request, InfoHash hash, FileEntry file) throws RefusedException {
        Optional<Refusal> refusal = services().policy().decide(request).reason();
        if (refusal.isPresent()) {
            services().events().refused("policy.denied", refusal.get(), file.path(), Map.of("hash", hash.hex(), "path", file.path()));
            throw new RefusedException(refusal.get());
        }
    }

    @Override
    public CompletableFuture<Outcome<Opening>> open(InfoHash hash, int file, boolean insisted) {
        return desk.command(hash, torrent -> {
            FileEntry entry = entry(torrent, file);
            boolean released = torrent.layout().isReleased(file);
            Verdict verdict = torrent.verdicts().of(file).map(SavedVerdict::verdict).orElse(UNKNOWN);
            String shown = torrent.layout().shown(file);
            allow(new PolicyRequest.OpenFile(shown, released, verdict, starts(entry.path()) || starts(shown), insisted), hash, entry);
            return new Opening(torrent.layout().released(file), shown, verdict);
        });
    }

    /** By its name: what a system opens goes by that. */
    private static boolean starts(String path) {
        return FileNames.of(path).stream().anyMatch(flag -> switch (flag) {
            case PROGRAM, SCRIPT, SHORTCUT, AUTORUN, DISGUISED, MACROS, DISK_IMAGE -> true;
            case REVERSED, LOOKALIKE, STRETCHED, HIDDEN_CHARACTERS, TRAILING, ARCHIVE, UNUSUAL_BLANKS, SYSTEM_FILE, NO_ENDING -> false;
        });
    }

    @Override
    public CompletableFuture<Outcome<Findings>> scan(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return CompletableFuture.completedFuture(
                    Outcome.failed("There is no plain file \"" + file.getFileName() + "\". Give the path of a file."));
        }
        ScreenRequest request = new ScreenRequest(file, String.valueOf(file.getFileName()));
        return services().screening().ask().thenCompose(state -> services().screening().screen(request, ScreenWatch.NONE))
                .handle((screened, failure) -> failure == null
                        ? Outcome.done(new Findings(screened.verdict(), screened.sha256(), screened.at(), screened.engine(), screened.definitions()))
                        : Outcome.failed("The file could not be looked at; the log has the details."));
    }

    @Override
    public CompletableFuture<Outcome<ScannerState>> findScanner() {
        return services().screening().ask().handle((state, failure) -> failure == null ? Outcome.done(state)
                : Outcome.failed("The virus scanner could not be asked; the log has the details."));
    }
}
