package org.sallyport.core.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sallyport.core.model.Refusal;

/** Which names a person may give a file or folder of a torrent: those that {@link PathRule} leaves as they are; the others with the reason. */
public final class NewName {
    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");
    private static final Pattern RESERVED = Pattern.compile("[<>:\"|?*]");

    private NewName() { }

    /** Why it may not be the name; empty when it may. */
    public static Optional<Refusal> refusal(String name) {
        if (name.isBlank()) {
            return refused("empty", "A file or folder needs a name. Type one.");
        }
        if (SEPARATOR.matcher(name).find()) {
            return refused("separator",
                    "\"/\" and \"\\\" stand between folders and cannot be part of a name. Leave them out; to put the files elsewhere, move them.");
        }
        if (name.equals(".") || name.equals("..")) {
            return refused("dots", "\".\" and \"..\" stand for folders already. Choose another name.");
        }
        if (RESERVED.matcher(name).find()) {
            return refused("character", "A name with one of < > : \" | ? * cannot be stored on every computer. Leave those out.");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > PathRule.MAX_ELEMENT_BYTES) {
            return refused("length", "The name is too long for some disks. Shorten it to " + PathRule.MAX_ELEMENT_BYTES + " letters or fewer.");
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            return refused("end", "Some computers drop a dot or space at the end of a name. Leave it out.");
        }
        if (name.startsWith("-") || name.startsWith("~")) {
            return refused("beginning", "A name that begins with \"-\" or \"~\" can be taken for a command. Begin it with something else.");
        }
        String safe = PathRule.element(name);
        if (safe.equals("_" + name)) {
            return refused("device", "\"" + name + "\" is the name of a device on some computers and cannot be that of a file. Choose another name.");
        }
        if (!safe.equals(name)) {
            return refused("hidden", "The name holds characters that cannot be seen or that mislead. Type it anew, without them.");
        }
        return Optional.empty();
    }

    /** Whether some file system takes two names for the same: in case or in Unicode form alone they do not differ. */
    public static boolean collide(String one, String other) {
        return PathRule.collisionKey(one).equals(PathRule.collisionKey(other));
    }

    private static Optional<Refusal> refused(String rule, String sentence) {
        return Optional.of(new Refusal("rename." + rule, sentence));
    }
}
