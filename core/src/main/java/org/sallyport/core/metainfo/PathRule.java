package org.sallyport.core.metainfo;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.sallyport.core.model.RefusedException;

/**
 * Which paths a torrent may write to. The names of a stranger become names that mean one plain file inside one folder on
 * every system: the rules of POSIX and Windows both apply everywhere, so that a torrent looks the same wherever it lands.
 */
public final class PathRule {
    /** One element, in bytes of UTF-8; file systems stop at 255, and a suffix such as {@code .part} must still fit. */
    static final int MAX_ELEMENT_BYTES = 240;
    static final int MAX_DEPTH = 32;
    static final int MAX_PATH_CHARS = 1000;
    static final int MAX_RENAMED = 500;
    static final int MAX_FOLDERS = 100_000;

    /** Bounds the work of normalisation, which is not linear for long runs of combining marks. */
    private static final int MAX_RAW_BYTES = 1024;
    private static final int MAX_EXTENSION_BYTES = 32;
    private static final String RESERVED = "<>:\"/\\|?*\uFFFD";
    private static final Pattern DEVICE = Pattern.compile(
            "(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00B9\u00B2\u00B3]) *(\\..*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Folder root = new Folder("");
    private int renamed;
    private int folders;

    private PathRule() { }

    /**
     * One safe path element: a name that is not empty, not {@code .} or {@code ..}, holds no separator, control, format or
     * reserved character, is no Windows device, cannot be taken for an option, and has at most 240 bytes of UTF-8. A safe
     * element comes back unchanged.
     *
     * @param raw decoded with malformed parts replaced by U+FFFD
     */
    public static String element(String raw) {
        String plain = Normalizer.normalize(replaceUnsafe(shorten(raw, MAX_RAW_BYTES, true)), Normalizer.Form.NFC);
        String name = trimEnd(plain);
        if (name.isEmpty()) {
            return "_";
        }
        if (name.charAt(0) == '-' || name.charAt(0) == '~' || DEVICE.matcher(name).matches()) {
            name = "_" + name;
        }
        return trimEnd(shorten(name, MAX_ELEMENT_BYTES, true));
    }

    /**
     * Safe relative paths, {@code /} between elements, in the order given. No two mean the same file and none means a folder
     * of another, also where case and Unicode form do not count; the later one is renamed {@code name (2).ext}.
     *
     * @param raw elements of each path, at least one each; folders that differ only in such ways become one
     * @throws RefusedException {@code metainfo.path-depth}, {@code metainfo.path-length},
     *         {@code metainfo.path-duplicates}, {@code metainfo.folder-count}
     */
    public static List<String> paths(List<List<String>> raw) throws RefusedException {
        PathRule rule = new PathRule();
        List<String> safe = new ArrayList<>(raw.size());
        for (List<String> elements : raw) {
            safe.add(rule.path(elements));
        }
        return List.copyOf(safe);
    }

    private String path(List<String> raw) throws RefusedException {
        if (raw.size() > MAX_DEPTH) {
            throw new RefusedException("metainfo.path-depth",
                    "A file lies more than " + MAX_DEPTH + " folders deep. Not every computer can store that, so the torrent was refused.");
        }
        StringBuilder path = new StringBuilder();
        Folder folder = root;
        for (String element : raw.subList(0, raw.size() - 1)) {
            folder = enter(folder, element(element));
            path.append(folder.name).append('/');
        }
        path.append(claim(folder, element(raw.get(raw.size() - 1)), true));
        if (path.length() > MAX_PATH_CHARS) {
            throw new RefusedException("metainfo.path-length",
                    "A file has a path of more than " + MAX_PATH_CHARS
                    + " characters. Not every computer can store that, so the torrent was refused.");
        }
        return path.toString();
    }

    private Folder enter(Folder parent, String name) throws RefusedException {
        String key = collisionKey(name);
        Folder known = parent.folders.get(key);
        if (known != null) {
            return known;
        }
        if (++folders > MAX_FOLDERS) {
            throw new RefusedException("metainfo.folder-count",
                    "The torrent has more than " + MAX_FOLDERS + " folders. That would fill a disk with names, so it was refused.");
        }
        Folder entered = new Folder(claim(parent, name, false));
        parent.folders.put(key, entered);
        return entered;
    }

    private String claim(Folder folder, String name, boolean file) throws RefusedException {
        String key = collisionKey(name);
        Integer known = folder.taken.putIfAbsent(key, 1);
        if (known == null) {
            return name;
        }
        if (++renamed > MAX_RENAMED) {
            throw new RefusedException("metainfo.path-duplicates",
                    "More than " + MAX_RENAMED + " files have the name of another one. They would overwrite each other, so the torrent was refused.");
        }
        // goes on where it stopped for this name: each number tried costs the torrent a file of that very name
        int number = known;
        String numbered;
        do {
            number++;
            numbered = withSuffix(name, " (" + number + ")", file);
        } while (folder.taken.putIfAbsent(collisionKey(numbered), 1) != null);
        folder.taken.put(key, number);
        return numbered;
    }

    /** Equal for names that some file system takes for the same: NTFS and APFS ignore case, APFS and HFS+ Unicode form. */
    static String collisionKey(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    private static String replaceUnsafe(String raw) {
        StringBuilder plain = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                // bidirectional overrides, zero-width characters, tags: they only serve to mislead
                case Character.FORMAT -> { }
                case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> plain.append('_');
                default -> plain.appendCodePoint(RESERVED.indexOf(c) >= 0 ? '_' : c);
            }
        });
        return plain.toString();
    }

    /** Windows drops dots and spaces at the end of a name; so do we, before it is compared with another. */
    private static String trimEnd(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.substring(0, end);
    }

    private static String shorten(String name, int maxBytes, boolean keepExtension) {
        return utf8Length(name) <= maxBytes ? name : withSuffix(name, "", keepExtension, maxBytes);
    }

    private static String withSuffix(String name, String suffix, boolean keepExtension) {
        return withSuffix(name, suffix, keepExtension, MAX_ELEMENT_BYTES);
    }

    private static String withSuffix(String name, String suffix, boolean keepExtension, int maxBytes) {
        int dot = keepExtension ? name.lastIndexOf('.') : -1;
        boolean extension = dot > 0 && utf8Length(name.substring(dot)) <= MAX_EXTENSION_BYTES;
        String tail = suffix + (extension ? name.substring(dot) : "");
        String base = extension ? name.substring(0, dot) : name;
        return cut(base, maxBytes - utf8Length(tail)) + tail;
    }

    /** The longest beginning of at most {@code maxBytes} bytes that splits no character. */
    private static String cut(String text, int maxBytes) {
        int bytes = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            at += Character.charCount(c);
        }
        return text.substring(0, at);
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** What the paths so far put into one folder. */
    private static final class Folder {
        private final String name;
        /** By collision key. */
        private final Map<String, Folder> folders = new HashMap<>();
        /** Collision keys of files and folders, and the last number given to a later one of that name. */
        private final Map<String, Integer> taken = new HashMap<>();

        Folder(String name) {
            this.name = name;
        }
    }
}
