package org.sallyport.core.engine;

import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Findings;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SavedVerdict.Fate;
import org.sallyport.core.policy.PolicyRequest.ServePeer.Contents;

/** What was found out about the files of one torrent. Network thread only. */
final class FileVerdicts {
    private final Metainfo metainfo;
    private final TreeMap<Integer, SavedVerdict> rows = new TreeMap<>();
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    private int infected;
    private int version;

    FileVerdicts(Metainfo metainfo) {
        this.metainfo = metainfo;
    }

    /** From an earlier run, or of the same torrent. */
    void recall(Collection<SavedVerdict> saved) {
        saved.stream().filter(row -> row.file() >= 0 && row.file() < metainfo.files().size()).forEach(this::put);
    }

    Collection<SavedVerdict> all() {
        return Collections.unmodifiableCollection(rows.values());
    }

    Optional<SavedVerdict> of(int file) {
        return Optional.ofNullable(rows.get(file));
    }

    void put(SavedVerdict row) {
        forget(row.file());
        rows.put(row.file(), row);
        count(row, 1);
    }

    void forget(int file) {
        Optional.ofNullable(rows.remove(file)).ifPresent(row -> count(row, -1));
    }

    private void count(SavedVerdict row, int more) {
        version++;
        fates.merge(row.fate(), more, Integer::sum);
        infected += row.verdict().kind() == Verdict.Kind.INFECTED ? more : 0;
    }

    /** Changes with each verdict. */
    int version() {
        return version;
    }

    private int count(Fate fate) {
        return fates.getOrDefault(fate, 0);
    }

    /** What others may get goes by it. */
    Contents contents() {
        return infected > 0 ? Contents.INFECTED : count(Fate.DELETED) > 0 ? Contents.LOST : count(Fate.HELD) > 0 ? Contents.HELD : Contents.SOUND;
    }

    boolean is(int file, Fate fate) {
        return of(file).filter(row -> row.fate() == fate).isPresent();
    }

    /** It stays where it is until somebody decides otherwise. */
    boolean isKept(int file) {
        return of(file).filter(row -> row.fate() == Fate.HELD || row.fate() == Fate.DELETED).isPresent();
    }

    int held() {
        return count(Fate.HELD);
    }

    /** Pieces that cannot be read any more, because a part of them was in a file that was deleted. */
    BitSet unreadable(TorrentProgress progress) {
        BitSet pieces = new BitSet();
        if (count(Fate.DELETED) == 0) {
            return pieces;
        }
        for (SavedVerdict row : rows.values()) {
            FileEntry file = metainfo.files().get(row.file());
            if (row.fate() == Fate.DELETED && file.size() > 0) {
                pieces.set(progress.first(file), progress.last(file) + 1);
            }
        }
        return pieces;
    }

    static Findings findings(SavedVerdict row) {
        return new Findings(row.verdict(), row.sha256(), row.at(), row.engine(), row.definitions());
    }
}
