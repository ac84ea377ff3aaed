package org.sallyport.core.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.sallyport.core.model.RefusedException;

/**
 * The settings file: readable JSON, mode 0600, replaced as a whole so that it is either the old or the new one. The last
 * good one is kept next to it as {@code .bak}, one that could not be understood as {@code .damaged}. One thread at a time.
 */
public final class SettingsFile {
    private static final int MAX_BYTES = 1 << 20;

    private SettingsFile() { }

    /**
     * What was read.
     *
     * @param problem empty, or a sentence for a person: what is wrong with the file and what is in force instead
     */
    public record Loaded(Settings settings, String problem) { }

    /** Reads {@code file}; a missing one means the defaults, one that cannot be read or is invalid the last good one, else the defaults. */
    public static Loaded load(Path file) {
        try {
            return new Loaded(read(file), "");
        } catch (NoSuchFileException e) {
            return new Loaded(Settings.DEFAULT, "");
        } catch (RefusedException e) {
            return instead(file, e.refusal().sentence());
        } catch (IOException e) {
            return instead(file, "The settings file " + file + " cannot be read (" + e.getMessage() + ").");
        }
    }

    private static Loaded instead(Path file, String problem) {
        try {
            return new Loaded(read(backup(file)), problem + " The settings saved before are in force.");
        } catch (RefusedException | IOException e) {
            return new Loaded(Settings.DEFAULT, problem + " The defaults are in force.");
        }
    }

    /**
     * Writes {@code settings}; on the disk when it returns.
     *
     * @throws IllegalArgumentException if {@link SettingsCheck} finds something
     */
    public static void save(Path file, Settings settings) throws IOException {
        SettingsCheck.check(settings).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal.rule() + ": " + refusal.sentence());
        });
        keepPrevious(file);
        replace(file, SettingsJson.write(settings));
    }

    private static void keepPrevious(Path file) throws IOException {
        try {
            replace(backup(file), SettingsJson.write(read(file)));
        } catch (NoSuchFileException e) {
            // the first save: nothing to keep
        } catch (RefusedException e) {
            Files.move(file, sibling(file, ".damaged"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Settings read(Path file) throws IOException, RefusedException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new RefusedException("settings.size",
                        "The settings file is larger than 1 MiB and cannot be ours. Correct it, or delete it to start anew.");
            }
            return SettingsJson.read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
        } catch (CharacterCodingException e) {
            throw new RefusedException("settings.syntax", "The settings file is not text in UTF-8. Correct it, or delete it to start anew.");
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = sibling(file, ".tmp");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(fresh, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(fresh))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(file.toAbsolutePath().getParent());
    }

    /** Makes the new name survive a power cut. Windows cannot open a folder and does not need it. */
    private static void syncFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, Set.of(StandardOpenOption.READ))) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path backup(Path file) {
        return sibling(file, ".bak");
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
