package org.sallyport.core.model;

import java.util.List;
import java.util.Optional;

/**
 * One file of a torrent.
 *
 * @param index     0-based, as in the torrent
 * @param path      safe relative path with {@code /} between folders; starts with the torrent's name when it has several files
 * @param doneBytes verified bytes
 * @param released  out of quarantine, at its final place
 * @param flags     what its name in the torrent gives away, in the order of {@link NameFlag}
 * @param check     how far it has come through screening
 */
public record FileSnapshot(int index, String path, long sizeBytes, long doneBytes, FilePriority priority, boolean released, Verdict verdict,
        List<NameFlag> flags, FileCheck check) {
    public FileSnapshot {
        flags = List.copyOf(flags);
    }

    /** One that was not looked at. */
    public FileSnapshot(int index, String path, long sizeBytes, long doneBytes, FilePriority priority, boolean released, Verdict verdict,
            List<NameFlag> flags) {
        this(index, path, sizeBytes, doneBytes, priority, released, verdict, flags,
                new FileCheck(stage(sizeBytes, doneBytes, released), Findings.none(verdict)));
    }

    private static FileCheck.Stage stage(long sizeBytes, long doneBytes, boolean released) {
        return released ? FileCheck.Stage.RELEASED : doneBytes < sizeBytes ? FileCheck.Stage.ARRIVING : FileCheck.Stage.WAITING;
    }

    /** One whose name was not looked at either, or is an honest one. */
    public FileSnapshot(int index, String path, long sizeBytes, long doneBytes, FilePriority priority, boolean released, Verdict verdict) {
        this(index, path, sizeBytes, doneBytes, priority, released, verdict, List.of());
    }

    /** Why a file is not fetched. CHOICE: somebody chose others, as far as shows. */
    public enum Skip { NAME, INTENT, CHOICE }

    /** Empty when it is wanted. @param intent of its torrent */
    public Optional<Skip> skip(Intent intent) {
        NameFlag.Risk risk = NameFlag.gravest(flags).map(NameFlag::risk).orElse(NameFlag.Risk.NOTICE);
        boolean risky = risk == NameFlag.Risk.BLOCK || risk == NameFlag.Risk.ASK && intent.includes(path);
        return wanted() ? Optional.empty() : Optional.of(risky ? Skip.NAME : intent.includes(path) ? Skip.CHOICE : Skip.INTENT);
    }

    /** Why it is skipped, in a few words; empty when it is wanted, or was left out for no reason that shows. @param intent of its torrent */
    public String skipped(Intent intent) {
        return skip(intent).map(skip -> switch (skip) {
            case NAME -> NameFlag.gravest(flags).map(NameFlag::words).orElse("");
            case INTENT -> "not for " + intent.words();
            case CHOICE -> "";
        }).orElse("");
    }

    /** Selected for download. */
    public boolean wanted() {
        return priority != FilePriority.SKIP;
    }
}
