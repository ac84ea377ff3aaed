package org.sallyport.core.screening;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.core.model.Bytes;

/**
 * A list of files and their SHA-256, such as {@code SHA256SUMS}, in the form of GNU ({@code <hash>  <name>}) or BSD
 * ({@code SHA256 (<name>) = <hash>}). Lines that are neither are passed over: such lists often have a heading, or a signature around them.
 *
 * @param hashes by path relative to the list, 32 bytes each; empty bytes where the list says two different things
 */
record HashList(Map<String, Bytes> hashes) {
    static final int MAX_BYTES = 16 << 20;
    static final int MAX_FILES = 100_000;
    private static final int MAX_LINE = 4096;
    private static final Pattern NAME = Pattern.compile("sha256sums?(\\.txt)?|.*\\.sha256(sums?)?(\\.txt)?");
    private static final Pattern GNU = Pattern.compile("(\\\\?)([0-9a-fA-F]{64}) [ *](.+)");
    private static final Pattern BSD = Pattern.compile("(\\\\?)SHA256 \\((.+)\\) = ([0-9a-fA-F]{64})");

    HashList {
        hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
    }

    /** Whether a file of this name is meant to be one. @param name without folders */
    static boolean isNamedLikeOne(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** @param content from a stranger; what is beyond {@link #MAX_BYTES} or {@link #MAX_FILES} makes it empty */
    static HashList read(byte[] content) {
        if (content.length > MAX_BYTES) {
            return new HashList(Map.of());
        }
        Map<String, Bytes> hashes = new LinkedHashMap<>();
        for (String line : (Iterable<String>) new String(content, StandardCharsets.UTF_8).lines()::iterator) {
            if (line.length() <= MAX_LINE) {
                keep(line, hashes);
            }
            if (hashes.size() > MAX_FILES) {
                return new HashList(Map.of());
            }
        }
        return new HashList(hashes);
    }

    private static void keep(String line, Map<String, Bytes> hashes) {
        Matcher gnu = GNU.matcher(line);
        Matcher bsd = BSD.matcher(line);
        boolean isGnu = gnu.matches();
        if (!isGnu && !bsd.matches()) {
            return;
        }
        boolean escaped = !(isGnu ? gnu : bsd).group(1).isEmpty();
        String name = isGnu ? gnu.group(3) : bsd.group(2);
        Bytes hash = Bytes.copyOf(HexFormat.of().parseHex((isGnu ? gnu.group(2) : bsd.group(3)).toLowerCase(Locale.ROOT)));
        path(escaped ? unescaped(name) : name).ifPresent(path -> hashes.merge(path, hash, (one, other) -> one.equals(other) ? one : Bytes.EMPTY));
    }

    private static String unescaped(String name) {
        return name.replace("\\\\", "\0").replace("\\n", "\n").replace("\\r", "\r").replace("\0", "\\");
    }

    /** Without "./"; nothing for what lies outside of the list's folder. */
    private static Optional<String> path(String name) {
        String plain = name.startsWith("./") ? name.substring(2) : name;
        boolean inside = !plain.isEmpty() && !plain.startsWith("/") && !("/" + plain + "/").contains("/../");
        return inside ? Optional.of(plain) : Optional.empty();
    }
}
