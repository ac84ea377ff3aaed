package org.sallyport.core.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.policy.PlaceFacts;
import org.sallyport.core.policy.PolicyEngine;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.storage.ComputerPlaces;

/**
 * From which places may be shared: the folders the user allowed, and never what policy refuses. Waits for the disk, but for
 * {@link #allowed}; any thread.
 */
final class SharePlaces {
    private final PolicyEngine policy;
    private final Path home;
    private final Path data;
    private final List<AllowedFolder> folders = new CopyOnWriteArrayList<>();
    private volatile Map<Path, String> problems = Map.of();

    SharePlaces(PolicyEngine policy, Path home, Path data, List<AllowedFolder> allowed) {
        this.policy = policy;
        this.home = home;
        this.data = data;
        folders.addAll(allowed);
    }

    /** With the problems of the last look. */
    List<AllowedFolder> allowed() {
        Map<Path, String> known = problems;
        return folders.stream().map(folder -> new AllowedFolder(folder.path(), folder.since(), known.getOrDefault(folder.path(), ""))).toList();
    }

    void allow(AllowedFolder folder) {
        folders.add(folder);
    }

    void disallow(Path folder) {
        folders.removeIf(known -> known.path().equals(folder));
    }

    /** Why a place is refused whatever the user says; empty when it is not. Links in it are resolved. */
    Optional<Refusal> refusal(Path place) {
        return refusal(ComputerPlaces.real(place), ComputerPlaces.read(home, data));
    }

    private Optional<Refusal> refusal(Path real, PlaceFacts facts) {
        return policy.decide(new PolicyRequest.SharePlace(real, facts)).reason();
    }

    /** Likewise for a torrent's files; own ones must also lie in a folder that is allowed and as it was. */
    Optional<Refusal> refusal(Path place, Sharing sharing) {
        Optional<Refusal> refused = refusal(place);
        return refused.isPresent() || !sharing.shared() ? refused : notAllowed(ComputerPlaces.real(place));
    }

    /** @param real without links */
    Optional<Refusal> notAllowed(Path real) {
        List<AllowedFolder> around = folders.stream().filter(folder -> real.startsWith(folder.path())).toList();
        if (around.isEmpty()) {
            return Optional.of(new Refusal("share.not-allowed", "\"" + real.getFileName()
                    + "\" lies in no folder that you allowed to be shared from. Allow its folder first, or move it into one."));
        }
        List<AllowedFolder> good = around.stream().filter(folder -> problem(folder.path()).isEmpty()).toList();
        return good.isEmpty() ? Optional.of(new Refusal("share.not-allowed", problem(around.get(0).path()))) : Optional.empty();
    }

    /** Looks at all allowed folders again. */
    void look() {
        Map<Path, String> found = new HashMap<>();
        folders.forEach(folder -> found.put(folder.path(), problem(folder.path())));
        problems = Map.copyOf(found);
    }

    /** Why nothing of an allowed folder is shared now; empty when all is well. */
    private String problem(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "The folder " + folder + " is not there. Put it back or connect its disk, or take it off the list.";
        }
        if (!ComputerPlaces.real(folder).equals(folder)) {
            return "The folder " + folder + " is a link now, or lies behind one. Put the folder itself back, or take it off the list.";
        }
        return refusal(folder, ComputerPlaces.read(home, data)).map(Refusal::sentence).orElse("");
    }
}
