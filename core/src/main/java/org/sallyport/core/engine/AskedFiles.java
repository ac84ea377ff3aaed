package org.sallyport.core.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Verdict;

/** Files of a torrent that a person wants something done with, and the answers that are owed. Network thread only. */
final class AskedFiles {
    private final Metainfo metainfo;
    private final Map<Integer, CompletableFuture<Outcome<Verdict>>> asked = new LinkedHashMap<>();

    AskedFiles(Metainfo metainfo) {
        this.metainfo = metainfo;
    }

    CompletableFuture<Outcome<Verdict>> ask(FileEntry file) {
        return asked.computeIfAbsent(file.index(), index -> new CompletableFuture<>());
    }

    Optional<FileEntry> first() {
        return asked.keySet().stream().findFirst().map(metainfo.files()::get);
    }

    void answer(FileEntry file, Outcome<Verdict> outcome) {
        Optional.ofNullable(asked.remove(file.index())).ifPresent(answer -> answer.complete(outcome));
    }

    void failAll(String problem) {
        Map<Integer, CompletableFuture<Outcome<Verdict>>> answers = Map.copyOf(asked);
        asked.clear();
        answers.values().forEach(answer -> answer.complete(Outcome.failed(problem)));
    }
}
