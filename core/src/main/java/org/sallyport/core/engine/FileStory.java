package org.sallyport.core.engine;

import java.util.List;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.FileCheck;
import org.sallyport.core.model.FileCheck.Stage;
import org.sallyport.core.model.FileChecks;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.Findings;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;

/** Tells how far the files of one torrent have come through screening. Network thread only. */
final class FileStory {
    private static final Verdict NOT_YET = Verdict.notScanned("It has not arrived yet.");
    private static final Verdict WAITING = Verdict.notScanned("It has arrived and waits to be looked at.");
    private static final Verdict BEFORE = Verdict.notScanned("It was there before.");

    private final ManagedTorrent torrent;
    private List<FileEntry> counted = List.of();
    private int countedVersion = -1;
    private Verdict worst = NOT_YET;
    private int done;

    FileStory(ManagedTorrent torrent) {
        this.torrent = torrent;
    }

    FileSnapshot snapshot(FileEntry file) {
        TorrentProgress progress = torrent.progress();
        int index = file.index();
        Verdict verdict = verdict(file);
        Findings findings = torrent.verdicts().of(index).map(FileVerdicts::findings).orElseGet(() -> Findings.none(verdict));
        return new FileSnapshot(index, torrent.layout().shown(index), file.size(), progress.verifiedBytesOf(file),
                torrent.saved().options().priority(index), torrent.layout().isReleased(index), verdict, torrent.names().flags(index),
                new FileCheck(stage(file), findings));
    }

    private Stage stage(FileEntry file) {
        int index = file.index();
        if (torrent.course().delivery().looksAt(index)) {
            return Stage.CHECKING;
        }
        if (torrent.layout().isReleased(index)) {
            return torrent.saved().existing() ? Stage.PRESENT : Stage.RELEASED;
        }
        if (torrent.verdicts().isKept(index)) {
            return torrent.verdicts().is(index, SavedVerdict.Fate.HELD) ? Stage.HELD : Stage.DELETED;
        }
        return torrent.progress().hasAllOf(file) ? Stage.WAITING : Stage.ARRIVING;
    }

    private Verdict verdict(FileEntry file) {
        return torrent.verdicts().of(file.index()).map(SavedVerdict::verdict)
                .orElse(torrent.layout().isReleased(file.index()) ? BEFORE : torrent.progress().hasAllOf(file) ? WAITING : NOT_YET);
    }

    /**
     * The worst of the files that are wanted; counted again only when one was looked at, or others are wanted: there may be thousands of
     * torrents.
     */
    Verdict worst(List<FileEntry> wanted) {
        count(wanted);
        return worst;
    }

    FileChecks checks(List<FileEntry> wanted) {
        count(wanted);
        return new FileChecks(done, wanted.size(), torrent.verdicts().held(), torrent.course().delivery().busy());
    }

    private void count(List<FileEntry> wanted) {
        int version = torrent.verdicts().version() + torrent.progress().version();
        if (version != countedVersion || wanted != counted) {
            countedVersion = version;
            counted = wanted;
            worst = wanted.stream().map(this::verdict).reduce((a, b) -> rank(a) >= rank(b) ? a : b).orElse(NOT_YET);
            done = (int) wanted.stream().filter(file -> torrent.verdicts().of(file.index()).isPresent()).count();
        }
    }

    private static int rank(Verdict verdict) {
        return switch (verdict.kind()) {
            case CLEAN -> 0;
            case NOT_SCANNED -> 1;
            case SUSPICIOUS -> 2;
            case INFECTED -> 3;
        };
    }

    /** While it is complete, and not all was looked at. */
    String checking() {
        List<FileEntry> wanted = torrent.ledger().wantedFiles();
        count(wanted);
        return wanted.size() == 1 ? "Checking the file before it is yours"
                : "Checking file " + Math.min(wanted.size(), done + 1) + " of " + wanted.size();
    }

    /** Why it is not shared; empty when that is not because of its files. */
    String ended() {
        int held = torrent.verdicts().held();
        return switch (torrent.verdicts().contents()) {
            case SOUND -> "";
            case HELD -> held == 1 ? "Done, but for a file that is held in quarantine"
                    : "Done, but for " + held + " files that are held in quarantine";
            case LOST -> "Done, but for what you deleted in quarantine";
            case INFECTED -> held == 0 ? "Malware was found in it, so it is not shared" : "Malware was found in it; look at the quarantine";
        };
    }
}
