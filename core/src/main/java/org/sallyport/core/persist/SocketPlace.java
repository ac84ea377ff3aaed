package org.sallyport.core.persist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where the socket of a data directory is: inside it, or when its path would be too long, in a short private folder whose
 * name follows from the directory's real path, so that both sides find it.
 */
final class SocketPlace {
    /** {@code sun_path} is 108 bytes on Linux, 104 on macOS and BSD, with a terminating zero. */
    static final int MAX_PATH_BYTES = 100;
    private static final String NAME = "socket";

    private final Path inside;
    private final Path ownedFile;
    private final List<Path> shortFolders;

    /**
     * @param dir       the real path of the data directory
     * @param ownedFile a file in it whose owner is the owner of everything else; it may be missing
     */
    SocketPlace(Path dir, Path ownedFile, UnaryOperator<String> environment, Path temporary) {
        this.inside = dir.resolve(NAME);
        this.ownedFile = ownedFile;
        String name = "sallyport-" + fingerprint(dir);
        this.shortFolders = new ArrayList<>();
        String runtime = environment.apply("XDG_RUNTIME_DIR");
        if (Path.of(runtime).isAbsolute()) {
            shortFolders.add(Path.of(runtime, name));
        }
        shortFolders.add(temporary.toAbsolutePath().resolve(name));
        shortFolders.removeIf(folder -> !fits(folder.resolve(NAME)));
    }

    /**
     * The path a client connects to. A short folder that is not private and ours is never named: somebody else could
     * listen there. The path in the data directory is given instead, and connecting to it fails.
     */
    Path find() {
        if (fits(inside)) {
            return inside;
        }
        return shortFolders.stream().filter(this::isOurs).findFirst().map(folder -> folder.resolve(NAME)).orElse(inside);
    }

    /** The path to listen at; makes the short folder where one is needed. The owned file must exist. */
    Path prepare() throws IOException {
        if (fits(inside)) {
            return inside;
        }
        IOException trouble = new IOException("no place for a socket: the path of the data folder is too long");
        for (Path folder : shortFolders) {
            try {
                PrivateFolder.createOne(folder);
                if (isOurs(folder)) {
                    return folder.resolve(NAME);
                }
                trouble.addSuppressed(new IOException(folder + " belongs to somebody else or is open to other users"));
            } catch (IOException e) {
                trouble.addSuppressed(e);
            }
        }
        throw trouble;
    }

    private boolean isOurs(Path folder) {
        try {
            UserPrincipal owner = Files.getOwner(ownedFile);
            return PrivateFolder.isPrivate(folder, owner);
        } catch (IOException e) {
            return false; // not there, or not for us to see: either way not a place to trust
        }
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
    }

    private static String fingerprint(Path dir) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(dir.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
