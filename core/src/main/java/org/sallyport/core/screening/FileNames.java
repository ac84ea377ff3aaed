package org.sallyport.core.screening;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.TorrentPreview;

/**
 * What the names of a torrent's files give away before a byte of them is fetched. The names as the torrent writes them count, not only the safe
 * ones they become: who hides something in a name has a reason. Pure; any thread. Looks at a bounded part of each name.
 */
public final class FileNames {
    private static final int MOST_CHARS = 1024;
    private static final int LAST_CHARS = 256;
    /** More than anybody types, enough to push an ending out of a column. */
    private static final int LONG_GAP = 10;
    private static final int LONGEST_ENDING = 32;

    private final Map<String, Set<NameFlag>> folders = new HashMap<>();
    private final Map<Set<NameFlag>, List<NameFlag>> answers = new HashMap<>();

    FileNames() { }

    /** The flags of each file, by index in the torrent, those of padding included; each in the order of {@link NameFlag}. */
    public static List<List<NameFlag>> flags(Metainfo metainfo) {
        FileNames names = new FileNames();
        List<List<String>> raw = metainfo.rawPaths();
        List<List<NameFlag>> flags = new ArrayList<>(raw.size());
        for (FileEntry file : metainfo.files()) {
            flags.add(file.pad() ? List.of() : names.flags(raw.get(file.index()), file.path()));
        }
        return List.copyOf(flags);
    }

    /** What a torrent says of itself, with the flags of its files. */
    public static TorrentPreview preview(Metainfo metainfo) {
        return metainfo.preview().withFlags(flags(metainfo));
    }

    /** Those of a file as it is called now. @param path relative, with {@code /} between folders */
    public static List<NameFlag> of(String path) {
        return new FileNames().flags(List.of(path.split("/")), path);
    }

    /**
     * The flags of one file.
     *
     * @param raw  elements of its path as somebody wrote them, at least one
     * @param safe its path after the path rule
     */
    List<NameFlag> flags(List<String> raw, String safe) {
        Set<NameFlag> found = EnumSet.noneOf(NameFlag.class);
        for (String folder : raw.subList(0, raw.size() - 1)) {
            found.addAll(folders.computeIfAbsent(folder, FileNames::ofFolder));
        }
        String name = bounded(raw.get(raw.size() - 1));
        characters(name, found);
        trailing(name, found);
        types(seen(name), found);
        // cleaning may bring an ending to light that the raw name does not have: "a.e<zero width>xe"
        String kept = seen(safe.substring(safe.lastIndexOf('/') + 1));
        if (!kept.equals(seen(name))) {
            types(kept, found);
        }
        return answers.computeIfAbsent(found, List::copyOf);
    }

    private static Set<NameFlag> ofFolder(String raw) {
        Set<NameFlag> found = EnumSet.noneOf(NameFlag.class);
        String name = bounded(raw);
        characters(name, found);
        if (RiskyTypes.isBundle(ending(seen(name)))) {
            found.add(NameFlag.PROGRAM);
        }
        return found;
    }

    /** Names may be as long as a torrent; what deceives people is at the ends. */
    private static String bounded(String raw) {
        return raw.length() <= MOST_CHARS ? raw : raw.substring(0, MOST_CHARS - LAST_CHARS) + raw.substring(raw.length() - LAST_CHARS);
    }

    private static void characters(String name, Set<NameFlag> found) {
        if (Lookalikes.isIn(name)) {
            found.add(NameFlag.LOOKALIKE);
        }
        int gap = 0;
        int before = -1;
        for (int at = 0; at < name.length();) {
            int c = name.codePointAt(at);
            at += Character.charCount(c);
            if (Glyphs.turnsText(c)) {
                found.add(NameFlag.REVERSED);
            } else if (Glyphs.isHidden(c, before, name)) {
                found.add(NameFlag.HIDDEN_CHARACTERS);
            } else if (Glyphs.isUnusualBlank(c)) {
                found.add(NameFlag.UNUSUAL_BLANKS);
            }
            gap = Glyphs.isBlank(c) ? gap + 1 : 0;
            if (gap >= LONG_GAP) {
                found.add(NameFlag.STRETCHED);
            }
            before = c;
        }
    }

    private static void trailing(String name, Set<NameFlag> found) {
        if (!name.isEmpty() && !seen(name).equals(withoutUnseen(name))) {
            found.add(NameFlag.TRAILING);
        }
    }

    /** As a computer takes it: without what cannot be seen, in plain forms of letters and dots, without dots and blanks at its end. */
    private static String seen(String name) {
        String plain = withoutUnseen(name);
        int end = plain.length();
        while (end > 0 && (plain.charAt(end - 1) == '.' || Glyphs.isBlank(plain.charAt(end - 1)))) {
            end--;
        }
        return plain.substring(0, end);
    }

    private static String withoutUnseen(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints().filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c)).forEach(plain::appendCodePoint);
        return Normalizer.normalize(plain, Normalizer.Form.NFKC);
    }

    private static void types(String name, Set<NameFlag> found) {
        String small = name.toLowerCase(Locale.ROOT);
        String ending = ending(small);
        RiskyTypes.ofName(small).ifPresent(found::add);
        RiskyTypes.ofEnding(ending).ifPresent(flag -> {
            found.add(flag);
            String before = ending(small.substring(0, small.length() - ending.length() - 1).strip());
            if (RiskyTypes.isDisguise(before, flag)) {
                found.add(NameFlag.DISGUISED);
            }
        });
        if (Lookalikes.isEnding(ending)) {
            found.add(NameFlag.LOOKALIKE);
        }
        if (ending.isEmpty() && !RiskyTypes.isKnownName(small) && RiskyTypes.ofName(small).isEmpty()) {
            found.add(NameFlag.NO_ENDING);
        }
    }

    /** In small letters, without the dot; empty if there is none, or what follows the last dot is a part of a sentence. */
    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        boolean one = ending.length() <= LONGEST_ENDING && ending.chars().noneMatch(Glyphs::isBlank);
        return one && (dot > 0 || RiskyTypes.ofEnding(ending).isPresent()) ? ending : "";
    }
}
