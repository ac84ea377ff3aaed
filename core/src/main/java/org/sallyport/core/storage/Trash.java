package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where removed files go: the desktop's own trash (freedesktop.org trash specification 1.0; macOS's folder), so that a
 * person gets them back in the usual way. On another file system, a folder at that file system's place next to them.
 */
public final class Trash {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private final Path home;
    private final Clock clock;

    /** @param home the trash folder of this user, with {@code files} and {@code info} in it */
    public Trash(Path home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    /** The trash of the user who runs this. */
    public static Trash ofUser() {
        String data = System.getenv("XDG_DATA_HOME");
        Path share = data == null || data.isBlank() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        return new Trash(share.resolve("Trash"), Clock.systemDefaultZone());
    }

    /** Moves a file or folder to the trash. */
    void take(Path victim) throws IOException {
        Path folder = sameFileSystem(victim) ? home : victim.toAbsolutePath().getParent().resolve(".Trash-" + System.getProperty("user.name"));
        Path files = Files.createDirectories(folder.resolve("files"));
        Path info = Files.createDirectories(folder.resolve("info"));
        String name = victim.getFileName().toString();
        for (int copy = 1; ; copy++) {
            String free = copy == 1 ? name : name + "." + copy;
            Path note = info.resolve(free + ".trashinfo");
            if (Files.exists(files.resolve(free), LinkOption.NOFOLLOW_LINKS) || Files.exists(note, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            Files.writeString(note, note(victim), StandardOpenOption.CREATE_NEW);
            try {
                Files.move(victim, files.resolve(free), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.delete(note); // or the desktop shows something that is not there
                throw e;
            }
            return;
        }
    }

    private String note(Path victim) {
        String path = victim.toAbsolutePath().toUri().getRawPath();
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path; // of a folder
        return "[Trash Info]\nPath=" + bare + "\nDeletionDate=" + DATE.format(LocalDateTime.now(clock)) + "\n";
    }

    private boolean sameFileSystem(Path victim) throws IOException {
        Path there = home;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return Files.getFileStore(there).equals(Files.getFileStore(victim));
    }
}
