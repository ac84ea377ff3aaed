package org.sallyport.core.policy;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest.SharePlace;
import org.sallyport.core.settings.Settings;

/**
 * Which places may be shared from: none that holds more than anybody means to give away, keys, other programs' files or our own. Each rule
 * looks at the place and at what lies above it, and those for whole folders also at what lies in it.
 */
final class PlaceRules {
    /** Wherever they are, also in a copy of a home folder on another disk. */
    private static final Set<String> KEY_FOLDERS = Set.of(
            ".ssh", ".gnupg", ".pgp", ".aws", ".azure", ".kube", ".docker", ".password-store", ".pki", ".mozilla", ".thunderbird", ".electrum",
            ".bitcoin", ".litecoin", ".ethereum", ".monero", "keychains", "keyrings", "kwalletd", ".config", ".local", "appdata");

    private PlaceRules() { }

    static List<PolicyRule> all() {
        return List.of(
                rule("share.root-data", (place, facts) -> place.startsWith(facts.data()),
                        "Sallyport keeps its own state and keys there, so nothing in it is shared. Choose another folder."),
                rule("share.root-program", (place, facts) -> facts.programs().stream().anyMatch(place::startsWith),
                        "The program that is running lies there, so it is not shared: whoever could change it could change Sallyport. "
                                + "Choose another folder."),
                rule("share.root-keys", (place, facts) -> hasPart(place, KEY_FOLDERS),
                        "Programs keep keys, passwords and settings in this folder, so nothing in it is shared. "
                                + "Copy what you want to share to another folder."),
                rule("share.root-file-system", (place, facts) -> place.getParent() == null,
                        "This is a whole disk, and sharing it would share everything on it. Choose a folder on it."),
                rule("share.root-system", (place, facts) -> isOfSystem(place, facts),
                        "This folder belongs to the operating system, so nothing in it is shared. Choose a folder of your own."),
                rule("share.root-home", (place, facts) -> facts.home().startsWith(place),
                        "This is your whole home folder, or holds it, with everything private in it. "
                                + "Choose a folder in it that is meant for sharing."),
                rule("share.root-hidden", (place, facts) -> isHidden(place, facts.home()),
                        "This lies in a hidden folder, where programs keep what people should not see. "
                                + "Copy what you want to share to another folder."),
                rule("share.root-personal", (place, facts) -> facts.personal().stream().anyMatch(folder -> folder.startsWith(place)),
                        "Everything you save lands in this folder sooner or later, so it is not shared as a whole. Choose or make a folder in it."),
                rule("share.root-mount", (place, facts) -> facts.mounts().contains(place),
                        "This is a whole disk or network drive, and sharing it would share everything on it. Choose a folder on it."),
                rule("share.root-temporary", (place, facts) -> facts.temporary().stream().anyMatch(folder -> folder.startsWith(place)),
                        "All programs put their temporary files there, so it is not shared as a whole. Choose or make a folder in it."),
                rule("share.root-data", (place, facts) -> facts.data().startsWith(place),
                        "Sallyport's own state and keys lie in this folder, so it is not shared as a whole. Choose a folder in it."),
                rule("share.root-program", (place, facts) -> facts.programs().stream().anyMatch(program -> program.startsWith(place)),
                        "The program that is running lies in this folder, so it is not shared as a whole. Choose a folder in it."));
    }

    private static PolicyRule rule(String id, BiPredicate<Path, PlaceFacts> denies, String sentence) {
        Refusal refusal = new Refusal(id, sentence);
        return new PolicyRule() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Optional<Refusal> check(PolicyRequest request, Settings settings) {
                return request instanceof SharePlace share && denies.test(share.place(), share.facts()) ? Optional.of(refusal) : Optional.empty();
            }
        };
    }

    private static boolean hasPart(Path place, Set<String> names) {
        for (Path part : place) {
            if (names.contains(part.toString().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHidden(Path place, Path home) {
        if (place.startsWith(home) && !place.equals(home)) {
            for (Path part : home.relativize(place)) {
                if (part.toString().startsWith(".")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * A home, a temporary folder and a mounted disk may lie in a folder of the system: /root, /var/tmp, /run/media. A home that holds such
     * a folder, as / does for accounts of services, is no permission for it.
     */
    private static boolean isOfSystem(Path place, PlaceFacts facts) {
        Path folder = deepest(place, facts.system());
        Path exception = deepest(place, facts.temporary());
        Path mounted = deepest(place, facts.mounts());
        boolean inHome = place.startsWith(facts.home()) && facts.home().getNameCount() >= folder.getNameCount();
        boolean ofUser = inHome || exception.getNameCount() > folder.getNameCount() || isRemovable(mounted);
        return folder.getNameCount() > 0 && !ofUser;
    }

    private static boolean isRemovable(Path mount) {
        return mount.startsWith(mount.getFileSystem().getPath("/run/media"));
    }

    /** The one of these folders that holds the place, the deepest if several do; without any part when none does. */
    private static Path deepest(Path place, Collection<Path> folders) {
        Path found = place.getRoot();
        for (Path folder : folders) {
            if (place.startsWith(folder) && folder.getNameCount() > found.getNameCount()) {
                found = folder;
            }
        }
        return found;
    }
}
