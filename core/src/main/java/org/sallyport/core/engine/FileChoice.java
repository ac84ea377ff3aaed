package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.policy.PolicyEngine;
import org.sallyport.core.policy.PolicyRequest.ChooseFiles;
import org.sallyport.core.policy.PolicyRequest.RiskyFile;
import org.sallyport.core.screening.FileNames;

/**
 * Which files of a torrent are fetched: those chosen, or those its intent takes in, as far as policy lets their names pass. The same for a
 * .torrent file, a magnet link when its list has arrived, and files that are wanted later. Command thread.
 */
final class FileChoice {
    private final PolicyEngine policy;

    FileChoice(PolicyEngine policy) {
        this.policy = policy;
    }

    /**
     * What is fetched of a torrent that is added.
     *
     * @param options with everything skipped that is not fetched @param told what was left out and why, as far as nobody chose it so
     */
    record Chosen(TorrentOptions options, List<Refusal> told) { }

    /** @throws RefusedException if nothing is left, or a file's name may not pass */
    Chosen of(AddRequest request, Metainfo metainfo) throws RefusedException {
        if (request.existing()) { // what is there is shared as a whole
            return new Chosen(request.options().withPriorities(Map.of()), List.of());
        }
        Map<Integer, FilePriority> priorities = new HashMap<>(request.options().priorities());
        Intent intent = request.options().intent();
        List<List<NameFlag>> flags = FileNames.flags(metainfo);
        IntPredicate wanted = request.wanted().isEmpty() ? file -> belongs(intent, metainfo, flags, file) : request.wanted()::contains;
        metainfo.files().stream().map(FileEntry::index).filter(file -> !wanted.test(file)).forEach(file -> priorities.put(file, FilePriority.SKIP));
        List<FileEntry> chosen = chosen(metainfo, priorities);
        List<Refusal> told = new ArrayList<>();
        if (request.wanted().isEmpty() && intent != Intent.ANYTHING) {
            told.addAll(besides(intent, metainfo, chosen.size()));
        }
        if (request.risky() == AddRequest.Risky.SKIP) {
            told.addAll(leaveOut(metainfo.hash(), chosen, flags, priorities));
        } else {
            decide(metainfo.hash(), risky(chosen, flags), request.risky() == AddRequest.Risky.ACCEPT);
        }
        return new Chosen(request.options().withPriorities(priorities), told);
    }

    /** Files that were skipped and are wanted now pass the same gate. @param accepted the user agreed to their names */
    void check(Metainfo metainfo, TorrentOptions before, TorrentOptions after, boolean accepted) throws RefusedException {
        List<FileEntry> news = metainfo.files().stream().filter(file -> !file.pad() && before.priority(file.index()) == FilePriority.SKIP
                && after.priority(file.index()) != FilePriority.SKIP).toList();
        if (!news.isEmpty()) {
            decide(metainfo.hash(), risky(news, FileNames.flags(metainfo)), accepted);
        }
    }

    /** @throws RefusedException if none of these files is of a type that belongs to it */
    static List<Integer> within(Intent intent, Metainfo metainfo, List<Integer> files) throws RefusedException {
        List<List<NameFlag>> flags = FileNames.flags(metainfo);
        List<Integer> left = files.stream().filter(file -> belongs(intent, metainfo, flags, file)).toList();
        if (left.isEmpty() && !files.isEmpty()) {
            throw nothing(intent, metainfo);
        }
        return left;
    }

    private static boolean belongs(Intent intent, Metainfo metainfo, List<List<NameFlag>> flags, int file) {
        return intent.takes(metainfo.files().get(file).path(), flags.get(file));
    }

    private static List<Refusal> besides(Intent intent, Metainfo metainfo, int chosen) throws RefusedException {
        if (chosen == 0) {
            throw nothing(intent, metainfo);
        }
        long others = metainfo.files().stream().filter(file -> !file.pad()).count() - chosen;
        String some = others == 1 ? "1 file that does not belong to " : others + " files that do not belong to ";
        return others == 0 ? List.of() : List.of(new Refusal("names.intent",
                "\"" + metainfo.name() + "\" is added without " + some + "\"" + intent.words()
                + "\". To fetch more of it, choose that in its list of files."));
    }

    private static RefusedException nothing(Intent intent, Metainfo metainfo) {
        return new RefusedException("names.intent-empty", "No file of \"" + metainfo.name() + "\" belongs to \"" + intent.words()
                + "\", so there is nothing to download. Add it for something else, or for anything.");
    }

    private List<Refusal> leaveOut(InfoHash hash, List<FileEntry> chosen, List<List<NameFlag>> flags,
            Map<Integer, FilePriority> priorities) throws RefusedException {
        List<RiskyFile> out = new ArrayList<>();
        Optional<Refusal> reason = Optional.empty();
        for (FileEntry file : chosen) {
            Optional<Refusal> refused = refusal(hash, risky(List.of(file), flags), false);
            if (refused.isPresent()) {
                reason = refused;
                priorities.put(file.index(), FilePriority.SKIP);
                out.addAll(risky(List.of(file), flags));
            }
        }
        if (out.size() == chosen.size()) {
            decide(hash, out, false);
        }
        return reason.map(why -> List.of(new Refusal(why.rule(), leftOut(out)))).orElse(List.of());
    }

    private static String leftOut(List<RiskyFile> out) {
        RiskyFile first = out.get(0);
        String others = out.size() == 1 ? " was" : out.size() == 2 ? " and 1 other file were" : " and " + (out.size() - 1) + " other files were";
        return "\"" + first.path() + "\" (" + first.flag().words() + ")" + others + " left out because of risky names. "
                + "See the list of files for each.";
    }

    private void decide(InfoHash hash, List<RiskyFile> risky, boolean accepted) throws RefusedException {
        Optional<Refusal> refusal = refusal(hash, risky, accepted);
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    private Optional<Refusal> refusal(InfoHash hash, List<RiskyFile> risky, boolean accepted) {
        return risky.isEmpty() ? Optional.empty() : policy.decide(new ChooseFiles(hash, risky, accepted)).reason();
    }

    private static List<FileEntry> chosen(Metainfo metainfo, Map<Integer, FilePriority> priorities) {
        return metainfo.files().stream().filter(file -> !file.pad() && priorities.get(file.index()) != FilePriority.SKIP).toList();
    }

    private static List<RiskyFile> risky(List<FileEntry> files, List<List<NameFlag>> flags) {
        List<RiskyFile> risky = new ArrayList<>();
        for (FileEntry file : files) {
            NameFlag.gravest(flags.get(file.index())).filter(flag -> flag.risk() != NameFlag.Risk.NOTICE)
                    .ifPresent(flag -> risky.add(new RiskyFile(file.path(), flag)));
        }
        return risky;
    }
}
