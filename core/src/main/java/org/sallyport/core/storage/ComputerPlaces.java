package org.sallyport.core.storage;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sallyport.core.policy.PlaceFacts;

/** Finds out what is where on this computer: the facts by which policy decides what may be shared. Waits for the disk; any thread. */
public final class ComputerPlaces {
    private static final Path MOUNT_TABLE = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT = 4; // proc(5): the fifth field
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    /** xdg-user-dirs writes {@code XDG_DOCUMENTS_DIR="$HOME/Dokumente"}. What is meant to be public may be shared. */
    private static final Pattern USER_FOLDER = Pattern.compile("XDG_(?!PUBLICSHARE)[A-Z]+_DIR=\"(\\$HOME/)?([^\"]*)\"");
    private static final List<String> PERSONAL = List.of("Desktop", "Documents", "Downloads", "Music", "Movies", "Pictures", "Videos", "Templates",
            "Library", "OneDrive", "Dropbox", "Nextcloud");
    private static final List<String> SYSTEM = List.of("/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/root",
            "/run", "/sbin", "/snap", "/sys", "/usr", "/var", "/Applications", "/Library", "/System", "/private");
    private static final List<String> TEMPORARY = List.of("/tmp", "/var/tmp", "/dev/shm");

    private ComputerPlaces() { }

    /** @param home of the user @param data where Sallyport keeps its state */
    public static PlaceFacts read(Path home, Path data) {
        Path realHome = real(home);
        Set<Path> temporary = new HashSet<>(existing(TEMPORARY.stream().map(Path::of)));
        temporary.add(real(Path.of(System.getProperty("java.io.tmpdir"))));
        return new PlaceFacts(realHome, personal(realHome), mounts(), programs(), real(data), temporary, system());
    }

    /** Without links where it exists; as it is otherwise. */
    public static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            Path above = absolute.getParent();
            return above == null ? absolute : real(above).resolve(absolute.getFileName());
        }
    }

    private static Set<Path> existing(Stream<Path> paths) {
        Set<Path> found = new HashSet<>();
        paths.filter(Files::exists).map(ComputerPlaces::real).forEach(found::add);
        return found;
    }

    private static Set<Path> personal(Path home) {
        Set<Path> folders = existing(PERSONAL.stream().map(home::resolve));
        try {
            Matcher line = USER_FOLDER.matcher(Files.readString(home.resolve(".config").resolve("user-dirs.dirs")));
            while (line.find()) {
                folders.add(real(home.resolve(line.group(2))));
            }
        } catch (IOException | InvalidPathException e) {
            // there is none, or it names no paths: the usual names are known
        }
        return folders;
    }

    /** Where file systems are mounted now, also by a bind mount. */
    static Set<Path> mounts() {
        Set<Path> points = new HashSet<>();
        try {
            // ISO 8859-1 keeps every byte, whatever the names are made of
            for (String line : Files.readAllLines(MOUNT_TABLE, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(" ");
                if (fields.length > MOUNT_POINT) {
                    addPath(unescaped(fields[MOUNT_POINT]), points);
                }
            }
        } catch (IOException e) {
            for (FileStore store : FileSystems.getDefault().getFileStores()) {
                String text = store.toString(); // "/Volumes/Stick (/dev/disk4s1)"
                int end = text.lastIndexOf(" (");
                addPath(end < 0 ? text : text.substring(0, end), points);
            }
        }
        return points;
    }

    /** Spaces and the like are {@code \040}. */
    private static String unescaped(String field) {
        String bytes = OCTAL.matcher(field).replaceAll(found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static void addPath(String text, Set<Path> to) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                to.add(path);
            }
        } catch (InvalidPathException e) {
            // no path of this platform leads there
        }
    }

    /** Our own code, with what lies beside it, and the Java that runs it. */
    private static Set<Path> programs() {
        Set<Path> folders = new HashSet<>();
        folders.add(real(Path.of(System.getProperty("java.home"))));
        CodeSource source = ComputerPlaces.class.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            try {
                folders.add(programFolder(real(Path.of(source.getLocation().toURI()))));
            } catch (URISyntaxException | IllegalArgumentException e) {
                return folders; // not from a file
            }
        }
        return folders;
    }

    /** The folder that was installed or unpacked: jars lie in its {@code lib}. */
    private static Path programFolder(Path code) {
        if (Files.isDirectory(code, LinkOption.NOFOLLOW_LINKS)) {
            return code;
        }
        Path folder = code.getParent();
        boolean inLib = folder.getFileName() != null && folder.getFileName().toString().equals("lib") && folder.getParent().getParent() != null;
        return inLib ? folder.getParent() : folder;
    }

    private static Set<Path> system() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return existing(SYSTEM.stream().map(Path::of));
        }
        List<Path> folders = new ArrayList<>();
        for (String name : List.of("SystemRoot", "ProgramFiles", "ProgramFiles(x86)", "ProgramData")) {
            String value = System.getenv(name);
            if (value != null && !value.isBlank()) {
                folders.add(Path.of(value));
            }
        }
        return existing(folders.stream());
    }
}
