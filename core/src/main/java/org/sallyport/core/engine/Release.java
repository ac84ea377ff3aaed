package org.sallyport.core.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.screening.ScreenRequest;
import org.sallyport.core.screening.ScreenWatch;
import org.sallyport.core.storage.FileMoves;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;

/** Takes a complete torrent's files out of quarantine: synced, screened, allowed, moved, one after another, the most wanted first. */
final class Release {
    private final InfoHash hash;
    private final Layout layout;
    private final FileMoves moves;
    private final Services services;

    /** @param released file indexes moved now @param trouble empty when all went well */
    record Result(Set<Integer> released, Map<Integer, Verdict> verdicts, Optional<StorageException> trouble) { }

    Release(InfoHash hash, Layout layout, FileMoves moves, Services services) {
        this.hash = hash;
        this.layout = layout;
        this.moves = moves;
        this.services = services;
    }

    /** @param options tell which file is wanted most */
    CompletableFuture<Result> run(List<FileEntry> wanted, TorrentOptions options) {
        List<FileEntry> files = wanted.stream()
                .sorted(Comparator.comparing((FileEntry file) -> options.priority(file.index())).reversed().thenComparing(FileEntry::index)).toList();
        return CompletableFuture.supplyAsync(() -> move(files), services.disk().threads().housekeeping());
    }

    private Result move(Iterable<FileEntry> files) {
        Set<Integer> released = new HashSet<>();
        Map<Integer, Verdict> verdicts = new HashMap<>();
        try {
            moves.sync();
            for (FileEntry file : files) {
                if (layout.isReleased(file.index())) {
                    continue;
                }
                Verdict verdict = services.screening()
                        .screen(new ScreenRequest(layout.place(file.index()), file.path()), ScreenWatch.NONE).verdict();
                verdicts.put(file.index(), verdict);
                tell("file.verdict", file, verdict);
                if (allowed(file, verdict)) {
                    moves.release(file);
                    released.add(file.index());
                    tell("file.released", file, verdict);
                }
            }
            moves.tidyQuarantine();
            return new Result(released, verdicts, Optional.empty());
        } catch (StorageException e) {
            return new Result(released, verdicts, Optional.of(e));
        }
    }

    private boolean allowed(FileEntry file, Verdict verdict) {
        return services.policy().decide(new PolicyRequest.ReleaseFile(hash, file.path(), verdict)).fold(() -> true, deny -> {
            Refusal refusal = deny.refusal();
            services.events().refused("policy.denied", refusal, file.path(), Map.of("hash", hash.hex(), "path", file.path()));
            return false;
        });
    }

    private void tell(String id, FileEntry file, Verdict verdict) {
        String place = layout.released(file.index()).toString();
        String kind = jsonName(verdict.kind());
        String sentence = id.equals("file.verdict")
                ? "\"" + file.path() + "\": " + (verdict.reason().isEmpty() ? kind : verdict.reason())
                : "\"" + file.path() + "\" left quarantine.";
        services.events().tell(Severity.INFO, id, sentence, Map.of("hash", hash.hex(), "path", place,
                "file", file.path(), "verdict", kind, "reason", verdict.reason()));
    }

    /** As in cli.md: clean, suspicious, infected, notScanned. */
    private static String jsonName(Verdict.Kind kind) {
        return kind == Verdict.Kind.NOT_SCANNED ? "notScanned" : kind.name().toLowerCase(Locale.ROOT);
    }
}
