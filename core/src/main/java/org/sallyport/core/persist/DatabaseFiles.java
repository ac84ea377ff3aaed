package org.sallyport.core.persist;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The database on disk: the file, its write-ahead log, the backup, and damaged ones that were moved aside. Every step
 * can be cut off by a crash; the next start then sees a state it knows how to go on from.
 */
final class DatabaseFiles {
    /** Evidence for a person, but a failing disk must not fill itself with it. */
    private static final int DAMAGED_KEPT = 5;
    private static final List<String> SIDECARS = List.of("-wal", "-shm", "-journal");

    private final Path file;

    DatabaseFiles(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    Path backup() {
        return sibling(".backup");
    }

    /** Where the next backup is written before it takes the place of the last. */
    Path freshBackup() throws IOException {
        Path fresh = sibling(".backup.tmp");
        Files.deleteIfExists(fresh);
        PrivateFolder.createFile(fresh);
        return fresh;
    }

    void replaceBackup(Path fresh) throws IOException {
        sync(fresh);
        Files.move(fresh, backup(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A backup without the file it was made of: the file was lost, or a restore was cut off. */
    boolean isLost() throws IOException {
        return Files.exists(backup()) && (!Files.exists(file) || Files.size(file) == 0);
    }

    /** Makes the file, so that it and the files SQLite puts next to it are for the owner only. */
    void createIfMissing() throws IOException {
        PrivateFolder.createFile(file);
    }

    /** Moves the file and its log out of the way, log first: an old log must never meet a new file. */
    void moveAside() throws IOException {
        List<Integer> taken = damagedNumbers();
        int number = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
        for (String suffix : SIDECARS) {
            moveIfThere(sibling(suffix), damaged(number, suffix));
        }
        moveIfThere(file, damaged(number, ""));
        for (int old : taken) {
            if (old <= number - DAMAGED_KEPT) {
                deleteDamaged(old);
            }
        }
    }

    /** Puts a copy of the backup in the place of the file. @return false if there is no backup */
    boolean restoreBackup() throws IOException {
        if (!Files.exists(backup())) {
            return false;
        }
        Path copy = sibling(".restore.tmp");
        Files.copy(backup(), copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        sync(copy);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    void deleteBackup() throws IOException {
        Files.deleteIfExists(backup());
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void deleteDamaged(int number) throws IOException {
        Files.deleteIfExists(damaged(number, ""));
        for (String suffix : SIDECARS) {
            Files.deleteIfExists(damaged(number, suffix));
        }
    }

    private List<Integer> damagedNumbers() throws IOException {
        String prefix = file.getFileName() + ".damaged-";
        List<Integer> numbers = new ArrayList<>();
        try (Stream<Path> entries = Files.list(file.toAbsolutePath().getParent())) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .flatMapToInt(name -> number(name.substring(prefix.length())))
                    .sorted().distinct().forEach(numbers::add);
        }
        return numbers;
    }

    private static IntStream number(String text) {
        int end = text.indexOf('-');
        String digits = end < 0 ? text : text.substring(0, end);
        return digits.matches("[0-9]{1,8}") ? IntStream.of(Integer.parseInt(digits)) : IntStream.empty();
    }

    private Path damaged(int number, String suffix) {
        return sibling(".damaged-" + number + suffix);
    }

    private Path sibling(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
